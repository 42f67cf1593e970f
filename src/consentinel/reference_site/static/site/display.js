/* Text size and colours that the visitor picks at the foot of the page: functionality, kept on this device. */
(() => {
  "use strict";

  const KEY = "harbour.display";
  const root = document.documentElement;

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      return {}; // blocked by the browser, or not ours
    }
  }

  function store(display) {
    try {
      localStorage.setItem(KEY, JSON.stringify(display));
    } catch {
      // blocked by the browser: it then holds for this page only
    }
  }

  function show({ theme, text }) {
    root.toggleAttribute("data-theme", Boolean(theme));
    if (theme) root.dataset.theme = theme;
    root.classList.toggle("large", text === "large");
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (theme ?? "system")));
    }
    document.querySelector("[data-text-choice]").setAttribute("aria-pressed", String(text === "large"));
  }

  function pick(change) {
    const display = { ...stored(), ...change };
    store(display);
    show(display);
  }

  document.addEventListener("click", ({ target }) => {
    const { themeChoice, textChoice } = target.dataset ?? {};
    if (themeChoice) pick({ theme: themeChoice === "system" ? undefined : themeChoice });
    if (textChoice) pick({ text: stored().text === textChoice ? undefined : textChoice });
  });
  show(stored());
})();
