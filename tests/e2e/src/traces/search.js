// Looks for secrets everywhere a page can leave something; gives the names of the places where one
// was found.
async (secrets) => {
  // A page of an opaque origin has no storage, and its browser says so in these words.
  const unlessForbidden = async (look) => {
    try {
      return await look();
    } catch (error) {
      if (error.name === 'SecurityError') return [];
      throw error;
    }
  };
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const inIndexedDb = async () => {
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name));
      found.push(name, ...database.objectStoreNames);
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        found.push(await answer(objects.getAllKeys()), await answer(objects.getAll()));
      }
      database.close();
    }
    return found;
  };
  const inCaches = async () => {
    const found = [];
    for (const name of await globalThis.caches?.keys() ?? []) {
      found.push(name);
      const cache = await caches.open(name);
      for (const { url, headers } of await cache.keys()) found.push(url, [...headers]);
      for (const response of await cache.matchAll()) {
        found.push(response.url, [...response.headers], await response.text());
      }
    }
    return found;
  };
  const inPage = () => {
    const found = [];
    const look = (root) => {
      for (const element of root.querySelectorAll('*')) {
        // What was typed is in no attribute.
        if ('value' in element) found.push(element.value);
        if (element.shadowRoot) {
          found.push(element.shadowRoot.innerHTML);
          look(element.shadowRoot);
        }
      }
    };
    look(document);
    return [...found, document.documentElement?.outerHTML];
  };

  const places = {
    localStorage: () => Object.entries(localStorage),
    sessionStorage: () => Object.entries(sessionStorage),
    'document.cookie': () => document.cookie,
    IndexedDB: inIndexedDb,
    CacheStorage: inCaches,
    'the page': inPage,
    'window.name': () => window.name,
    'history.state': () => history.state,
    'the address': () => [location.href, document.referrer],
    'performance entries': () => performance.getEntries().map((entry) => entry.toJSON()),
  };
  const traces = [];
  for (const [place, look] of Object.entries(places)) {
    const text = textOf(await unlessForbidden(look));
    if (secrets.some((secret) => text.includes(secret))) traces.push(place);
  }
  return traces;
}
