// What cannot be read in a page as it stands: text that is cut off, that sticks out of its box or of
// the page, or that lies on other text; and a page that has to be scrolled sideways. A line each.
const TOLERANCE = 1.5;
const page = document.documentElement;
const found = [];

// From right to left the scrollbar is on the left.
const start = page.getBoundingClientRect().left;
const end = start + page.clientWidth;

// A dialog covers all else.
const root = document.querySelector("dialog:modal") ?? document.body;

function* textsIn(node) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE && child.nodeValue.trim()) yield child;
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    // Drawn by the browser, or not at all.
    if (/^(script|style|template|noscript|select|textarea|svg)$/i.test(child.tagName)) continue;
    if (child.checkVisibility({ opacityProperty: false, visibilityProperty: true })) yield* textsIn(child);
  }
  if (node.shadowRoot) yield* textsIn(node.shadowRoot);
}

const above = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;

// What is only there to be heard.
const isUnseen = (element) => {
  for (let at = element; at; at = above(at)) {
    const style = getComputedStyle(at);
    if (style.clipPath === "inset(50%)" || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
  }
  return false;
};

const hasBox = (style) =>
  style.display !== "inline" &&
  (parseFloat(style.borderInlineStartWidth) > 0 || !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor));

const clips = (style) => /paint|content|strict/.test(style.contain) || style.overflowX !== "visible";
const short = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 40));

const lines = [];
for (const text of textsIn(root)) {
  if (isUnseen(text.parentElement)) continue;
  const range = document.createRange();
  range.selectNodeContents(text);
  for (const rect of range.getClientRects()) {
    if (rect.width < 1 || rect.height < 1) continue;
    lines.push({ text, rect });
    const words = short(text.nodeValue);
    if (rect.left < start - TOLERANCE || rect.right > end + TOLERANCE) {
      found.push(`${words} leaves the page: ${Math.round(rect.left)} to ${Math.round(rect.right)}`);
    }
    let box = null;
    for (let at = text.parentElement; at; at = above(at)) {
      const style = getComputedStyle(at);
      if (style.display === "inline" || style.display === "contents") continue;
      const edge = at.getBoundingClientRect();
      const out = {
        across: rect.left < edge.left - TOLERANCE || rect.right > edge.right + TOLERANCE,
        // Lines are as high as their letters may be, which is more than they are.
        down: rect.top + rect.height / 4 < edge.top || rect.bottom - rect.height / 4 > edge.bottom,
      };
      const where = `${at.tagName.toLowerCase()}.${at.className}`;
      if (!box && hasBox(style)) {
        box = at;
        if (out.across || (out.down && !/auto|scroll/.test(style.overflowY))) {
          found.push(`${words} sticks out of ${where}`);
        }
      }
      if (clips(style)) {
        // What can be scrolled to is not lost.
        const lost =
          (out.across && !/auto|scroll/.test(style.overflowX)) || (out.down && !/auto|scroll/.test(style.overflowY));
        if (lost) found.push(`${words} is cut off by ${where}`);
        // Beyond the edge of what is scrolled there is nothing to be seen that could lie anywhere.
        if (out.down || out.across) lines.pop();
        break;
      }
    }
  }
}

for (const drawn of root.querySelectorAll("svg text")) {
  const rect = drawn.getBoundingClientRect();
  const sheet = drawn.ownerSVGElement.getBoundingClientRect();
  if (rect.left < sheet.left - TOLERANCE || rect.right > sheet.right + TOLERANCE) {
    found.push(`${short(drawn.textContent)} leaves its drawing`);
  }
}

for (const [index, one] of lines.entries()) {
  for (const other of lines.slice(index + 1)) {
    if (one.text === other.text) continue;
    const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
    const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
    if (across > TOLERANCE && down > Math.min(one.rect.height, other.rect.height) / 2.5) {
      found.push(`${short(one.text.nodeValue)} lies on ${short(other.text.nodeValue)}`);
    }
  }
}

if (page.scrollWidth > page.clientWidth + 1) {
  found.push(`the page is ${page.scrollWidth} px wide where there are ${page.clientWidth}`);
}
return [...new Set(found)];
