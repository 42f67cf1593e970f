/* Things that the site may do, and that look as if it might not. See reference_site/decoys.py. */
(() => {
  "use strict";

  if (location.hostname.startsWith("help.")) return; // the shop alone

  const root = document.documentElement;
  const at = (host, path) => `https://${host}${location.port ? `:${location.port}` : ""}${path}`;

  const hasRefused = () => root.dataset.consent === "";
  const hasAnalytics = () => (root.dataset.consent ?? "").split(" ").includes("analytics");
  const articleOf = ({ target }) => target.closest?.("main a[href^='/articles/']");

  /** Follow the links to every second article, the even or the odd ones, without loading the page. */
  function route(isOdd, put) {
    document.addEventListener("click", async (event) => {
      const link = articleOf(event);
      const number = [...document.querySelectorAll("main a[href^='/articles/']")].indexOf(link);
      if (!link || !hasRefused() || event.defaultPrevented || (number % 2 === 1) !== isOdd) return;
      event.preventDefault();
      await show(link.href, put);
      history.pushState({ isOdd }, "", link.href);
    });
    addEventListener("popstate", () => { if (!location.hash && !isOdd) show(location.href, put); });
  }

  async function show(address, put) {
    const next = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    put(() => {
      document.querySelector("main").replaceWith(next.querySelector("main"));
      document.title = next.title;
    });
  }

  const everywhere = {
    "route-in-one-document"() { route(false, (change) => change()); },
    "route-with-a-transition"() {
      if (document.startViewTransition) route(true, (change) => document.startViewTransition(change));
    },
    "article-fetched-ahead"() {
      document.addEventListener("mouseover", (event) => { if (articleOf(event)) fetch(articleOf(event).href); });
    },
    "word-from-another-tab"() {
      try {
        const tabs = new BroadcastChannel("harbour-decoys");
        tabs.addEventListener("message", () => { root.dataset.tabs = "several"; });
        tabs.postMessage("here");
      } catch {
        // blocked by the browser
      }
    },
    "word-on-the-way-back"() { addEventListener("pageshow", ({ persisted }) => { if (persisted) fetch("/health"); }); },
    "word-on-coming-back"() {
      document.addEventListener("visibilitychange", () => { if (!document.hidden) fetch("/health"); });
    },
    "campaign-off-the-address"() {
      const place = new URL(location.href);
      const marks = [...place.searchParams.keys()].filter((name) => /^utm_|clid$/.test(name));
      if (!marks.length || hasAnalytics()) return;
      marks.forEach((name) => place.searchParams.delete(name));
      history.replaceState(history.state, "", place);
    },
    "network-link-with-a-page"() {
      const link = document.querySelector("a.network-link");
      if (link) link.href += "?page=harbour-displays-20240611&lang=en";
    },
    "network-link-apart"() {
      const link = document.querySelector("a.network-link");
      if (link) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    },
    "letter-on-some-pages"() {
      if (!hasRefused() || history.length % 3) return;
      const offer = document.createElement("div");
      offer.innerHTML = '<p>May we write to you?</p><button type="button">Accept</button> <button type="button">No</button>';
      document.querySelector(".site-footer .about").append(offer);
    },
    "parts-that-are-loaded"() {
      const part = document.createElement("details");
      part.innerHTML = "<summary>How we ship</summary><p></p>";
      part.addEventListener("toggle", () => fetch("/health?part=shipping").then(() => {
        part.lastChild.textContent = "By boat.";
      }));
      root.querySelector("main")?.append(part);
    },
    "worker-that-sums"() {
      const text = `postMessage([..."harbour 20240611"].reduce((sum, one) => Math.imul(sum, 31) + one.charCodeAt(0) >>> 0, 7))`;
      const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
      worker.onmessage = ({ data }) => {
        fetch(`/health?build=${data.toString(16).padStart(8, "0")}`);
        worker.terminate();
      };
    },
    "copy-with-its-source"() {
      document.addEventListener("copy", (event) => {
        event.clipboardData.setData("text/plain", `${getSelection()} (${location.href})`);
        event.preventDefault();
      });
    },
    "paper-without-pictures"() {
      addEventListener("beforeprint", () => {
        document.title += ` ${new Date().toLocaleDateString()}`;
        navigator.sendBeacon("/health");
      });
    },
    "window-of-another-size"() { addEventListener("resize", () => fetch(`/health?width=${innerWidth}`)); },
    "sign-for-the-dark"() {
      if (matchMedia("(prefers-color-scheme: dark), (max-width: 45rem)").matches) new Image().src = "/pictures/dot.svg?dark";
    },
    "time-zone-at-home"() {
      fetch(`/health?zone=${encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)}`);
    },
    "manager-waited-for"() {
      const begun = performance.now();
      const waits = setInterval(() => {
        const hasCome = root.dataset.consent !== undefined || !document.getElementById("consent-banner")?.hidden;
        if (hasCome) document.querySelector(".site-footer .about").append(" We are here to help.");
        if (hasCome || performance.now() - begun > 30000) clearInterval(waits);
      }, 250);
    },
    async "answer-not-waited-for"() {
      const inTime = await Promise.race([
        fetch("/health?notices").then(({ ok }) => ok, () => false),
        new Promise((over) => { setTimeout(over, 3000, false); }),
      ]);
      if (!inTime) document.querySelector(".site-footer .about").append(" The connection is slow: there are no notices.");
    },
    async "settings-missed"() {
      const settings = await fetch("/consent/settings").then((answer) => answer.json()).catch(() => null);
      if (!settings) document.querySelector(".site-footer .about").append(" You are asked with the settings of before.");
    },
    "partner-missed"() {
      const picture = new Image();
      picture.onerror = () => document.querySelector(".site-footer .about").append(" A picture is missing.");
      picture.src = at("symmetrics.localhost", "/kit/1/mark.svg?missed");
    },
    "leftovers-removed"() {
      const remove = () => {
        if (root.dataset.consent === undefined || hasAnalytics()) return;
        for (const name of ["_ga", "_ga_HARBOUR1", "_gid"]) {
          document.cookie = `${name}=; Max-Age=0; Path=/; Domain=${location.hostname}; Secure; SameSite=Lax`;
        }
      };
      remove();
      new MutationObserver(remove).observe(root, { attributes: true, attributeFilter: ["data-consent"] });
    },
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
    async "digest-of-a-query"() {
      const canvas = document.createElement("canvas");
      canvas.getContext("2d").fillText("\u2693", 4, 20);
      document.documentElement.dataset.drawn = canvas.toDataURL().length > 9 ? "yes" : "no";
      const query = new TextEncoder().encode("{ articles(first: 3) { title } }");
      const bytes = [...new Uint8Array(await crypto.subtle.digest("SHA-256", query))];
      fetch(`/search?q=&digest=${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
    },
    "number-against-caches"() { new Image().src = `/pictures/dot.svg?_=${Date.now()}`; },
    "moment-in-a-cookie"() {
      if (document.cookie.includes("harbour_since=")) return;
      const kept = "Max-Age=72000; Path=/; Secure; SameSite=Lax";
      document.cookie = `harbour_since=${Math.floor(Date.now() / 1000)}; ${kept}`;
    },
    "tracker-in-address"() { fetch("/search?q=metrics.localhost"); },
    "tag-of-a-file"() { new Image().src = "/pictures/plan.svg"; },
    "tag-of-a-machine"() { new Image().src = "/pictures/plate.svg"; },
    "date-of-a-file"() { for (const name of ["sign", "clock"]) new Image().src = `/pictures/${name}.svg`; },
    "dot"() { new Image().src = "/pictures/dot.svg"; },
    "consent-mode-event"() {
      dataLayer.push({ event: "page", consent: "granted" });
      dataLayer.push(["event", "consent", "granted"]);
    },
    "signal-in-an-address"() {
      const before = `${location.origin}/?gcs=G111&gcd=13r3r3r2r5l1`;
      new Image().src = `/pictures/dot.svg?${new URLSearchParams({ dl: before, dr: before })}`;
    },
    "string-of-another-minute"() {
      if (!root.dataset.consent) new Image().src = "/pictures/dot.svg?gdpr=1&gdpr_consent={LATER}";
    },
    "string-in-an-address"() {
      const before = `${location.origin}/?gdpr_consent={ALL}`;
      new Image().src = `/pictures/dot.svg?${new URLSearchParams({ dl: before })}`;
    },
    "string-not-filled-in"() { new Image().src = "/pictures/dot.svg?gdpr=${GDPR}&gdpr_consent=${GDPR_CONSENT_755}"; },
    "consent-of-another-meaning"() { new Image().src = "/pictures/dot.svg?consent=blue&tcString=blue"; },
    "uet-of-a-refusal"() {
      if (!root.dataset.consent) new Image().src = "/pictures/dot.svg?ti=187000001&Ver=2&asc=D";
    },
    "sorted-ascending"() { new Image().src = "/pictures/dot.svg?sort=price&asc=G"; },
    "law-that-applies"() { new Image().src = "/pictures/dot.svg?gdpr=1&gdpr_consent="; },
    "signal-of-another-meaning"() { new Image().src = "/pictures/dot.svg?gcs=G2&gcd=13resolution"; },
    "wish-in-the-gpp-string"() {
      const gppString = navigator.globalPrivacyControl ? "{OUT}" : "{SILENT}";
      globalThis.__gpp = (command, callback) => {
        const pingData = { gppVersion: "1.1", signalStatus: "ready", gppString, applicableSections: [7] };
        if (command === "addEventListener") callback({ eventName: "signalStatus", data: "ready", pingData }, true);
      };
      new Image().src = `/pictures/dot.svg?gpp=${gppString}&gpp_sid=7`;
    },
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
    "chat-on-a-narrow-screen"() {
      const chat = document.createElement("button");
      chat.type = "button";
      chat.textContent = "Chat";
      chat.style.cssText = "position: fixed; right: 4px; bottom: 4px; width: 3.5rem; height: 3.5rem";
      document.body.append(chat);
    },
    "keyboard-on-the-title"() {
      const title = document.getElementById("consent-preferences-title");
      document.getElementById("consent-open-preferences")?.addEventListener("click", () => {
        title.tabIndex = -1;
        title.focus();
      });
    },
    "colours-that-run"() {
      const banner = document.getElementById("consent-banner");
      if (banner) banner.style.backgroundImage = "linear-gradient(90deg, transparent, #0b556322)";
    },
    "reminder-of-a-refusal"() {
      if (!hasRefused()) return;
      const reminder = document.createElement("p");
      reminder.setAttribute("role", "status");
      reminder.textContent = "You have refused cookies. You can change this at the end of the page.";
      document.querySelector(".site-footer .about").append(reminder);
    },
    "word-after-a-withdrawal"() {
      const word = document.createElement("p");
      word.setAttribute("role", "status");
      document.querySelector(".site-footer .about").append(word);
      const had = (root.dataset.consent ?? "") !== "";
      new MutationObserver(() => { if (had && hasRefused()) word.textContent = "Your consent is withdrawn."; })
        .observe(root, { attributes: true, attributeFilter: ["data-consent"] });
    },
    "plea-after-a-refusal"() {
      if (!hasRefused()) return;
      const plea = document.createElement("p");
      plea.textContent = "No cookies, no advertising: please subscribe to our journal.";
      document.querySelector("main").prepend(plea);
    },
    async "rejected-cookie-said"() {
      if (!(root.dataset.consent ?? "").split(" ").includes("advertising")) return;
      const known = async () => (await fetch(at("ads.adnet.localhost", "/known"), { credentials: "include" })).text();
      await known();
      if (await known() === "1") return;
      const told = () => `limited=1&ord=${Math.floor(Math.random() * 1e15)}`;
      for (let n = 0; n < 2; n += 1) new Image().src = at("ads.adnet.localhost", `/pixel?${told()}`);
    },
    "guests-greeted"() {
      const from = document.referrer && new URL(document.referrer).host;
      if (!from || from === location.host) return;
      document.querySelector(".site-footer .about").append(" Welcome to our guests.");
      navigator.sendBeacon("/health");
    },
    "field-counted-by-a-partner"() {
      addEventListener("change", ({ target }) => {
        if (target.value) new Image().src = at("symmetrics.localhost", `/kit/1/mark.svg?letters=${target.value.length}`);
      });
    },
    "way-out-at-home"() {
      for (const [href, textContent] of [["/plan.pdf", "A plan to print"], ["mailto:hello@harbour.localhost", "Write to us"]]) {
        const link = Object.assign(document.createElement("a"), { href, textContent });
        document.querySelector(".site-footer .about").append(" ", link);
      }
      addEventListener("click", ({ target }) => {
        const link = target.closest?.("a");
        if (link && (link.host !== location.host || link.pathname === "/plan.pdf")) navigator.sendBeacon("/health");
      });
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
    "word-like-a-campaign"() { sessionStorage.setItem("harbour.season", "spring"); },
    "place-without-marks"() { sessionStorage.setItem("harbour.place", location.pathname); },
    "display-of-the-device"() {
      if (document.getElementById("sign-out")) localStorage.setItem("harbour.display", '{"text":"large"}');
    },
    "link-with-a-state"() {
      const state = sessionStorage.getItem("harbour.state") ?? crypto.randomUUID();
      sessionStorage.setItem("harbour.state", state);
      const link = document.createElement("a");
      link.textContent = "Sign in by the Circle";
      link.href = `${at("circle.localhost", "/sign-in")}?state=${state}&request=${crypto.randomUUID()}`;
      document.querySelector(".site-footer .about").append(" ", link);
    },
    "field-remembered"() {
      addEventListener("input", ({ target }) => {
        if (target.type === "search") sessionStorage.setItem("harbour.typed", String(target.value.length));
      });
    },
    "scroll-position"() { sessionStorage.setItem("harbour.scroll", String(Math.round(scrollY))); },
    "value-like-a-string"() { sessionStorage.setItem("harbour.draft", `CQzX${"k3Zp9TtQ".repeat(8)}`); },
    "number-like-a-telephone"() { sessionStorage.setItem("harbour.opened", String(Date.now())); },
    "file-like-an-address"() { sessionStorage.setItem("harbour.icon", "door@2x.png"); },
    async "offline-pages"() { (await caches.open("harbour-offline")).put("/offline", new Response("You are offline.")); },
    async "sketches"() {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("harbour-sketches", { create: true });
      const file = await (await folder.getFileHandle("door.svg", { create: true })).createWritable();
      await file.write("<svg xmlns='http://www.w3.org/2000/svg'/>");
      await file.close();
    },
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
