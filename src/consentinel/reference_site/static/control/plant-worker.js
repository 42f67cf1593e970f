/* A service worker that fetches what the page asks it to. */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("message", (event) => {
  event.waitUntil(fetch(event.data.fetch).finally(() => event.ports[0].postMessage("fetched")));
});
