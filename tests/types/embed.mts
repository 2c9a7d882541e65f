// What a page may write, and what it may not: compiled, never run. A line below @ts-expect-error has
// to be refused, or compiling fails.

import {
  HallPassElement,
  type HallPassAttributes,
  type HallPassEventMap,
  type HallPassTokenSupply,
} from "../../public/embed.js";

// The element, by its tag, by its class, and under a name of the page's own.

const element = document.querySelector("hall-pass")!;
const made: HallPassElement = document.createElement("hall-pass");
class SchoolClasses extends HallPassElement {}
customElements.define("school-classes", SchoolClasses);
// @ts-expect-error: there is no such element
const wrongTag: HallPassElement = document.createElement("hallpass");

// Every attribute.

const all: Required<HallPassAttributes> = {
  src: "https://widget.school.example/",
  view: "join",
  course: "741234567890",
  code: "k5xq2ma",
  hl: "zh-Hans",
  theme: "auto",
  "login-hint": "maya@school.example",
};
for (const [name, value] of Object.entries(all)) made.setAttribute(name, value);
const views: HallPassAttributes[] = [
  { view: "join" }, { view: "received" }, { view: "invite" }, { view: "enroll" },
];
const themes: HallPassAttributes[] = [{ theme: "auto" }, { theme: "light" }, { theme: "dark" }];
// @ts-expect-error: no such view
const wrongView: HallPassAttributes = { view: "jion" };
// @ts-expect-error: no such theme
const wrongTheme: HallPassAttributes = { theme: "blue" };
// @ts-expect-error: no such attribute
const wrongName: HallPassAttributes = { loginHint: "maya@school.example" };

// The property, and the methods.

element.getAccessToken = async ({ scopes, reason, signal }) => {
  const answer = await fetch(`/token?${scopes.join(" ")}&${reason}`, { signal });
  const { token } = (await answer.json()) as { token: string };
  return { accessToken: token, expiresIn: 3599 };
};
element.getAccessToken = undefined;
const supply: HallPassTokenSupply = async ({ reason }) => {
  const known: "initial" | "expired" | "insufficient-scope" = reason;
  return { accessToken: known, expiresIn: 1 };
};
made.getAccessToken = supply;
// @ts-expect-error: no promise
element.getAccessToken = () => ({ accessToken: "x", expiresIn: 1 });
// @ts-expect-error: nothing about how long it lasts
element.getAccessToken = async () => ({ accessToken: "x" });
// @ts-expect-error: Google's own names
element.getAccessToken = async () => ({ access_token: "x", expires_in: 1 });
// @ts-expect-error: there is no such reason
element.getAccessToken = async ({ reason }) => ({ accessToken: reason === "again" ? "x" : "y", expiresIn: 1 });
const nothing: [void, void] = [element.signOut(), element.reload()];
// @ts-expect-error: it takes nothing
element.signOut(true);
// @ts-expect-error: there is no such method
element.signIn();

// Every event, with its payload.

element.addEventListener("hallpass:ready", ({ detail }) => {
  const [version, views]: [string, string[]] = [detail.version, detail.views];
  console.log(version, views);
});
element.addEventListener("hallpass:signedin", ({ detail }) => console.log(detail satisfies null));
element.addEventListener("hallpass:signedout", ({ detail }) => console.log(detail satisfies null));
element.addEventListener("hallpass:joined", ({ detail }) => {
  const [course, already]: [string | undefined, boolean] = [detail.courseId, detail.alreadyMember];
  console.log(course, already);
});
for (const name of ["hallpass:invited", "hallpass:accepted", "hallpass:declined"] as const) {
  element.addEventListener(name, ({ detail }) => {
    const role: "STUDENT" | "TEACHER" | "OWNER" = detail.role;
    const [course, invitation]: [string, string | undefined] = [detail.courseId, detail.invitationId];
    console.log(role, course, invitation);
  });
}
element.addEventListener("hallpass:enrolled", ({ detail }) => console.log(detail.courseId.length));
element.addEventListener("hallpass:error", ({ detail }) => {
  const [task, status]: [string, string | undefined] = [detail.task, detail.status];
  const [reason, retryable]: [string, boolean] = [detail.reason, detail.retryable];
  console.log(task, status, reason, retryable);
});
element.addEventListener("hallpass:resize", ({ detail }) => console.log(detail.height.toFixed()), {
  once: true,
});
function joined(event: HallPassEventMap["hallpass:joined"]) {
  console.log(event.detail.courseId);
}
element.addEventListener("hallpass:joined", joined);
element.removeEventListener("hallpass:joined", joined);
element.addEventListener("focus", (event) => console.log(event.relatedTarget));

// They bubble.
document.addEventListener("hallpass:joined", joined);
window.addEventListener("hallpass:joined", joined);
document.body.addEventListener("hallpass:error", ({ detail }) => console.log(detail.reason));

// @ts-expect-error: no such payload
element.addEventListener("hallpass:joined", ({ detail }) => console.log(detail.email));
// @ts-expect-error: heights are numbers
element.addEventListener("hallpass:resize", ({ detail }) => console.log(detail.height.length));
// @ts-expect-error: no event of that name has a payload
element.addEventListener("hallpass:left", ({ detail }) => console.log(detail));

export { nothing, themes, views, wrongName, wrongTag, wrongTheme, wrongView };
