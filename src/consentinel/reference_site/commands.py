"""How pages of some deployments tell the tags of Meta, TikTok and Microsoft of consent: by each maker's commands.

The tags themselves never come: what a page says to them stands in their queues. Each page denies everything first, and
says what was chosen before what was allowed is loaded.
"""

QUEUES = """window.fbq = function () {
  if (fbq.callMethod) fbq.callMethod.apply(fbq, arguments);
  else fbq.queue.push(arguments);
};
fbq.queue = [];
window.ttq = [];
for (const name of ["holdConsent", "grantConsent", "revokeConsent"]) ttq[name] = () => { ttq.push([name]); };
window.clarity = function () { (clarity.q = clarity.q || []).push(arguments); };
window.uetq = [];
"""

DENY = """fbq("consent", "revoke");
ttq.holdConsent();
clarity("consentv2", { ad_Storage: "denied", analytics_Storage: "denied" });
uetq.push("consent", "default", { ad_storage: "denied" });
"""

TELL = """function tellConsent(granted) {
  const state = (category) => granted.includes(category) ? "granted" : "denied";
  fbq("consent", state("advertising") === "granted" ? "grant" : "revoke");
  if (state("advertising") === "granted") ttq.grantConsent();
  else ttq.revokeConsent();
  clarity("consentv2", { ad_Storage: state("advertising"), analytics_Storage: state("analytics") });
  uetq.push("consent", "update", { ad_storage: state("advertising") });
}
"""

SPEECH = QUEUES + DENY + TELL

BESIDE_GOOGLE = f"""{QUEUES}{DENY}{TELL.replace("tellConsent", "tellMakers")}
const tellGoogle = tellConsent;
tellConsent = (granted) => {{ tellGoogle(granted); tellMakers(granted); }};
fbq("trackCustom", "consent", {{ colour: "grant" }});
"""
"""The same after a speech of Google's consent mode. The last call is an event that is called consent."""
