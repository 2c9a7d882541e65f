// Makes every text in the page about 40 % longer, as translations are, and puts it between brackets:
// what is cut off then shows. Letters get accents, which reach higher and lower.
const ACCENTS = { a: "åâ", e: "éë", i: "îî", o: "öô", u: "üû", y: "ýy", A: "ÅÂ", E: "ÉË", I: "ÎÎ", O: "ÖÔ", U: "ÜÛ" };
const TATWEEL = "\u0640";

// Arabic words grow by a stroke, after a letter that is joined to the next one.
const joins = /[بتثجحخسشصضطظعغفقكلمنهي](?=\p{Script=Arabic})/u;

const longer = (text) =>
  text.replace(/\S+/g, (word) =>
    joins.test(word)
      ? word.replace(joins, (letter) => letter + TATWEEL.repeat(Math.ceil(word.length * 0.4)))
      : word.replace(/[aeiouyAEIOU]/g, (letter) => ACCENTS[letter]),
  );

// The page writes its words into the same nodes when it speaks another language.
window.lengthened ??= new WeakMap();
const lengthen = (node) => {
  for (const child of node.childNodes) {
    // Names and codes are nobody's words, nor are initials and numbers.
    if (/^(script|style|template|bdi|svg|select|textarea)$/i.test(child.nodeName)) continue;
    if (child.ariaHidden === "true") continue;
    if (child.nodeType === Node.TEXT_NODE && /\p{Letter}/u.test(child.nodeValue)) {
      if (lengthened.get(child) === child.nodeValue) continue;
      child.nodeValue = `[${longer(child.nodeValue)}]`;
      lengthened.set(child, child.nodeValue);
    }
    lengthen(child);
  }
  if (node.shadowRoot) lengthen(node.shadowRoot);
};
lengthen(document.body);
