// The advertising network's tag: a cookie on the site's own domain, and a pixel with one on its own.
(() => {
  document.cookie = `_banner=${Math.random().toString(36).slice(2)}; path=/; max-age=${30 * 24 * 3600}; secure; samesite=lax`;
  const pixel = new Image(1, 1);
  pixel.src = new URL('/pixel', document.currentScript.src).href;
  document.getElementById('banner-slot').replaceChildren(pixel);
})();
