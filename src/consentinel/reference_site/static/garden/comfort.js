/* Fernbank: keeps the size of the letters; loaded only for visitors who have allowed comfort. */
(() => {
  "use strict";
  const size = JSON.parse(localStorage.getItem("fernbank.comfort") ?? '{"letters":"medium"}').letters;
  localStorage.setItem("fernbank.comfort", JSON.stringify({ letters: size }));
  document.documentElement.dataset.letters = size;
})();
