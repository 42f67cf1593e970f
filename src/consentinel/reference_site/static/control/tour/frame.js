/* The third party's frame, two levels down. */
(async () => {
  "use strict";

  const { run } = document.documentElement.dataset;
  window.addEventListener("pagehide", () => navigator.sendBeacon(`/tour/pagehide?run=${run}`));
  await fetch(`/tour/from-frame?run=${run}`);
  parent.postMessage("inner frame", "*");
})();
