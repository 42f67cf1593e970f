/* Makes a request by each mechanism, and says when all have finished. */
(() => {
  "use strict";

  const root = document.documentElement;
  const { run, guest } = root.dataset;
  const url = (means, extra = "") => `/tour/${means}?run=${run}${extra}`;
  const once = (target, event) => new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));

  const mechanisms = {
    fetch: () => fetch(url("fetch")),
    fetchOfThirdParty: () => fetch(guest + url("fetch"), { mode: "no-cors", credentials: "include" }),
    preflight: () => fetch(guest + url("preflight"), {
      method: "POST", headers: { "content-type": "application/json" }, body: "{}",
    }),
    redirect: () => fetch(url("redirect")),
    beacon: async () => navigator.sendBeacon(url("beacon"), "hello"),
    keepalive: () => fetch(url("keepalive"), { method: "POST", body: "hello", keepalive: true }),

    async xhr() {
      const request = new XMLHttpRequest();
      request.open("GET", url("xhr"));
      request.send();
      await once(request, "load");
    },

    async socket() {
      const socket = new WebSocket(`wss://${location.host}${url("socket")}`);
      await once(socket, "open");
      socket.send("hello");
      await once(socket, "close");
    },

    async worker() {
      const worker = new Worker(url("files/worker.js"));
      worker.postMessage(url("from-worker"));
      await once(worker, "message");
      worker.terminate();
    },

    async serviceWorker() {
      const registration = await navigator.serviceWorker.register(url("files/service-worker.js"));
      const worker = registration.installing ?? registration.waiting ?? registration.active;
      while (worker.state !== "activated") await once(worker, "statechange");
      const { port1, port2 } = new MessageChannel();
      worker.postMessage(url("from-service-worker"), [port2]);
      port1.start();
      await once(port1, "message");
    },

    async frames() {
      const frame = document.createElement("iframe");
      frame.src = url("frame");
      const reported = once(window, "message");
      document.body.append(frame);
      await reported;
    },
  };

  async function travel() {
    const names = Object.keys(mechanisms);
    const loaded = document.readyState === "complete" || once(window, "load");
    const results = await Promise.allSettled(names.map(async (name) => mechanisms[name]()));
    await loaded;
    root.dataset.missing = names.filter((_, index) => results[index].status === "rejected").join(" ");
    root.dataset.tour = "done";
  }

  window.addEventListener("pagehide", () => navigator.sendBeacon(url("pagehide"), "goodbye"));
  travel();
})();
