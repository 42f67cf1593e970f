/* A service worker that fetches while it is installed, and again when the page asks it to. */
const run = new URL(self.location.href).searchParams.get("run");

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(`/tour/from-installation?run=${run}`));
});
self.addEventListener("message", (event) => {
  event.waitUntil(fetch(event.data).finally(() => event.ports[0].postMessage("fetched")));
});
