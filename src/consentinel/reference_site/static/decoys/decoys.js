/* Things that the site may do, and that look as if it might not. See reference_site/decoys.py. */
(() => {
  "use strict";

  if (location.hostname.startsWith("help.")) return; // the shop alone

  const root = document.documentElement;
  const at = (host, path) => `https://${host}${location.port ? `:${location.port}` : ""}${path}`;

  const everywhere = {
    "consent-rewritten"() {
      const value = document.cookie.match(/(?:^|; )(harbour_consent=v1:[^:;]+:(\d+))/);
      if (!value) return;
      const left = Number(value[2]) + 180 * 24 * 3600 - Math.floor(Date.now() / 1000);
      document.cookie = `${value[1]}; Max-Age=${left}; Path=/; Domain=${location.hostname}; Secure; SameSite=Lax`;
    },
    "name-like-a-tracker"() { document.cookie = "_garden=open; Path=/; Secure; SameSite=Lax"; },
    "cookie-removed"() {
      if (root.dataset.consent === undefined) document.cookie = "_gid=; Max-Age=0; Path=/; Secure; SameSite=Lax";
    },
    "host-like-a-tracker"() { new Image().src = at("symmetrics.localhost", "/kit/1/mark.svg"); },
    "fresh-number"() {
      const number = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(16)).join("");
      new Image().src = at("symmetrics.localhost", `/kit/1/mark.svg?request=${number}`);
    },
    "number-against-caches"() { new Image().src = `/pictures/dot.svg?_=${Date.now()}`; },
    "moment-in-a-cookie"() {
      if (document.cookie.includes("harbour_since=")) return;
      const kept = "Max-Age=72000; Path=/; Secure; SameSite=Lax";
      document.cookie = `harbour_since=${Math.floor(Date.now() / 1000)}; ${kept}`;
    },
    "tracker-in-address"() { fetch("/search?q=metrics.localhost"); },
    "dot"() { new Image().src = "/pictures/dot.svg"; },
    "consent-mode-event"() {
      dataLayer.push({ event: "page", consent: "granted" });
      dataLayer.push(["event", "consent", "granted"]);
    },
    "signal-in-an-address"() {
      const before = `${location.origin}/?gcs=G111&gcd=13r3r3r2r5l1`;
      new Image().src = `/pictures/dot.svg?${new URLSearchParams({ dl: before, dr: before })}`;
    },
    "signal-of-another-meaning"() { new Image().src = "/pictures/dot.svg?gcs=G2&gcd=13resolution"; },
    "redirect-at-home"() { fetch("/go/legal"); },
    "late-request"() { setTimeout(() => fetch("/health"), 4000); },
    "last-word-at-home"() { addEventListener("pagehide", () => navigator.sendBeacon("/health")); },
    "frame-without-address"() {
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.srcdoc = "<!doctype html><title>Print preview</title>";
      document.body.append(frame);
    },
    "frame-without-scripts"() {
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.sandbox = "";
      frame.srcdoc = "<!doctype html><title>Letter</title>";
      document.body.append(frame);
    },
    "frame-further-down"() {
      const frame = document.createElement("iframe");
      frame.loading = "lazy";
      frame.title = "The way to us";
      frame.src = "/pictures/dot.svg";
      frame.style.marginTop = "9000px";
      document.body.append(frame);
    },
    "template"() {
      const template = document.createElement("template");
      template.innerHTML = '<img src="/pictures/dot.svg" alt="">';
      document.body.append(template);
    },
    "button-that-says-ok"() {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = "Accept the weather: OK";
      document.querySelector(".site-footer .about").append(" ", button);
    },
  };

  const withStorage = {
    "opt-out-flag"() {
      if (root.dataset.consent === "") localStorage.setItem("metrics-disable-HARBOUR1", "true");
    },
    "scroll-position"() { sessionStorage.setItem("harbour.scroll", String(Math.round(scrollY))); },
    "number-like-a-telephone"() { sessionStorage.setItem("harbour.opened", String(Date.now())); },
    "file-like-an-address"() { sessionStorage.setItem("harbour.icon", "door@2x.png"); },
    async "offline-pages"() { (await caches.open("harbour-offline")).put("/offline", new Response("You are offline.")); },
    "drafts"() {
      const opening = indexedDB.open("harbour-drafts", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
      opening.onsuccess = () => opening.result.close();
    },
    "offline-worker"() { navigator.serviceWorker.register("/offline/worker.js"); },
  };

  Object.values(everywhere).forEach((decoy) => decoy());
  if (document.getElementById("cookies-blocked").hidden) Object.values(withStorage).forEach((decoy) => decoy());
})();
