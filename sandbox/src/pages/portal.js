// What a school's portal does with <hall-pass>: it chooses the class, follows the person's language
// and colours, hears what has come of it and, with ?tokens=host, signs the person in.

const widget = document.querySelector("hall-pass");
const asked = new URLSearchParams(location.search);

for (const name of ["view", "course", "code", "hl", "theme", "login-hint"]) {
  if (asked.has(name)) widget.setAttribute(name, asked.get(name));
}

if (asked.get("tokens") === "host") {
  // A real portal's server knows who is signed in to it; here the address says it.
  const account = asked.get("account") ?? "maya@school.example";
  const expiresIn = Number(asked.get("lasts")) || undefined;
  const who = document.getElementById("who");
  who.textContent = `Signed in to the portal: ${account}`;
  who.hidden = false;
  widget.getAccessToken = async ({ scopes, signal }) => {
    const answer = await fetch("/portal/token", {
      method: "POST",
      body: JSON.stringify({ account, scopes, expiresIn }),
      signal,
    });
    const token = await answer.json();
    if (!answer.ok) throw new Error(token.error);
    return { accessToken: token.access_token, expiresIn: token.expires_in };
  };
}

const classes = [...document.querySelectorAll("[data-course]")];
function choose(course) {
  for (const item of classes) {
    item.querySelector("button").setAttribute("aria-pressed", item.dataset.course === course);
  }
}
choose(widget.getAttribute("course"));
for (const item of classes) {
  item.querySelector("button").addEventListener("click", () => {
    widget.setAttribute("course", item.dataset.course);
    choose(item.dataset.course);
  });
}
widget.addEventListener("hallpass:joined", ({ detail }) => {
  const item = classes.find((item) => item.dataset.course === detail.courseId);
  item?.querySelector("button").replaceChildren("You're in");
});

const language = document.getElementById("language");
const appearance = document.getElementById("appearance");
language.value = widget.getAttribute("hl");
language.addEventListener("change", () => widget.setAttribute("hl", language.value));
function paint() {
  document.documentElement.dataset.theme = appearance.value;
  widget.setAttribute("theme", appearance.value);
}
appearance.value = widget.getAttribute("theme") === "dark" ? "dark" : "light";
appearance.addEventListener("change", paint);
paint();

document.getElementById("leave").addEventListener("click", () => widget.signOut());

// For whoever builds such a page: each event, in order.
const told = document.getElementById("told");
for (const name of [
  "ready", "signedin", "signedout", "joined", "invited", "accepted", "declined", "enrolled",
  "error", "resize",
]) {
  // On the document, to show that they get there.
  document.addEventListener(`hallpass:${name}`, ({ detail }) => {
    const line = document.createElement("li");
    line.textContent = `${name} ${JSON.stringify(detail)}`;
    told.append(line);
  });
}
