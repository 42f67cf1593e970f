/* Sends and stores by every detour, and says when all have finished. */
(() => {
  "use strict";

  const root = document.documentElement;
  const { run, guest, only } = root.dataset;
  const url = (means, extra = "") => `${location.origin}/corners/${means}?run=${run}${extra}`;
  const file = (name) => `/corners/files/${name}?run=${run}`;
  const once = (target, event) => new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));
  const stored = [];
  const keep = (kind, name, host = location.hostname) => stored.push([kind, host, name]);
  const absent = [];
  const has = (what, name) => { if (!what) absent.push(name); return Boolean(what); };
  const frame = (attributes) => {
    const element = Object.assign(document.createElement("iframe"), attributes);
    document.body.append(element);
    return element;
  };
  const link = (attributes) => document.head.append(Object.assign(document.createElement("link"), attributes));
  const html = (means, name) => `<!doctype html><script>
    try { localStorage.setItem("${name}", "1"); document.cookie = "${name}=1; Path=/; Secure"; } catch {}
    fetch("${url(means)}", { mode: "no-cors" }).finally(() => parent.postMessage("${means}", "*"));</script>`;
  const told = (what) => new Promise((resolve) => {
    const listen = ({ data }) => { if ((data.told || data) === what) { removeEventListener("message", listen); resolve(data); } };
    addEventListener("message", listen);
  });
  const database = (factory, name) => new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("corner").put("1", "key");
    request.onsuccess = () => { request.result.close(); resolve(); };
    request.onerror = () => reject(request.error);
  });

  const mechanisms = {
    async blankFrame() {
      const inner = frame({}).contentWindow;
      inner.localStorage.setItem("corner_blank", "1");
      keep("local_storage", "corner_blank");
      inner.document.cookie = "corner_blank=1; Path=/; Secure";
      keep("cookie", "corner_blank");
      await inner.fetch(url("from-blank"));
    },
    async srcdocFrame() {
      const done = told("from-srcdoc");
      frame({ srcdoc: html("from-srcdoc", "corner_srcdoc") });
      await done;
      keep("local_storage", "corner_srcdoc");
      keep("cookie", "corner_srcdoc");
    },
    async blobFrame() {
      const done = told("from-blob");
      frame({ src: URL.createObjectURL(new Blob([html("from-blob", "corner_blob")], { type: "text/html" })) });
      await done;
      keep("local_storage", "corner_blob");
    },
    async dataFrame() {
      const done = told("from-data");
      frame({ src: `data:text/html,${encodeURIComponent(html("from-data", "corner_data"))}` });
      await done;
    },
    async sandboxedFrame() {
      const done = told("from-sandbox");
      const element = document.createElement("iframe");
      element.sandbox = "allow-scripts";
      element.src = `${guest}/corners/page/sandboxed?run=${run}`;
      document.body.append(element);
      await done;
    },
    async removedFrame() {
      const done = told("from-removed");
      const element = frame({ src: `${guest}/corners/page/removed?run=${run}` });
      stored.push(...(await done).stored);
      element.remove();
    },
    async partitionedFrame() {
      const done = told("from-partitioned");
      frame({ src: `${guest}/corners/page/partitioned?run=${run}` });
      stored.push(...(await done).stored);
    },
    async popup() {
      const done = told("from-popup");
      const opened = open(`${guest}/corners/page/popup?run=${run}`);
      if (!has(opened, "popup")) return;
      stored.push(...(await done).stored);
      opened.close();
    },
    async blankPopup() {
      const opened = open("about:blank");
      if (!has(opened, "blankPopup")) return;
      opened.localStorage.setItem("corner_blank_popup", "1");
      keep("local_storage", "corner_blank_popup");
      await opened.fetch(url("from-blank-popup"));
      opened.close();
    },
    async nestedWorker() {
      const worker = new Worker(file("nest.js"));
      worker.postMessage(url("from-nested-worker"));
      await once(worker, "message");
      worker.terminate();
    },
    async blobWorker() {
      const source = `fetch("${url("from-blob-worker")}").finally(() => postMessage("fetched"))`;
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      await once(worker, "message");
    },
    async sharedWorker() {
      if (!has(globalThis.SharedWorker, "sharedWorker")) return;
      const worker = new SharedWorker(file("shared.js"));
      worker.port.start();
      worker.port.postMessage(url("from-shared-worker"));
      await once(worker.port, "message");
    },
    async serviceWorker() {
      const registration = await navigator.serviceWorker.register(file("service-worker.js"), { scope: "/corners/nowhere/" });
      keep("service_worker", "/corners/nowhere/");
      const worker = registration.installing ?? registration.waiting ?? registration.active;
      while (worker.state !== "activated") await once(worker, "statechange");
      const { port1, port2 } = new MessageChannel();
      port1.start();
      worker.postMessage(url("from-service-worker"), [port2]);
      const { data } = await once(port1, "message");
      for (const [kind, name] of data) keep(kind, name);
    },
    async momentaryCookie() {
      document.cookie = "corner_moment=1; Path=/; Secure";
      document.cookie = "corner_moment=; Path=/; Secure; Max-Age=0";
      keep("cookie", "corner_moment");
    },
    async momentaryItem() {
      localStorage.setItem("corner_moment", "1");
      localStorage.removeItem("corner_moment");
      keep("local_storage", "corner_moment");
      localStorage.corner_property = "1";
      keep("local_storage", "corner_property");
    },
    async bucket() {
      if (!has(navigator.storageBuckets, "bucket")) return;
      const bucket = await navigator.storageBuckets.open("corner");
      await database(bucket.indexedDB, "corner-bucket-db");
      keep("indexed_db", "corner/corner-bucket-db");
      await (await bucket.caches.open("corner-bucket-cache")).put("/corners/kept", new Response("1"));
      keep("cache", "corner/corner-bucket-cache");
    },
    async eventSource() {
      await once(new EventSource(url("stream")), "message");
    },
    async beaconOfBlob() {
      navigator.sendBeacon(url("beacon-blob"), new Blob(["hello"], { type: "text/plain" }));
    },
    async ping() {
      const anchor = Object.assign(document.createElement("a"), { href: "#there", ping: url("ping") });
      document.body.append(anchor);
      anchor.click();
    },
    async unreadAnswer() { await fetch(url("unread")); },
    async module() { await import(file("module.js")); },
    async hints() {
      link({ rel: "prefetch", href: url("prefetch") });
      link({ rel: "modulepreload", href: file("ahead.js") });
      link({ rel: "preconnect", href: guest });
      link({ rel: "dns-prefetch", href: guest });
    },
    async speculation() {
      if (!has(globalThis.HTMLScriptElement.supports?.("speculationrules"), "speculation")) return;
      const rules = (means) => [{ source: "list", eagerness: "immediate", urls: [url(`ahead/${means}`)] }];
      const element = document.createElement("script");
      element.type = "speculationrules";
      element.textContent = JSON.stringify({ prefetch: rules("prefetched"), prerender: rules("prerendered") });
      document.head.append(element);
    },
    async later() {
      if (has(globalThis.fetchLater, "fetchLater")) fetchLater(url("fetch-later"));
    },
    async xhrOfStream() {
      const request = new XMLHttpRequest();
      request.open("PUT", url("xhr-put"));
      request.send("hello");
      await once(request, "load");
    },
    async style() { // against the page's own policy, which only reports it
      const element = document.createElement("script");
      element.textContent = "globalThis.inline = true;";
      document.head.append(element);
    },
  };

  async function travel() {
    const names = only ? only.split(" ") : Object.keys(mechanisms).filter((name) => name !== "speculation");
    const results = await Promise.allSettled(names.map(async (name) => mechanisms[name]()));
    root.dataset.missing = names.filter((_, index) => results[index].status === "rejected")
      .map((name) => `${name}: ${results[names.indexOf(name)].reason}`).join("; ");
    root.dataset.absent = absent.join(" ");
    root.dataset.stored = JSON.stringify(stored);
    root.dataset.corners = "done";
  }

  addEventListener("pagehide", () => {
    fetch(url("hidden-keepalive"), { method: "POST", body: "hello", keepalive: true });
    navigator.sendBeacon(url("hidden-beacon"), new Blob(["hello"], { type: "text/plain" }));
  });
  document.addEventListener("visibilitychange", () => {
    fetch(url("invisible-keepalive"), { method: "POST", body: "hello", keepalive: true });
  });
  travel();
})();
