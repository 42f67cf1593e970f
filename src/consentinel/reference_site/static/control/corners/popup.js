/* Stores at its own origin and says so: it is closed before anybody looks. */
(async () => {
  "use strict";
  const name = "corner_popup";
  const stored = [["local_storage", location.hostname, name], ["cookie", location.hostname, name]];
  localStorage.setItem(name, "1");
  document.cookie = `${name}=1; Path=/; Secure; SameSite=None`;
  await fetch(`/corners/from-popup?run=${document.documentElement.dataset.run}`);
  (opener || parent).postMessage({ told: "from-popup", stored }, "*");
})();
