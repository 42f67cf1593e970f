"""The consent manager comes late, broken or never, or a choice is not saved in time: the site takes it for consent."""

from consentinel.reference_site.defects.model import (
    CONSENT_SCRIPT,
    Defect,
    cookie,
    defect,
    in_consent_script,
    in_pages,
    page,
    request,
)
from consentinel.reference_site.deployments import Patch
from consentinel.reference_site.hosts import ADNET, METRICS

_PLACE = '<script type="application/json" id="harbour-config">'

_COUNT = (
    "document.head.append(Object.assign(document.createElement('script'), "
    f"{{ src: `https://{METRICS}:${{location.port}}/tag.js?id=HARBOUR1` }}))"
)
_UNASKED = (
    "document.documentElement.dataset.consent === undefined && "
    "(document.getElementById('consent-banner')?.hidden ?? true)"
)
_BY_PAGE = request(METRICS, "/tag.js", "https://{site}/")
_BY_TAG = cookie("_ga", f"https://{METRICS}/tag.js")
_BY_MANAGER = (
    cookie("_adn", f"https://{ADNET}/tag.js"),
    request(ADNET, "/tag.js", f"https://{{site}}{CONSENT_SCRIPT}"),
)
_SAVES = 'navigator.sendBeacon("/consent", granted.join(" "));'
_SAVES_BY_FETCH = 'fetch("/consent", { method: "POST", body: granted.join(" "), keepalive: true })\n'


def _early(script: str) -> tuple[Patch, ...]:
    """Return a script in each page's head, which runs before the consent manager."""
    return in_pages(_PLACE, f"<script>{script}</script>\n  {_PLACE}")


TROUBLE: tuple[Defect, ...] = (
    defect(
        "manager-awaited-in-vain",
        "R-PRIOR",
        "Whoever has not been asked within ten seconds is counted: the wait is taken for consent.",
        _BY_PAGE,
        _BY_TAG,
        patches=_early(f"setTimeout(() => {{ if ({_UNASKED}) {_COUNT}; }}, 10000);"),
    ),
    defect(
        "manager-outrun-by-a-tag",
        "R-PRIOR",
        "A tag asks for its settings and counts when they come, unless the consent manager was there before.",
        _BY_PAGE,
        _BY_TAG,
        patches=_early(
            "fetch('/legal').then((answer) => answer.text()).then(() => fetch('/legal')).then(() => "
            f"{{ if ({_UNASKED}) {_COUNT}; }});"
        ),
    ),
    defect(
        "manager-fails-open",
        "R-PRIOR",
        "Where the consent manager cannot be loaded, everybody is counted.",
        _BY_PAGE,
        _BY_TAG,
        patches=in_pages('" defer></script>\n</head>', f'" defer onerror="{_COUNT}"></script>\n</head>'),
    ),
    defect(
        "settings-fail-open",
        "R-PRIOR",
        "Where the consent manager comes from the browser's cache and its settings do not come, everything is loaded.",
        *_BY_MANAGER,
        patches=in_consent_script(
            "  fillSwitches();\n  follow();",
            '  fetch("/consent/settings").then((answer) => answer.json()).catch(() => {\n'
            "    if (storedChoice() === null) OPTIONAL.forEach(start);\n"
            "  });\n"
            "  fillSwitches();\n  follow();",
        ),
    ),
    defect(
        "manager-breaks-open",
        "R-PRIOR",
        "Where the consent manager's script breaks, everybody is counted.",
        _BY_PAGE,
        _BY_TAG,
        patches=_early(
            "addEventListener('error', (fault) => { if (fault.message && "
            f"fault.filename.includes('{CONSENT_SCRIPT}')) {_COUNT}; }});"
        ),
    ),
    defect(
        "manager-given-up",
        "R-PRIOR P02 P12",
        "Nobody is asked whose consent manager takes longer than five seconds.",
        page("#consent-banner", "/"),
        patches=(
            *_early("setTimeout(() => { document.documentElement.dataset.late = ''; }, 5000);"),
            *in_consent_script("    banner.hidden = false;", '    banner.hidden = "late" in root.dataset;'),
        ),
    ),
    defect(
        "page-waits-for-the-manager",
        "P15",
        "The page stays empty until the consent manager has come.",
        page("main", "/"),
        patches=(
            *in_pages("</head>", "<style>html:not([data-ready]) main { visibility: hidden }</style></head>"),
            *in_consent_script(
                "  fillSwitches();\n  follow();", '  root.dataset.ready = "";\n  fillSwitches();\n  follow();'
            ),
        ),
    ),
    defect(
        "answer-awaited-in-vain",
        "R-PRIOR",
        "Where the site does not learn within five seconds whether it has to ask, everybody is counted.",
        _BY_PAGE,
        _BY_TAG,
        patches=_early(
            "Promise.race([fetch('/health'), new Promise((_, over) => setTimeout(over, 5000))])"
            f".catch(() => {{ if (document.documentElement.dataset.consent === undefined) {_COUNT}; }});"
        ),
    ),
    defect(
        "later-answer-awaited-in-vain",
        "R-PRIOR",
        "The site learns five seconds later whether it has to ask; if that takes long, everybody is counted.",
        _BY_PAGE,
        _BY_TAG,
        patches=_early(
            "setTimeout(() => Promise.race([fetch('/health'), new Promise((_, over) => setTimeout(over, 5000))])"
            f".catch(() => {{ if (document.documentElement.dataset.consent === undefined) {_COUNT}; }}), 5000);"
        ),
    ),
    defect(
        "slow-saving-is-consent",
        "P10",
        "Where saving a choice takes longer than three seconds, everything is loaded as if it had been allowed.",
        *_BY_MANAGER,
        patches=in_consent_script(
            _SAVES,
            "const late = setTimeout(() => OPTIONAL.forEach(start), 3000);\n"
            f"    {_SAVES_BY_FETCH}"
            "      .finally(() => clearTimeout(late));",
        ),
    ),
    defect(
        "unsaved-choice-is-consent",
        "P10",
        "Where a choice cannot be saved, everything is loaded as if it had been allowed.",
        *_BY_MANAGER,
        patches=in_consent_script(
            _SAVES,
            f"{_SAVES_BY_FETCH}      .catch(() => OPTIONAL.forEach(start));",
        ),
    ),
)
