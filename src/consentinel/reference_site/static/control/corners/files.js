/* Keeps a file where only this origin sees it. */
(async () => {
  "use strict";
  const { dataset } = document.documentElement;
  try {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("corner", { create: true });
    const file = await (await folder.getFileHandle("kept", { create: true })).createWritable();
    await file.write("corner-text");
    await file.close();
    await folder.getDirectoryHandle("empty", { create: true });
    dataset.kept = "yes";
  } catch { dataset.kept = "no"; }
})();
