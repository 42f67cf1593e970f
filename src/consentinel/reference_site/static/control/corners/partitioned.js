/* Cookies that are kept for this frame under this page alone (CHIPS). */
document.cookie = "corner_chips=1; Path=/; Secure; SameSite=None; Partitioned";
parent.postMessage({ told: "from-partitioned", stored: [
  ["cookie", location.hostname, "corner_chips"], ["cookie", location.hostname, "corner_chips_http"],
] }, "*");
