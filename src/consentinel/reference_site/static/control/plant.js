/* Stores one item of each kind and sends one request by each means, here and in a third party's frame. */
(() => {
  "use strict";

  const root = document.documentElement;
  const { run, third } = root.dataset;
  const url = (means) => `/plant/${means}?run=${run}`;
  const once = (target, event) => new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));

  const plants = {
    cookie() { document.cookie = "plant_script=planted; Max-Age=3600; Path=/; Secure; SameSite=None"; },
    local_storage() { localStorage.setItem("plant_local", "planted"); },
    session_storage() { sessionStorage.setItem("plant_session", "planted"); },
    async cache() { await (await caches.open("plant-cache")).put(url("cached"), new Response("planted")); },
    async indexed_db() {
      const request = indexedDB.open("plant-db", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("plant").put("planted", "plant_key");
      await once(request, "success");
      request.result.close();
    },
    async file() {
      await (await navigator.storage.getDirectory()).getFileHandle("plant-file", { create: true });
      await fetch(url("file")); // says that it is there: not every browser has files, and not everywhere
    },
    async service_worker() {
      const registration = await navigator.serviceWorker.register(`/plant-sw/worker.js?run=${run}`);
      const worker = registration.installing ?? registration.waiting ?? registration.active;
      while (worker.state !== "activated") await once(worker, "statechange");
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ fetch: url("from-worker") }, [port2]);
      port1.start();
      await once(port1, "message");
    },
    async fetch() { await fetch(url("fetch")); },
    async image() {
      const image = new Image();
      image.src = url("image");
      await once(image, "load");
    },
    async socket() {
      const socket = new WebSocket(`wss://${location.host}${url("socket")}`);
      await once(socket, "open");
      socket.send("planted");
      await once(socket, "close");
    },
    async frame() {
      if (!third) return;
      const frame = document.createElement("iframe");
      frame.src = `${third}/plant?run=${run}`;
      const reported = once(window, "message");
      document.body.append(frame);
      const { data } = await reported;
      root.dataset.missingInFrame = data.missing.join(" ");
    },
  };

  async function grow() {
    const names = Object.keys(plants);
    const results = await Promise.allSettled(names.map(async (name) => plants[name]()));
    const missing = names.filter((_, index) => results[index].status === "rejected");
    root.dataset.missing = missing.join(" ");
    root.dataset.planted = "done";
    if (parent !== window) parent.postMessage({ missing }, "*");
  }

  window.addEventListener("pagehide", () => navigator.sendBeacon(url("beacon")));
  grow();
})();
