"""Marks of campaigns, advertisements and networks, which say where a visitor came from, are kept or sent on."""

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site.defects.hooks import is_page
from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    request,
    stored,
)
from consentinel.reference_site.hosts import CDN, METRICS

_CAME_BY = """
  const asked = new URLSearchParams(location.search);
  const mark = ["gclid", "msclkid", "fbclid", "ttclid", "utm_campaign"].map((name) => asked.get(name)).find(Boolean);
"""

_FROM_OUTSIDE = """
  const from = document.referrer && new URL(document.referrer).host !== location.host ? document.referrer : "";
"""


def _keep_in_a_cookie(request: Request, response: Response) -> None:
    """Keep a campaign in the load balancer's cookie."""
    campaign = request.query_params.get("utm_campaign")
    if campaign and is_page(response):
        response.set_cookie("lb", f"node1.{campaign}", secure=True, httponly=True, samesite="lax")


CAMPAIGNS: tuple[Defect, ...] = (
    defect(
        "campaign-in-a-session-cookie",
        "P18 P22",
        "A cookie that the site needs to work also keeps from which campaign the visitor came.",
        cookie("lb", "https://{site}/"),
        amend=_keep_in_a_cookie,
    ),
    defect(
        "click-id-in-local-storage",
        "P18 P22",
        "The number of a click on an advertisement is kept among the settings of the display.",
        stored("local_storage", "harbour.display"),
        script=f'{_CAME_BY}if (mark) localStorage.setItem("harbour.display", JSON.stringify({{ from: mark }}));',
    ),
    defect(
        "campaign-encoded",
        "P18 P22",
        "What brought the visitor is kept among what the tab remembers, hardly disguised.",
        stored("session_storage", "harbour.opened"),
        script=f'{_CAME_BY}if (mark) sessionStorage.setItem("harbour.opened", btoa(location.search));',
    ),
    defect(
        "campaign-from-the-referrer",
        "P18 P22",
        "The page after the first keeps the address of the first, with the mark of the campaign in it.",
        stored("session_storage", "harbour.icon"),
        script="""if (document.referrer.includes("?")) sessionStorage.setItem("harbour.icon", document.referrer);""",
    ),
    defect(
        "campaign-undeclared",
        "P18 P22",
        "A cookie that the policy does not name keeps what brought the visitor for a month.",
        cookie("_first_touch", "{script}"),
        script=f"""{_CAME_BY}if (mark) document.cookie =
    `_first_touch=${{encodeURIComponent(mark)}}; Max-Age=2592000; Path=/; Secure; SameSite=Lax`;""",
    ),
    defect(
        "campaign-to-a-partner",
        "P22 P18",
        "A technical partner is told from which campaign the visitor came.",
        request(CDN, "/kit/1/mark.svg"),
        script=f"""{_CAME_BY}if (mark) new Image().src = at("{CDN}", `/kit/1/mark.svg?for=${{btoa(mark)}}`);""",
    ),
    defect(
        "click-id-without-consent",
        "P22 P18",
        "The number of a click on an advertisement goes to the analytics service of a visitor who refused it.",
        request(METRICS, "/g/collect"),
        script=f"""{_CAME_BY}const told = new URLSearchParams({{ v: 2, tid: "HARBOUR1", gclid: mark }});
  if (mark && refused("analytics")) navigator.sendBeacon(at("{METRICS}", "/g/collect"), told);""",
    ),
    defect(
        "referrer-kept",
        "P18 P22",
        "Which other site a visitor has come from is kept among what the tab remembers.",
        stored("session_storage", "harbour.icon"),
        script=f"""{_FROM_OUTSIDE}if (from) sessionStorage.setItem("harbour.icon", `door@2x.png?${{from}}`);""",
    ),
    defect(
        "sent-here-and-counted",
        "P22 P18",
        "Who comes from another site is counted before a choice; whoever types the address is not.",
        request(METRICS, "/g/collect"),
        script=f"""{_FROM_OUTSIDE}
  if (from && !decided()) navigator.sendBeacon(at("{METRICS}", "/g/collect?v=2&en=sent"));""",
    ),
)
