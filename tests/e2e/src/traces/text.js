// All text in a value, whatever it is made of, as far as it can be reached. Where WebDriver's scripts
// have a world of their own, what the page's classes have made is no instance of this world's.
const isA = (name, value) => Object.prototype.toString.call(value) === `[object ${name}]`;
const textOf = (value) => {
  const seen = new Set();
  const parts = [];
  const walk = (value) => {
    if (typeof value !== 'object' || value === null) {
      parts.push(String(value));
      return;
    }
    if (seen.has(value)) return;
    seen.add(value);
    if (value.window === value) return;
    if (value instanceof Node) parts.push(value.outerHTML ?? value.textContent);
    else if (isA('ArrayBuffer', value) || ArrayBuffer.isView(value)) {
      parts.push(new TextDecoder().decode(value));
    } else {
      if (value instanceof Error) parts.push(value.message, value.stack);
      if (isA('Map', value) || isA('Set', value)) for (const item of value) walk(item);
      for (const [key, item] of Object.entries(value)) {
        parts.push(key);
        walk(item);
      }
    }
  };
  walk(value);
  return parts.join('\n');
};
