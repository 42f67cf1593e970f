// Reads what this frame's origin keeps on the device, from a sandbox that the page's own scripts cannot reach.
// Reads alone: nothing is opened for writing, nothing created. `denied` are the stores that would not be read. An
// origin that is opaque ("null") has no store at all: refusing is then the answer.
async () => {
  // Where no script may run nothing is written either, and what is known still holds; timers and events stay away.
  if (matchMedia("(scripting: none)").matches) {
    return JSON.stringify({ origin: globalThis.origin, items: [], denied: [], files: false, silent: true });
  }
  const items = [];
  const denied = [];
  const deny = (kind, error) => denied.push([kind, String(error && error.name)]);
  // A page can keep a store from ever answering, by a change of a database that it lets nobody finish.
  const PATIENCE = 2000; // ms
  const soon = (promise) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), PATIENCE);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
  const area = (kind, get) => {
    try {
      const storage = get();
      for (let i = 0; i < storage.length; i += 1) {
        const name = storage.key(i);
        items.push({ kind, name, value: String(storage.getItem(name)).slice(0, 65536) });
      }
    } catch (error) { deny(kind, error); }
  };
  area("local_storage", () => globalThis.localStorage);
  area("session_storage", () => globalThis.sessionStorage);
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const content = async (factory, name) => {
    const opening = factory.open(name);
    opening.onupgradeneeded = () => opening.transaction.abort(); // gone meanwhile: never create it
    const db = await answer(opening);
    try {
      const parts = [];
      for (const store of db.objectStoreNames) {
        const objects = db.transaction(store).objectStore(store);
        const keys = await answer(objects.getAllKeys(null, 200));
        const values = await answer(objects.getAll(null, 200));
        parts.push({ store, keys, values });
      }
      try { return JSON.stringify(parts).slice(0, 65536); } catch { return parts.map((part) => part.store).join(); }
    } finally { db.close(); }
  };
  const databases = async (factory, within) => {
    for (const { name } of await soon(factory.databases())) {
      // That it is there is known; what it holds may not be.
      const value = await soon(content(factory, name)).catch((error) => error.name === "AbortError" ? null : "");
      if (value !== null) items.push({ kind: "indexed_db", name: within + name, value });
    }
  };
  const stores = async (storage, within) => {
    for (const name of await soon(storage.keys())) {
      const cache = await storage.open(name);
      const urls = (await soon(cache.keys())).map((request) => request.url);
      items.push({ kind: "cache", name: within + name, value: urls.join(" ").slice(0, 65536) });
    }
  };
  try { await databases(indexedDB, ""); } catch (error) { deny("indexed_db", error); }
  // Documents without TLS have neither caches nor service workers nor buckets.
  if ("caches" in globalThis) {
    try { await stores(caches, ""); } catch (error) { deny("cache", error); }
  }
  try {
    // A document without an address of its own has its creator's origin, whose workers its creator shows.
    if (location.protocol.startsWith("http") && "serviceWorker" in navigator) {
      for (const registration of await soon(navigator.serviceWorker.getRegistrations())) {
        const worker = registration.active || registration.waiting || registration.installing;
        items.push({ kind: "service_worker", name: new URL(registration.scope).pathname,
          value: worker ? worker.scriptURL : "" });
      }
    }
  } catch (error) { deny("service_worker", error); }
  // Chromium's storage buckets: further databases and caches of the same origin, under names of their own.
  try {
    if ("storageBuckets" in navigator) {
      for (const name of await soon(navigator.storageBuckets.keys())) {
        const bucket = await soon(navigator.storageBuckets.open(name));
        await databases(bucket.indexedDB, `${name}/`);
        await stores(bucket.caches, `${name}/`);
      }
    }
  } catch (error) { deny("indexed_db", error); deny("cache", error); }
  // Files that only this origin sees. No rule judges them: that there are any is all that is told.
  let files = false;
  try {
    const names = (await soon(navigator.storage.getDirectory())).keys();
    files = !(await soon(names.next())).done; // by hand: Firefox's sandbox cannot iterate it
  } catch { /* not in this browser, or not here */ }
  return JSON.stringify({ origin: globalThis.origin, items, denied, files });
}
