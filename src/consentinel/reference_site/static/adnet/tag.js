/* Adnet: recognises the browser, fills the page's advertising slot, and remembers what was shown. */
(() => {
  "use strict";

  const { origin } = new URL(document.currentScript.src);

  function browserId() {
    const id = document.cookie.match(/(?:^|; )_adn=([^;]+)/)?.[1] ?? `adn.${crypto.randomUUID()}`;
    document.cookie = `_adn=${id}; Max-Age=${90 * 24 * 3600}; Path=/; Secure; SameSite=Lax`;
    return id;
  }

  function send(id, told) {
    new Image().src = `${origin}/pixel?${new URLSearchParams({ adn: id, page: location.pathname, ...told })}`;
  }

  /** On sites with IAB's framework the network is told of the choice by its string. */
  function sync(id) {
    if (!window.__tcfapi) send(id, {});
    else window.__tcfapi("addEventListener", 2, ({ eventStatus, tcString, listenerId }) => {
      if (eventStatus === "cmpuishown") return;
      send(id, { gdpr: 1, gdpr_consent: tcString });
      window.__tcfapi("removeEventListener", 2, () => {}, listenerId);
    });
  }

  async function creative() {
    const url = `${origin}/creative?size=wide`;
    const kept = await caches.open("adn-creatives");
    if (!(await kept.match(url))) await kept.put(url, await fetch(url));
    sessionStorage.setItem("adn.seen", "wide");
    return (await kept.match(url)).blob();
  }

  async function fill(slot) {
    const image = document.createElement("img");
    image.alt = "Adnet";
    image.src = URL.createObjectURL(await creative());
    slot.replaceChildren(image);
    slot.hidden = false;
  }

  sync(browserId());
  const slot = document.querySelector("[data-ad-slot]");
  if (slot) fill(slot);
  else creative();
})();
