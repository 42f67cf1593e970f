/* Tally counts page views for the site that loads it: two cookies on the site's domain, one message for each page. */
(() => {
  "use strict";
  // {consent-mode.js}
  // {framework.js}
  const { garden, domain } = document.currentScript.dataset;
  const service = new URL(document.currentScript.src).origin;
  const read = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const write = (name, value, seconds) => {
    document.cookie = `${name}=${value}; Max-Age=${seconds}; Path=/; Domain=${domain}; Secure; SameSite=Lax`;
  };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const known = read(`_tl_id.${garden}`);
  const visitor = known ?? fresh();
  if (!known) write(`_tl_id.${garden}`, visitor, 395 * 24 * 3600); // later visits do not prolong it
  write(`_tl_ses.${garden}`, "1", 1800);
  const message = new URLSearchParams({ g: garden, id: visitor, url: location.href, title: document.title, ...signals(), ...told() });
  fetch(`${service}/hit?${message}`, { method: "POST", mode: "no-cors", keepalive: true });
})();
