// The analytics service's tag: knows the browser by a cookie on the site's own domain, and reports the page.
(() => {
  const known = document.cookie.match(/(?:^|; )_count=([^;]+)/);
  const id = known ? known[1] : crypto.randomUUID();
  document.cookie = `_count=${id}; path=/; max-age=${30 * 24 * 3600}; secure; samesite=lax`;
  const base = new URL(document.currentScript.src);
  fetch(new URL(`/hit?id=${id}&page=${encodeURIComponent(location.pathname)}`, base), { mode: 'no-cors', credentials: 'include' });
})();
