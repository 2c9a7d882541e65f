// All text in a value, whatever it is made of, as far as it can be reached.
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
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      parts.push(new TextDecoder().decode(value));
    } else {
      if (value instanceof Error) parts.push(value.message, value.stack);
      if (value instanceof Map || value instanceof Set) for (const item of value) walk(item);
      for (const [key, item] of Object.entries(value)) {
        parts.push(key);
        walk(item);
      }
    }
  };
  walk(value);
  return parts.join('\n');
};
