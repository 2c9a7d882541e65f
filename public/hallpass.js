// Mounts the widget into a page of the same origin, without a frame:
//
//     import { mount } from "https://widget.school.example/hallpass.js";
//     const handle = await mount(element, { view: "join", getAccessToken });
//     handle.unmount();
//
// Loading this module changes nothing on the page. Each widget gets a shadow root of its own, with the
// styles in it, so that page and widget keep their looks, and a page may have several.
import start, { mount as mountInto } from "GLUE";

const BASE = new URL("./", import.meta.url).href;
const SHEETS = [
  ["SHEET", "SHEET_INTEGRITY"],
  ["STAFF", "STAFF_INTEGRITY"],
];
const PARAMETERS = ["view", "course", "code", "hl", "theme", "login_hint"];

let program;

// Fetched once, whatever the number of widgets; anew where that failed.
function load() {
  program ??= start({
    module_or_path: fetch(new URL("WASM", BASE), { integrity: "WASM_INTEGRITY" }),
  }).catch((error) => {
    program = undefined;
    throw error;
  });
  return program;
}

// Nothing is seen before its styles are in force.
function dress(root, [file, integrity]) {
  const link = document.createElement("link");
  return new Promise((resolve, reject) => {
    Object.assign(link, {
      rel: "stylesheet",
      crossOrigin: "anonymous",
      integrity,
      href: new URL(file, BASE),
      onload: resolve,
      onerror: () => reject(new Error(`Hall Pass: ${file} could not be loaded`)),
    });
    root.append(link);
  });
}

// The program writes the headings of a page of its own, `h1` and `h2`; here they go on in the outline
// of the page, from `first` on.
function outline(root, first) {
  const put = () => {
    for (const heading of root.querySelectorAll("h1, h2")) {
      const level = String(Math.min(6, first + Number(heading.tagName[1]) - 1));
      if (heading.getAttribute("aria-level") !== level) heading.setAttribute("aria-level", level);
    }
  };
  const observer = new MutationObserver(put);
  observer.observe(root, { childList: true, subtree: true });
  put();
  return observer;
}

export async function mount(element, options = {}) {
  const { config, getAccessToken, headingLevel = 2 } = options;
  const query = new URLSearchParams();
  for (const name of PARAMETERS) {
    if (options[name] != null) query.set(name, options[name]);
  }
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const place = document.createElement("div");
  element.append(host);
  try {
    await Promise.all([load(), ...SHEETS.map((sheet) => dress(root, sheet))]);
    root.append(place);
    let leave = await mountInto(
      place,
      BASE,
      query.toString(),
      config === undefined ? undefined : JSON.stringify(config),
      getAccessToken,
    );
    const observer = outline(place, headingLevel);
    return {
      unmount() {
        observer.disconnect();
        leave?.();
        leave = undefined;
        host.remove();
      },
    };
  } catch (error) {
    host.remove();
    throw error;
  }
}
