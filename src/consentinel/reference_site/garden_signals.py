"""How pages of some deployments of the garden tell services of the choice: by Google's consent mode and by TC strings.

The server knows the choice, so each page says it once, before any tag runs. Counting is on until the visitor objects to
it: its default is granted and its purpose has a legitimate interest; the promotion waits for consent. The string is
kept nowhere on the device.
"""

import json

from consentinel.reference_site.deployments import Patch
from consentinel.reference_site.framework import STUB
from consentinel.reference_site.tc_string import tc_string

KEYS = ("google_consent_mode", "tcf", "gpc")
"""The keys of the profile's table [signals] that hold for such a deployment."""

COUNTING, PROMOTING = (8,), (1, 2, 3, 4, 7)
"""The purposes that serve the garden's counting, and those of its promotion with storing at all."""

TALLY, OUTREACH = 2, 755
"""The numbers of the services in the list of vendors."""

NEITHER = tc_string()
COUNTED = tc_string(interests=COUNTING, vendor_interests=(TALLY,))
PROMOTED = tc_string(PROMOTING, (OUTREACH,))
BOTH = tc_string(PROMOTING, (OUTREACH,), interests=COUNTING, vendor_interests=(TALLY,))

CHOICE = """const chosen = document.documentElement.dataset.consent;
const allows = (category) => chosen === undefined ? category === "counts" && !navigator.globalPrivacyControl
  : chosen.split(" ").includes(category);
const state = (category) => allows(category) ? "granted" : "denied";
"""

LAYER = """window.dataLayer = [];
window.gtag = function () { dataLayer.push(arguments); };
const states = () => ({ ad_storage: state("outreach"), analytics_storage: state("counts"),
  ad_user_data: state("outreach"), ad_personalization: state("outreach") });
"""

DEFAULT = 'gtag("consent", "default", states());\n'

TAKEN_BACK = (
    'gtag("consent", "default", Object.assign(states(), { analytics_storage: "granted" }));\n'
    'if (!allows("counts")) gtag("consent", "update", { analytics_storage: "denied" });\n'
)
"""The same by a default that is the same on every page, and an update for those who have objected."""

SAYS = 'const text = STRINGS[Number(allows("counts")) + 2 * Number(allows("outreach"))];\n'

API = f"""const STRINGS = {json.dumps([NEITHER, COUNTED, PROMOTED, BOTH])};
{SAYS}const waiting = window.__tcfapi();
window.__tcfapi = (command, version, callback) => {{
  const event = chosen === undefined ? "cmpuishown" : "tcloaded";
  if (command === "addEventListener") {{
    callback({{ tcString: text, tcfPolicyVersion: 5, cmpId: 300, cmpVersion: 1, gdprApplies: true, eventStatus: event,
      cmpStatus: "loaded", listenerId: 1 }}, true);
  }} else if (command === "ping") callback({{ gdprApplies: true, cmpLoaded: true, cmpStatus: "loaded" }});
  else callback(true);
}};
waiting.forEach((call) => window.__tcfapi(...call));
"""

MODE = LAYER + DEFAULT
FRAMEWORK = STUB + API
SPEECH = CHOICE + MODE + FRAMEWORK


def patches(speech: str = SPEECH) -> tuple[Patch, ...]:
    """Return what makes a deployment tell: `speech` runs in each page's head."""
    place = '<link rel="icon" href="data:,">'
    return (Patch("*", place, f"<script>\n(() => {{\n{speech}}})();\n</script>\n  {place}"),)
