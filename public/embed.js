// The custom element <hall-pass>: the widget, in a page of a school's own.
//
// A module without dependencies that may come from any origin. It makes the frame, hands it the
// element's attributes, variables and tokens, and passes on what the widget says as events of the
// element. embed.d.ts tells what each of them means; docs/embedding.md, how to use them.

const NAME = "hall-pass";

// Where the widget is: beside this file. A bundler moves the file; then `src` has to say it.
const HOME = new URL(".", import.meta.url).href;

const PARAMETERS = ["view", "course", "code", "hl", "theme", "login-hint"];

const VARIABLES = ["accent", "surface", "text", "border", "radius", "font"].map(
  (name) => "--hall-pass-" + name,
);
const NO_VARIABLES = Object.fromEntries(VARIABLES.map((name) => [name, ""]));

// What the widget says that is told as an event of the same name.
const TOLD = [
  "signedin",
  "signedout",
  "joined",
  "invited",
  "accepted",
  "declined",
  "enrolled",
  "error",
];

// How long the widget may take to say that it runs, in milliseconds.
const PATIENCE = 8000;

const NEW_TAB = {
  ar: "فتح في علامة تبويب جديدة",
  en: "Open in a new tab",
  es: "Abrir en una pestaña nueva",
  fr: "Ouvrir dans un nouvel onglet",
  zh: "在新标签页中打开",
};

const STYLE = ":host{display:block}:host([hidden]){display:none}";
const FRAME_STYLE = "display:block;width:100%;height:20rem;border:0";

// A server that renders pages has no elements, and only has to be able to load this file.
const Base = globalThis.HTMLElement ?? class {};

export class HallPassElement extends Base {
  // By which another copy of this file knows the class.
  static hallpass = 1;
  static observedAttributes = ["src", ...PARAMETERS];

  #root;
  // Of the document that the element is in, while it is in one that is shown.
  #window;
  #frame;
  // Address and origin of the widget in the frame.
  #address;
  // The parameters in that address; and what the widget has been told of them and of the variables.
  #initial;
  #told;
  // Whether the widget listens, and how many answers to a `hello` are still to come from it.
  #runs = false;
  #owed = 0;
  #patience;
  #link;
  #isStale = false;
  #getAccessToken;
  // Ends the questions to the page that nobody waits for any more.
  #questions = new AbortController();

  get getAccessToken() {
    return this.#getAccessToken;
  }

  set getAccessToken(supply) {
    this.#getAccessToken = supply;
    if (this.#runs) this.#greet();
  }

  signOut() {
    this.#forgetQuestions();
    this.#send("sign-out");
  }

  reload() {
    if (this.#window) this.#load();
  }

  connectedCallback() {
    // Set before the element was defined, the property hides the one above.
    if (Object.hasOwn(this, "getAccessToken")) {
      const supply = this.getAccessToken;
      delete this.getAccessToken;
      this.getAccessToken = supply;
    }
    this.#root ??= this.attachShadow({ mode: "open" });
    this.#window = this.ownerDocument.defaultView;
    // A document that is shown nowhere has no window, and runs no frames.
    if (!this.#window) return;
    // Made by script: a strict policy of the page would refuse a <style>. Browsers that cannot do
    // that have the element in line, where the frame is as wide.
    if ("adoptedStyleSheets" in this.#root) {
      const sheet = new this.#window.CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.#root.adoptedStyleSheets = [sheet];
    }
    this.#window.addEventListener("message", this.#hear);
    this.#load();
  }

  disconnectedCallback() {
    this.#unload();
    this.#window?.removeEventListener("message", this.#hear);
    this.#window = undefined;
  }

  // Moved by `moveBefore`, the frame goes on as it is.
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, after) {
    if (!this.#window || before === after) return;
    if (name === "src") this.#load();
    else this.#update();
  }

  #load() {
    this.#unload();
    const address = this.#widget();
    if (!address) return;
    this.#initial = this.#parameters();
    address.hash = new URLSearchParams(Object.entries(this.#initial).filter(([, value]) => value));
    this.#address = address;

    const frame = this.ownerDocument.createElement("iframe");
    frame.title = "Hall Pass";
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox " +
        "allow-downloads allow-modals",
    );
    frame.allow = "clipboard-write; fullscreen";
    frame.style.cssText = FRAME_STYLE;
    frame.src = address.href;
    this.#frame = frame;
    this.#root.append(frame);
    this.#patience = setTimeout(() => this.#offerLink(), PATIENCE);
  }

  #unload() {
    clearTimeout(this.#patience);
    this.#forgetQuestions();
    this.#runs = false;
    this.#owed = 0;
    this.#frame = undefined;
    this.#root?.replaceChildren();
  }

  #widget() {
    const src = this.getAttribute("src") || HOME;
    try {
      const address = new URL(src, this.ownerDocument.baseURI);
      // A script in an address would run in the page's own name.
      if (/^https?:$/.test(address.protocol)) return address;
    } catch {
      // No address at all.
    }
    console.error(`Hall Pass: src="${src}" is not the address of a widget`);
  }

  // What is not there is an empty value, which takes an earlier one back.
  #parameters() {
    return Object.fromEntries(
      PARAMETERS.map((name) => [name.replace("-", "_"), this.getAttribute(name) ?? ""]),
    );
  }

  #variables() {
    const style = this.#window.getComputedStyle(this);
    return Object.fromEntries(
      VARIABLES.map((name) => [name, style.getPropertyValue(name).trim()]),
    );
  }

