"""How pages of some deployments tell services of consent by IAB Europe's Transparency & Consent Framework.

A stub stands in each page's head and takes listeners; the API that follows tells them the string of the choice, and
keeps it in a cookie. The advertising network asks it, and sends the string along.
"""

import json
from html import escape

from consentinel.reference_site import hosts
from consentinel.reference_site.declared import Declared
from consentinel.reference_site.deployments import Patch
from consentinel.reference_site.tc_string import tc_string

PURPOSES = {"analytics": (8, 9), "advertising": (2, 3, 4, 7)}
"""The purposes that serve each category; purpose 1, storing at all, goes with any of them."""

VENDORS = {"analytics": (2,), "advertising": (1, 755)}
INTERESTS = (2, 7, 8, 9, 10)
"""Purposes with a legitimate interest, which no refusal takes away."""

COOKIE = "euconsent-v2"
DECLARED = (Declared(COOKIE, "functionality", "cookie", "", "days180", "keeps what services are told of the choice"),)


def string_for(*granted: str) -> str:
    """Return the string of a choice."""
    purposes = [one for category in granted for one in PURPOSES.get(category, ())]
    vendors = [one for category in granted for one in VENDORS.get(category, ())]
    return tc_string([1, *purposes] if purposes else (), vendors, interests=INTERESTS, vendor_interests=(2,))


NONE, ANALYTICS, ADVERTISING = string_for(), string_for("analytics"), string_for("advertising")
ALL = string_for("analytics", "advertising")

STUB = """window.__tcfapi = (() => {
  const queue = [];
  return (...call) => {
    if (!call.length) return queue;
    if (call[0] === "ping") call[2]({ gdprApplies: undefined, cmpLoaded: false, cmpStatus: "stub" });
    else queue.push(call);
  };
})();
"""

API = (
    f"const STRINGS = {json.dumps({'': NONE, 'analytics': ANALYTICS, 'advertising': ADVERTISING, 'both': ALL})};\n"
    + """const framework = (() => {
  const listeners = new Map();
  let count = 0, text = STRINGS[""], event = "cmpuishown";
  const state = (listenerId) => ({ tcString: text, tcfPolicyVersion: 5, cmpId: 300, cmpVersion: 1, gdprApplies: true,
    eventStatus: event, cmpStatus: "loaded", listenerId });
  const tell = () => listeners.forEach((listener, id) => listener(state(id), true));
  return {
    call(command, version, callback, parameter) {
      if (command === "addEventListener") {
        listeners.set(++count, callback);
        callback(state(count), true);
      } else if (command === "removeEventListener") callback(listeners.delete(parameter));
      else if (command === "ping") callback({ gdprApplies: true, cmpLoaded: true, cmpStatus: "loaded" });
      else callback(null, false);
    },
    say(string, why) { text = string; event = why; tell(); },
  };
})();
function stringFor(granted) {
  const told = ["analytics", "advertising"].filter((category) => granted.includes(category));
  return STRINGS[told.length > 1 ? "both" : told.join("")];
}
function keep(string) { document.cookie = `euconsent-v2=${string}; Max-Age=15552000; Path=/; Secure; SameSite=Lax`; }
let chosen = "";
function tellFramework(granted) {
  const string = stringFor(granted);
  const why = chosen || document.documentElement.dataset.consent === undefined ? "useractioncomplete" : "tcloaded";
  chosen = string;
  keep(string);
  framework.say(string, why);
}
const waiting = window.__tcfapi();
window.__tcfapi = framework.call;
waiting.forEach((call) => framework.call(...call));
"""
)

SPEECH = STUB + API

_ROWS = "".join(
    f'<tr data-category="{row.category}" data-kind="{row.kind}"><td><code>{escape(row.name)}</code></td>'
    f"<td>Functionality</td><td>{hosts.SITE}</td><td>180 days</td><td>{escape(row.purpose)}</td></tr>"
    for row in DECLARED
)


def patches(speech: str = SPEECH) -> tuple[Patch, ...]:
    """Return what makes a deployment tell.

    `speech` runs in each page's head, the consent manager calls `tellFramework`.
    """
    place = '<script type="application/json" id="harbour-config">'
    return (
        Patch("*", place, f"<script>\n{speech}</script>\n  {place}"),
        Patch(
            "/static/consent.js", "granted.forEach(start);", "window.tellFramework?.(granted); granted.forEach(start);"
        ),
        Patch("/cookies", "</tbody>", f"{_ROWS}</tbody>"),
    )
