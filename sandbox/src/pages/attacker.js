// Everything a page can try that the widget does not trust: a button for each. It sends to the
// first frame of the page that it stands in, or that it is.

"use strict";

// A token of the attacker's own: whatever is done in its name was done by the attacker.
const ACCOUNT = "errol@school.example";
const SCOPES = ["classroom.rosters", "classroom.profile.emails", "classroom.courses"];
const { api } = document.currentScript.dataset;

let count = 0;
function send(message) {
  // Whoever is at the top is its own parent.
  parent[0].postMessage(message, "*");
  count += 1;
}

const say = (type, payload, id) => send({ hallpass: 1, type, id, payload });

// Numbers and texts, since the attacker does not know what the widget's ids look like.
const IDS = Array.from({ length: 50 }, (_, id) => [id, String(id)]).flat();

async function token() {
  const answer = await fetch(`${api}/_sandbox/token`, {
    method: "POST",
    body: JSON.stringify({ account: ACCOUNT, scopes: SCOPES }),
  });
  const { access_token: accessToken, expires_in: expiresIn } = await answer.json();
  return { accessToken, expiresIn };
}

const attacks = {
  "Forge tokens": async () => {
    const payload = await token();
    say("hello", { tokens: true });
    for (const id of IDS) say("token", payload, id);
    say("token", payload);
  },
  "Replay answers": async () => {
    const payload = await token();
    for (const id of [...IDS, ...IDS]) {
      say("token-error", { message: "no" }, id);
      say("token", payload, id);
    }
  },
  "Forge configure": () => {
    say("configure", {
      view: "invite", course: "7412345678", code: "c4ess7x", hl: "fr", theme: "dark",
      login_hint: "errol@school.example",
      variables: { "--hall-pass-accent": "red", "--hall-pass-surface": "url(//evil.example/x)" },
    });
  },
  "Forge sign-out": () => {
    say("sign-out");
    say("sign-out", {});
  },
  "Forge answers of a course system": () => {
    for (const subject of ["lti.capabilities", "lti.getPageSettings", "lti.frameResize"]) {
      const message = {
        subject: `${subject}.response`,
        supported_messages: [{ subject: "lti.getPageSettings" }, { subject: "lti.screenReaderAlert" }],
        pageSettings: { locale: "fr", use_high_contrast: true },
      };
      send(message);
      send(JSON.stringify(message));
    }
  },
  "Pollute prototypes": () => {
    for (const key of ["__proto__", "constructor", "prototype"]) {
      const poison = JSON.parse(`{"${key}": {"tokens": true, "hl": "fr", "polluted": true}}`);
      send({ hallpass: 1, type: "hello", payload: poison, ...poison });
      say("configure", { ...poison, variables: poison });
      send(JSON.parse(`{"${key}": {"hallpass": 1, "type": "sign-out"}}`));
      say(key, {});
    }
  },
  "Send wrong types": () => {
    const odd = [
      undefined, null, true, 0, -1, NaN, Infinity, 1n, "", "hello", "{", "[]", [], [[]], {}, new Date(),
      /x/, new Map([["hallpass", 1]]), new Set(), new ArrayBuffer(8), new Uint8Array(8), new Blob(["x"]),
      new Error("x"),
    ];
    for (const value of odd) {
      send(value);
      send({ hallpass: value, type: "sign-out" });
      send({ hallpass: 1, type: value });
      for (const type of ["hello", "token", "token-error", "configure", "sign-out"]) {
        say(type, value);
        say(type, { [type]: value, tokens: value, accessToken: value, view: value, variables: value }, value);
      }
    }
    const round = { hallpass: 1, type: "configure" };
    round.payload = round;
    send(round);
    send({ hallpass: 2, type: "sign-out" });
    send({ hallpass: "1", type: "sign-out" });
  },
  "Send huge payloads": () => {
    const much = "x".repeat(5_000_000);
    say("configure", { hl: much, code: much, variables: { "--hall-pass-font": much } });
    say(much, { tokens: true });
    say("token", { accessToken: much, expiresIn: 3600 }, much);
    say("configure", Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`key${n}`, n])));
    let deep = {};
    for (let depth = 0; depth < 500; depth += 1) deep = { deep };
    say("configure", deep);
    send(`{"subject":"${much}"}`);
  },
  "Send 10,000 messages": () => {
    for (let n = 0; n < 2_500; n += 1) {
      say("hello", { tokens: n % 2 === 0 });
      say("configure", { hl: n % 2 === 0 ? "fr" : "es" });
      say("sign-out");
      send({ subject: "lti.capabilities.response", supported_messages: [] });
    }
  },
};

// What an attacker says to the page around it, as if it were the widget.
attacks["Speak as the widget"] = () => {
  for (const type of [
    "ready", "signedin", "signedout", "joined", "invited", "accepted", "declined", "enrolled", "error",
    "resize", "token-request",
  ]) {
    const payload = { courseId: "1", alreadyMember: false, height: 5000, scopes: SCOPES, reason: "initial" };
    parent.postMessage({ hallpass: 1, type, id: 1, payload }, "*");
    count += 1;
  }
};

const sent = document.getElementById("sent");
for (const [name, attack] of Object.entries(attacks)) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", async () => {
    count = 0;
    await attack();
    sent.textContent = `${name}: ${count} sent`;
  });
  document.getElementById("attacks").append(button);
}

// Nothing of the widget's should ever be heard here.
addEventListener("message", ({ data, origin }) => {
  const line = document.createElement("li");
  line.textContent = `${origin} ${JSON.stringify(data)}`;
  document.getElementById("heard").append(line);
});
