// Reads what this frame's origin keeps on the device, from a sandbox that the page's own scripts cannot reach.
// Reads alone: nothing is opened for writing, nothing created.
async () => {
  const items = [];
  const denied = [];
  const area = (kind, get) => {
    try {
      const storage = get();
      for (let i = 0; i < storage.length; i += 1) {
        const name = storage.key(i);
        items.push({ kind, name, value: String(storage.getItem(name)).slice(0, 65536) });
      }
    } catch (error) { denied.push([kind, String(error && error.name)]); }
  };
  area("local_storage", () => globalThis.localStorage);
  area("session_storage", () => globalThis.sessionStorage);
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    for (const { name } of await indexedDB.databases()) {
      const opening = indexedDB.open(name);
      opening.onupgradeneeded = () => opening.transaction.abort(); // gone meanwhile: never create it
      const db = await answer(opening).catch(() => null);
      if (!db) continue;
      const parts = [];
      for (const store of db.objectStoreNames) {
        const objects = db.transaction(store).objectStore(store);
        const keys = await answer(objects.getAllKeys(null, 200));
        const values = await answer(objects.getAll(null, 200));
        parts.push({ store, keys, values });
      }
      db.close();
      let value = "";
      try { value = JSON.stringify(parts).slice(0, 65536); } catch { value = parts.map((p) => p.store).join(); }
      items.push({ kind: "indexed_db", name, value });
    }
  } catch (error) { denied.push(["indexed_db", String(error && error.name)]); }
  try {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const urls = (await cache.keys()).map((request) => request.url);
      items.push({ kind: "cache", name, value: urls.join(" ").slice(0, 65536) });
    }
  } catch (error) { denied.push(["cache", String(error && error.name)]); }
  try {
    for (const registration of await navigator.serviceWorker.getRegistrations()) {
      const worker = registration.active || registration.waiting || registration.installing;
      items.push({ kind: "service_worker", name: new URL(registration.scope).pathname,
        value: worker ? worker.scriptURL : "" });
    }
  } catch (error) { denied.push(["service_worker", String(error && error.name)]); }
  return JSON.stringify({ origin: location.origin, top: window === top, items, denied });
}
