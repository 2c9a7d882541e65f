// The widget in a plain frame, spoken to without embed.js: what a page has to say at the least.
// It stands before the frame, so that it hears the frame's first word.

"use strict";
{
  // The widget says `ready` again after each `hello`; only the first one is to be greeted.
  let isGreeted = false;

  addEventListener("message", async ({ data, origin, source }) => {
    const frame = document.querySelector("iframe");
    const widget = new URL(frame.src).origin;
    if (source !== frame.contentWindow || origin !== widget || data?.hallpass !== 1) return;
    const say = (message) => source.postMessage({ hallpass: 1, ...message }, widget);

    if (data.type === "ready" && !isGreeted) {
      isGreeted = true;
      say({ type: "hello", payload: { tokens: true } });
    } else if (data.type === "resize") {
      frame.style.height = `${data.payload.height}px`;
    } else if (data.type === "token-request") {
      const answer = await fetch("/portal/token", {
        method: "POST",
        body: JSON.stringify({ account: "maya@school.example", scopes: data.payload.scopes }),
      });
      const { access_token: accessToken, expires_in: expiresIn } = await answer.json();
      say({ type: "token", id: data.id, payload: { accessToken, expiresIn } });
    }
  });
}
