// What plugins for Moodle make of a tool's messages: texts only, of which they know one, and they
// answer none.

const frame = document.getElementById("contentframe");
const messages = document.getElementById("messages");

addEventListener("message", ({ data, source }) => {
  if (source !== frame.contentWindow) return;
  const line = document.createElement("li");
  line.textContent = typeof data === "string" ? `text ${data}` : `object ${JSON.stringify(data)}`;
  messages.append(line);

  if (typeof data !== "string") return;
  // Another plugin's text may be anything.
  const { subject, height } = data.startsWith("{") ? JSON.parse(data) : {};
  if (subject === "lti.frameResize") frame.style.height = `${Number.parseInt(height, 10)}px`;
});
