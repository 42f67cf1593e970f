/* Keeps a database from ever opening again: its removal waits for a connection that is never closed. */
(() => {
  "use strict";
  const request = indexedDB.open("hostage-db", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("corner").put("1", "key");
  request.onsuccess = () => {
    globalThis.kept = request.result;
    indexedDB.deleteDatabase("hostage-db");
    fetch(`/corners/hostage-done?run=${document.documentElement.dataset.run}`);
  };
})();