  // Once for all attributes that a framework sets one after the other.
  #update() {
    if (this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      this.#configure();
    });
  }

  // Tells the widget what is not as it was told before.
  #configure() {
    if (!this.#runs) return;
    const now = { ...this.#parameters(), variables: this.#variables() };
    const changed = Object.entries(now).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(this.#told[name] ?? NO_VARIABLES),
    );
    this.#told = now;
    if (changed.length) this.#send("configure", Object.fromEntries(changed));
  }

  #hear = ({ data, origin, source }) => {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== this.#address.origin) return;
    if (data?.hallpass !== 1) return;
    const { type, id, payload } = data;
    if (type === "ready") this.#isReady(payload);
    else if (type === "resize") this.#resize(payload);
    else if (type === "token-request") this.#supply(id, payload);
    else if (TOLD.includes(type)) this.#tell(type, payload);
  };

  // A widget says `ready` when it starts and once more after each `hello`. One that was not asked
  // has just started: the first in this frame, or the next after the frame was loaded anew.
  #isReady(payload) {
    if (this.#owed) {
      this.#owed--;
      return;
    }
    clearTimeout(this.#patience);
    this.#link?.remove();
    this.#forgetQuestions();
    this.#told = this.#initial;
    this.#runs = true;
    this.#greet();
    this.#configure();
    this.#tell("ready", payload);
  }

  #greet() {
    this.#owed++;
    this.#send("hello", { tokens: typeof this.#getAccessToken === "function" });
  }

  #resize(payload) {
    const height = payload?.height;
    if (!(height >= 0)) return;
    this.#frame.style.height = height + "px";
    this.#tell("resize", payload);
  }

  async #supply(id, payload) {
    const { signal } = this.#questions;
    let type = "token";
    let answer;
    try {
      const { scopes, reason } = payload;
      const { accessToken, expiresIn } = await this.#getAccessToken({ scopes, reason, signal });
      answer = { accessToken, expiresIn };
    } catch (error) {
      type = "token-error";
      answer = { message: String(error?.message ?? error) };
    }
    if (!signal.aborted) this.#send(type, answer, id);
  }

  #forgetQuestions() {
    this.#questions.abort();
    this.#questions = new AbortController();
  }

  #send(type, payload, id) {
    if (!this.#runs) return;
    const message = { hallpass: 1, type };
    if (id !== undefined) message.id = id;
    if (payload) message.payload = payload;
    this.#frame.contentWindow.postMessage(message, this.#address.origin);
  }

  #tell(type, detail) {
    this.dispatchEvent(
      new CustomEvent("hallpass:" + type, { detail, bubbles: true, composed: true }),
    );
  }

  // The browser refused the frame, or something is in the way: a tab of its own may still work.
  #offerLink() {
    const language = (this.getAttribute("hl") || navigator.language).split("-")[0];
    const link = (this.#link = this.ownerDocument.createElement("a"));
    link.lang = language in NEW_TAB ? language : "en";
    link.textContent = NEW_TAB[link.lang];
    link.href = this.#address.href;
    link.target = "_blank";
    link.rel = "noopener";
    link.style.cssText = "display:inline-block;padding:.75rem 0";
    // Before the frame, which stays: it may hold words, and it may still come to run.
    this.#root.prepend(link);
  }
}

const defined = globalThis.customElements?.get(NAME);
if (!defined) {
  globalThis.customElements?.define(NAME, HallPassElement);
} else if (!defined.hallpass) {
  console.error(`Hall Pass: <${NAME}> is another element here; define HallPassElement by another name`);
}
