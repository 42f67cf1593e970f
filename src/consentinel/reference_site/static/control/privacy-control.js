/* Sends what scripts see of Global Privacy Control: here, in a worker, and in a frame of another site. */
(() => {
  "use strict";

  const run = new URLSearchParams((globalThis.document?.currentScript.src ?? location.href).split("?")[1]).get("run");
  const tell = (where) =>
    fetch(`/plant/privacy-control?${new URLSearchParams({ run, where, gpc: navigator.globalPrivacyControl })}`);

  if (!globalThis.document) tell("a worker");
  else if (parent !== window) tell("a frame of another site");
  else {
    tell("a page");
    new Worker(`/privacy-control.js?run=${run}`);
    const frame = document.createElement("iframe");
    frame.src = `${document.documentElement.dataset.third}/privacy-control?run=${run}`;
    document.body.append(frame);
  }
})();
