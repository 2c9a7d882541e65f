// Runs in every window and frame before anything else: tells the harness of every message that
// arrives and of everything that is said to the console. Leaves nothing behind that the page could
// see.
const tell = globalThis.hallpassWitness;
delete globalThis.hallpassWitness;
const here = globalThis.origin;
addEventListener('message', ({ origin, data }) => {
  tell(JSON.stringify({ message: { from: origin, to: here, text: textOf(data) } }));
}, true);
for (const [name, method] of Object.entries(console)) {
  if (typeof method !== 'function') continue;
  console[name] = new Proxy(method, {
    apply(say, self, words) {
      tell(JSON.stringify({ console: textOf(words) }));
      return Reflect.apply(say, self, words);
    },
  });
}
