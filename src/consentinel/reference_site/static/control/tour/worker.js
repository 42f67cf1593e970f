/* A worker that fetches what the page asks it to. */
self.addEventListener("message", async ({ data }) => {
  await fetch(data);
  self.postMessage("fetched");
});
