/* Works with what a new frame's window brings along, which no script of this page has touched. */
(() => {
  "use strict";
  const { run } = document.documentElement.dataset;
  const frame = document.body.appendChild(document.createElement("iframe"));
  const pure = frame.contentWindow;
  const cookie = Object.getOwnPropertyDescriptor(pure.Document.prototype, "cookie").set;
  cookie.call(document, "pristine_moment=1; Path=/; Secure");
  cookie.call(document, "pristine_moment=; Path=/; Secure; Max-Age=0");
  pure.Storage.prototype.setItem.call(localStorage, "pristine_moment", "1");
  pure.Storage.prototype.removeItem.call(localStorage, "pristine_moment");
  pure.setTimeout(() => fetch(`/corners/pristine-late?run=${run}`), 900);
  fetch(`/corners/pristine-done?run=${run}`);
})();
