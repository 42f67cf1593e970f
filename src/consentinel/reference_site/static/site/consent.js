/*
 * Harbour's consent manager: asks, keeps the choice in one cookie, and loads what was granted.
 * Nothing but functionality is loaded before a choice, and a choice is only what the visitor clicks.
 */
(() => {
  "use strict";

  const config = JSON.parse(document.getElementById("harbour-config").textContent);
  const OPTIONAL = ["analytics", "social", "advertising"];
  const root = document.documentElement;
  const banner = document.getElementById("consent-banner");
  const dialog = document.getElementById("consent-preferences");
  const tabs = openChannel();
  const started = new Set();

  // --- the choice -------------------------------------------------------------------------------

  /** The granted categories, or null while there is no choice that still holds. */
  function storedChoice() {
    const value = document.cookie.match(/(?:^|; )harbour_consent=v1:([a-z=01,]+):(\d+)(?:;|$)/);
    if (!value || Date.now() / 1000 - Number(value[2]) > config.lifetime) return null;
    const flags = value[1].split(",");
    return OPTIONAL.filter((category) => flags.includes(`${category}=1`));
  }

  function storeChoice(granted) {
    const flags = OPTIONAL.map((category) => `${category}=${granted.includes(category) ? 1 : 0}`);
    const now = Math.floor(Date.now() / 1000);
    document.cookie =
      `${config.cookie}=v1:${flags.join(",")}:${now}; Max-Age=${config.lifetime}; ` +
      `Path=/; Domain=${config.domain}; Secure; SameSite=Lax`;
  }

  /** Tell the shop what was chosen, so that it can show that somebody agreed; of whom it does not learn. */
  function report(granted) {
    navigator.sendBeacon("/consent", granted.join(" "));
  }

  function choose(granted) {
    storeChoice(granted);
    report(granted);
    tabs?.postMessage("changed");
    const kept = storedChoice();
    if (kept === null) explainBlockedCookies();
    dialog.close();
    document.getElementById("preferences-saved")?.toggleAttribute("hidden", kept === null);
    show(kept ?? []);
  }

  // --- what follows from it ---------------------------------------------------------------------

  /** Bring the page in line with a choice; what already runs can only be stopped by a new page. */
  function show(granted) {
    if ([...started].some((category) => !granted.includes(category))) {
      if (dialog.dataset.done) location.replace(dialog.dataset.done);
      else location.reload();
      return;
    }
    banner.hidden = true;
    granted.forEach(start);
    root.dataset.consent = granted.join(" ");
  }

  function start(category) {
    if (started.has(category)) return;
    started.add(category);
    if (category === "analytics") allowMetrics();
    if (category === "social") showSocial();
    config.tags.filter((tag) => tag.category === category).forEach((tag) => loadScript(tag.src));
  }

  function loadScript(src) {
    const script = document.createElement("script");
    script.src = src;
    document.head.append(script);
  }

  /** The analytics tag asks this switch before each message, so that a withdrawal in any tab stops it. */
  function allowMetrics() {
    window.metricsLayer = [config.metrics];
    Object.defineProperty(window, `metrics-disable-${config.metrics.id}`, {
      get: () => !storedChoice()?.includes("analytics"),
    });
  }

  function showSocial() {
    document.querySelector(".share-notice")?.remove();
    const notice = document.querySelector(".circle-notice");
    if (!notice) return;
    const link = document.createElement("a");
    link.id = "sign-in-circle";
    link.className = "button quiet";
    link.href = notice.dataset.href;
    link.textContent = notice.dataset.label;
    notice.replaceWith(link);
  }

  // --- the dialogs ------------------------------------------------------------------------------

  function switches() {
    return OPTIONAL.map((category) => dialog.querySelector(`input[name="${category}"]`));
  }

  function fillSwitches() {
    const granted = storedChoice() ?? [];
    switches().forEach((input) => { input.checked = granted.includes(input.name); });
  }

  function openPreferences(event) {
    event.preventDefault();
    fillSwitches();
    if (dialog.open) dialog.scrollIntoView({ block: "start" });
    else dialog.showModal();
  }

  /** Chromium says cookieEnabled even where it blocks everything; refused storage tells in every browser. */
  function cookiesAreBlocked() {
    if (!navigator.cookieEnabled) return true;
    try {
      return !window.localStorage;
    } catch {
      return true;
    }
  }

  function explainBlockedCookies() {
    document.getElementById("cookies-blocked").hidden = false;
    document.getElementById("needs-cookies")?.removeAttribute("hidden");
  }

  function onClick(selector, action) {
    document.querySelectorAll(selector).forEach((element) => element.addEventListener("click", action));
  }

  onClick("#consent-accept-all, #consent-preferences-accept", () => choose(OPTIONAL));
  onClick("#consent-refuse-all, #consent-preferences-refuse", () => choose([]));
  onClick("#consent-save", () => choose(switches().filter((input) => input.checked).map((input) => input.name)));
  onClick("#consent-close", () => dialog.close());
  onClick("#consent-open-preferences, #open-preferences, .share-enable", openPreferences);

  // --- now, and whenever another tab or a way back in the history changes things ----------------

  /** Other open tabs of this site; a browser that blocks cookies may refuse this as well. */
  function openChannel() {
    try {
      return new BroadcastChannel("harbour-consent");
    } catch {
      return null;
    }
  }

  function ask() {
    delete root.dataset.consent;
    banner.hidden = false;
  }

  function follow() {
    const granted = storedChoice();
    if (granted === null) ask();
    else show(granted);
  }

  tabs?.addEventListener("message", follow);
  window.addEventListener("pageshow", (event) => { if (event.persisted) follow(); });
  if (cookiesAreBlocked()) explainBlockedCookies();
  fillSwitches();
  follow();
})();
