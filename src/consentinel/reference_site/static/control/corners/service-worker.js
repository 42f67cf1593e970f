/* A service worker that stores whatever it can, out of every page's sight. */
const database = () => new Promise((resolve, reject) => {
  const request = indexedDB.open("corner-worker-db", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("corner").put("1", "key");
  request.onsuccess = () => { request.result.close(); resolve(); };
  request.onerror = () => reject(request.error);
});
const stores = [
  ["cookie", "corner_worker", async () => {
    await cookieStore.set({ name: "corner_worker", value: "1", path: "/" });
    if (!await cookieStore.get("corner_worker")) throw new Error("Firefox 153 keeps none, and says that all is well");
  }],
  ["cache", "corner-worker-cache", async () =>
    (await caches.open("corner-worker-cache")).put("/corners/kept", new Response("1"))],
  ["indexed_db", "corner-worker-db", database],
];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("message", (event) => event.waitUntil((async () => {
  const stored = [];
  for (const [kind, name, store] of stores) {
    try { await store(); stored.push([kind, name]); } catch { /* not in this browser */ }
  }
  await fetch(event.data);
  event.ports[0].postMessage(stored);
})()));
