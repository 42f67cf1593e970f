/* Circle: puts a share button into each .share-buttons of the page. */
(() => {
  "use strict";

  const { origin } = new URL(document.currentScript.src);
  const BROWSER = /(?:^|; )_cbp=([^;]+)/;

  function browserId() {
    const known = document.cookie.match(BROWSER)?.[1];
    const id = known ?? `cb.1.${crypto.randomUUID()}`;
    document.cookie = `_cbp=${id}; Max-Age=${90 * 24 * 3600}; Path=/; Secure; SameSite=Lax`;
    return id;
  }

  function button(region, id) {
    const frame = document.createElement("iframe");
    const query = new URLSearchParams({ href: location.href, cbp: id, lang: region.dataset.language ?? "en" });
    frame.className = "circle-button";
    frame.title = "Circle";
    frame.src = `${origin}/button?${query}`;
    return frame;
  }

  const id = browserId();
  document.querySelectorAll(".share-buttons").forEach((region) => region.append(button(region, id)));
})();
