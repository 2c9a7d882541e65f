// How Canvas answers a tool's messages: objects and JSON texts alike, each with a
// "<subject>.response" to whoever asked.

const frame = document.querySelector("iframe");
const asked = new URLSearchParams(location.search);
const messages = document.getElementById("messages");

const SUBJECTS = [
  "lti.capabilities",
  "lti.frameResize",
  "lti.getPageSettings",
  "lti.screenReaderAlert",
];

const answers = {
  "lti.capabilities": () => ({ supported_messages: SUBJECTS.map((subject) => ({ subject })) }),
  "lti.frameResize": ({ height }) => {
    frame.style.height = `${Number.parseInt(height, 10)}px`;
    return {};
  },
  "lti.getPageSettings": () => ({
    pageSettings: {
      locale: asked.get("locale") ?? "en",
      time_zone: "Europe/Berlin",
      use_high_contrast: asked.get("contrast") === "high",
      width: frame.clientWidth,
    },
  }),
  "lti.screenReaderAlert": ({ body }) => {
    document.getElementById("read-aloud").textContent = body;
    return {};
  },
};

function read(data) {
  if (typeof data !== "string") return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

addEventListener("message", ({ data, origin, source }) => {
  if (source !== frame.contentWindow) return;
  const message = read(data);
  const kind = typeof data === "string" ? "text" : "object";
  const line = document.createElement("li");
  line.textContent = `${kind} ${JSON.stringify(message ?? data)}`;
  messages.append(line);

  const answer = Object.hasOwn(answers, message?.subject) && answers[message.subject];
  if (!answer) return;
  source.postMessage(
    { subject: `${message.subject}.response`, message_id: message.message_id, ...answer(message) },
    origin,
  );
});
