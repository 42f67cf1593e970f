"""How pages of some deployments tell services of consent: Google's consent mode, in its basic form.

A default denies everything before any tag runs; the choice follows as an update, before what was allowed is loaded.
"""

from consentinel.reference_site.deployments import Patch

SCRIPT_PATH = "/static/consent.js"

LAYER = """window.dataLayer = window.dataLayer || [];
function gtag() { dataLayer.push(arguments); }
"""

DENIED = '{ ad_storage: "denied", analytics_storage: "denied", ad_user_data: "denied", ad_personalization: "denied" }'
GRANTED = DENIED.replace("denied", "granted")

DEFAULT = f'gtag("consent", "default", Object.assign({DENIED}, {{ wait_for_update: 500 }}));\n'
"""Everything is denied, and tags wait half a second for an update."""

UPDATE = """function tellConsent(granted) {
  const state = (category) => granted.includes(category) ? "granted" : "denied";
  gtag("consent", "update", { ad_storage: state("advertising"), analytics_storage: state("analytics"),
    ad_user_data: state("advertising"), ad_personalization: state("advertising") });
}
"""

SPEECH = LAYER + DEFAULT + UPDATE

BY_REGION = (
    LAYER
    + f'gtag("consent", "default", Object.assign({DENIED}, {{ wait_for_update: 500, region: ["FR", "DE", "ES"] }}));\n'
    + f'gtag("consent", "default", Object.assign({GRANTED}, {{ region: ["US-TX"] }}));\n'
    + UPDATE
)
"""The same, for visitors from here; elsewhere another law holds."""


def patches(speech: str = SPEECH) -> tuple[Patch, ...]:
    """Return what makes a deployment tell.

    `speech` runs in each page's head, and the consent manager calls `tellConsent`.
    """
    place = '<script type="application/json" id="harbour-config">'
    return (
        Patch("*", place, f"<script>\n{speech}</script>\n  {place}"),
        Patch(SCRIPT_PATH, "granted.forEach(start);", "window.tellConsent?.(granted);\n    granted.forEach(start);"),
    )
