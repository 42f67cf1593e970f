// Reads what this frame's origin keeps on the device, from a sandbox that the page's own scripts cannot reach.
// Reads alone: nothing is opened for writing, nothing created. `denied` are the stores that would not be read; of those
// in `lacking` this document can neither read nor write any. An origin that is opaque ("null") has no store at all:
// refusing is then the answer.
async () => {
  // Where no script may run nothing is written either, and what is known still holds; timers and events stay away.
  if (matchMedia("(scripting: none)").matches) {
    return JSON.stringify({ origin: globalThis.origin, items: [], denied: [], lacking: [], silent: true });
  }
  const items = [];
  const denied = [];
  const lacking = [];
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
  const databases = async (found, factory, within) => {
    for (const { name } of await soon(factory.databases())) {
      // That it is there is known; what it holds may not be.
      const value = await soon(content(factory, name)).catch((error) => error.name === "AbortError" ? null : "");
      if (value !== null) found.push({ kind: "indexed_db", name: within + name, value });
    }
  };
  const stores = async (found, storage, within) => {
    for (const name of await soon(storage.keys())) {
      const cache = await storage.open(name);
      const urls = (await soon(cache.keys())).map((request) => request.url);
      found.push({ kind: "cache", name: within + name, value: urls.join(" ").slice(0, 65536) });
    }
  };
  // Firefox gives a document at an IPv6 address no caches: it refuses them to the page's own scripts as well.
  const isRefused = (error) => error.name === "SecurityError" && location.hostname.startsWith("[");
  const kept = (found) => stores(found, caches, "").catch((error) => {
    if (!isRefused(error)) throw error;
    lacking.push("cache");
  });
  // Chromium gives a document in an `embed` or `object` element no service workers: its scripts register none either.
  const isLacking = (error) => error && error.name === "InvalidStateError";
  const workers = async (found) => {
    const asked = soon(navigator.serviceWorker.getRegistrations());
    const registrations = await asked.catch((error) => {
      if (!isLacking(error)) throw error;
      lacking.push("service_worker");
      return [];
    });
    for (const registration of registrations) {
      const worker = registration.active || registration.waiting || registration.installing;
      found.push({ kind: "service_worker", name: new URL(registration.scope).pathname,
        value: worker ? worker.scriptURL : "" });
    }
  };
  // Files that only this origin sees (OPFS), each with its folders; an empty folder counts as well.
  const MOST = 200;
  const DEEPEST = 8;
  const within = async (found, folder, path, depth) => {
    const names = folder.keys(); // by hand: Firefox's sandbox cannot iterate it
    while (found.length < MOST) {
      const { done, value: name } = await soon(names.next());
      if (done) return;
      const before = found.length;
      try {
        const handle = await soon(folder.getFileHandle(name));
        // That it is there is known; what it holds may not be: a worker can lock it.
        const value = await soon(handle.getFile().then((file) => file.slice(0, 65536).text())).catch(() => "");
        found.push({ kind: "file", name: path + name, value });
      } catch (error) {
        if (error.name === "NotFoundError") continue; // gone meanwhile
        if (error.name !== "TypeMismatchError") throw error;
        const inner = `${path}${name}/`;
        if (depth < DEEPEST) await within(found, await soon(folder.getDirectoryHandle(name)), inner, depth + 1);
        if (found.length === before) found.push({ kind: "file", name: inner, value: "" });
      }
    }
  };
  // A document that is refused the file system can write no file either.
  const files = async (found) => {
    const root = await soon(navigator.storage.getDirectory()).catch((error) => {
      if (error.name === "TimeoutError") throw error;
      lacking.push("file");
    });
    if (root) await within(found, root, "", 0);
  };
  // Chromium's storage buckets: further databases, caches and files of the same origin, under names of their own.
  const buckets = async (found) => {
    for (const name of await soon(navigator.storageBuckets.keys())) {
      const bucket = await soon(navigator.storageBuckets.open(name));
      await databases(found, bucket.indexedDB, `${name}/`);
      await stores(found, bucket.caches, `${name}/`);
      await within(found, await soon(bucket.getDirectory()), `${name}/`, 0);
    }
  };
  // Chromium answers for buckets and files only when a page that it has rendered ahead is shown.
  const isAhead = document.prerendering === true;
  const later = async () => { throw new DOMException("not shown yet", "NotReadableError"); };
  // All are asked at once. A document without TLS has neither caches nor service workers nor buckets; one without an
  // address of its own has its creator's origin, whose workers its creator shows.
  const asked = [[["indexed_db"], async (found) => { await databases(found, indexedDB, ""); }]];
  if ("caches" in globalThis) asked.push([["cache"], kept]);
  if (location.protocol.startsWith("http") && "serviceWorker" in navigator) asked.push([["service_worker"], workers]);
  if ("storageBuckets" in navigator) asked.push([["indexed_db", "cache"], isAhead ? later : buckets]);
  if (isAhead || !navigator.storage || !navigator.storage.getDirectory) lacking.push("file");
  else asked.push([["file"], files]);
  const parts = asked.map(async ([kinds, read]) => {
    const found = []; // what was found before a failure counts
    try { await read(found); } catch (error) { kinds.forEach((kind) => deny(kind, error)); }
    return found;
  });
  items.push(...(await Promise.all(parts)).flat());
  return JSON.stringify({ origin: globalThis.origin, items, denied, lacking });
}
