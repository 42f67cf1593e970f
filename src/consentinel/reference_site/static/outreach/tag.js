/* Outreach notes what a reader has read on the site that loads it, to find them again elsewhere. */
(() => {
  "use strict";
  // {consent-mode.js}
  // {framework.js}
  const { garden, domain } = document.currentScript.dataset;
  const service = new URL(document.currentScript.src).origin;
  const name = `_otr_${garden}`;
  const known = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const reader = known ?? crypto.randomUUID().replaceAll("-", "");
  document.cookie = `${name}=${reader}; Max-Age=${90 * 24 * 3600}; Path=/; Domain=${domain}; Secure; SameSite=Lax`;
  new Image().src = `${service}/seen?${new URLSearchParams({ reader, url: location.href, ...signals(), ...told() })}`;
})();
