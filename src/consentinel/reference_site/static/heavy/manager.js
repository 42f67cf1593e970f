/* A tag manager, as far as one is heavy: it loads its scripts in turn, and hears of whatever the page tells it. */
(() => {
  "use strict";

  const { tags } = document.currentScript.dataset;
  const layer = (globalThis.heavyLayer ||= []);
  const push = layer.push.bind(layer);
  layer.push = (...told) => {
    globalThis.dispatchEvent(new CustomEvent("told", { detail: told.length }));
    return push(...told);
  };
  const load = ([first, ...others]) => {
    if (!first) {
      layer.push({ event: "loaded" });
      return;
    }
    document.head.append(Object.assign(document.createElement("script"), { src: first, onload: () => load(others) }));
  };
  for (const event of ["click", "scroll", "keydown"]) addEventListener(event, () => layer.push({ event }), true);
  load(tags.split(" "));
})();
