/* Keeps a file where only this origin sees it. */
(async () => {
  "use strict";
  try {
    await (await navigator.storage.getDirectory()).getFileHandle("corner", { create: true });
    document.documentElement.dataset.kept = "yes";
  } catch { document.documentElement.dataset.kept = "no"; }
})();
