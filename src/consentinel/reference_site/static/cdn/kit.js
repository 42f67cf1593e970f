/* Partner Kit 1: the behaviour of common controls. Stores nothing, sends nothing. */
(() => {
  "use strict";

  const button = document.getElementById("menu-button");
  const menu = document.getElementById("menu");
  if (!button || !menu) return;

  function toggle(open) {
    button.setAttribute("aria-expanded", String(open));
    menu.classList.toggle("open", open);
  }

  button.addEventListener("click", () => toggle(button.getAttribute("aria-expanded") !== "true"));
  menu.addEventListener("keydown", ({ key }) => { if (key === "Escape") toggle(false); });
})();
