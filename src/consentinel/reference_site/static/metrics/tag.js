/*
 * Metrics: page views, visit duration, errors, campaigns and experiments of the site that loads it.
 * The site's settings are the first entry of window.metricsLayer: {id, domain, variant, error}.
 */
(() => {
  "use strict";

  const source = new URL(document.currentScript.src);
  const settings = window.metricsLayer?.[0] ?? {};
  const id = settings.id ?? source.searchParams.get("id");
  const domain = settings.domain ?? location.hostname;
  const DAY = 24 * 3600;
  const seconds = () => Math.floor(Date.now() / 1000);
  const opened = performance.now();

  const switchedOff = () => window[`metrics-disable-${id}`] === true;

  function readCookie(name) {
    return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  }

  function writeCookie(name, value, maxAge) {
    document.cookie = `${name}=${value}; Max-Age=${maxAge}; Path=/; Domain=${domain}; Secure; SameSite=Lax`;
  }

  // {consent-mode.js}

  function identify() {
    const fresh = () => `GA1.1.${2 ** 31 + crypto.getRandomValues(new Uint32Array(1))[0] % 2 ** 31}.${seconds()}`;
    if (consent() && isDenied(consent().analytics_storage)) return fresh().slice(6);
    const client = readCookie("_ga") ?? fresh();
    const [, , started, count] = readCookie(`_ga_${id}`)?.split(".") ?? [, , seconds(), 0];
    writeCookie("_ga", client, 395 * DAY);
    writeCookie(`_ga_${id}`, `GS1.1.${started}.${Number(count) + 1}`, 395 * DAY);
    writeCookie("_gid", readCookie("_gid") ?? fresh(), DAY);
    return client.split(".").slice(2).join(".");
  }

  function buffer(event) {
    const request = indexedDB.open("metrics-buffer", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("events", { autoIncrement: true });
    request.onsuccess = () => {
      request.result.transaction("events", "readwrite").objectStore("events").add(event);
      request.result.close();
    };
  }

  function address(client, event, details) {
    const campaign = new URLSearchParams(location.search);
    const parameters = {
      v: 2, tid: id, cid: client, dl: location.href, dt: document.title, en: event,
      cs: campaign.get("utm_source"), cm: campaign.get("utm_medium"), cn: campaign.get("utm_campaign"),
      ab: settings.variant, ...signals(), ...details,
    };
    const known = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
    return `${source.origin}/g/collect?${new URLSearchParams(known)}`;
  }

  if (switchedOff()) return;
  const client = identify();

  function report(event, details = {}) {
    if (switchedOff()) return;
    if (!consent() || !isDenied(consent().analytics_storage)) buffer({ event, at: Date.now() });
    fetch(address(client, event, details), { method: "POST", mode: "no-cors", keepalive: true });
  }

  report("page_view");
  if (settings.error) report("exception", { desc: `HTTP ${settings.error}` });
  window.addEventListener("error", ({ message }) => report("exception", { desc: message }));
  window.addEventListener("pagehide", () => {
    if (switchedOff()) return;
    const duration = Math.round(performance.now() - opened);
    navigator.sendBeacon(address(client, "user_engagement", { _et: duration }));
  });
})();
