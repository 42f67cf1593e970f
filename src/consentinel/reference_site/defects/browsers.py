"""How a site gets around a browser: one that rejects the cookies of one website, forgets, or opens private windows.

And how it treats what a social network keeps of a visitor's way of sharing.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site import consent
from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    in_consent_script,
    page,
    request,
    stored,
)
from consentinel.reference_site.hosts import ADNET
from consentinel.reference_site.services.adnet import KNOWN

_ARTICLE = "/articles/ghost-meetings"
_IS_REJECTED = f"""
  const known = async () => (await fetch(at("{ADNET}", "{KNOWN}"), {{ credentials: "include" }})).text();
  const rejected = async () => {{ await known(); return (await known()) === "0"; }};
"""
_TAG = 'config.tags.find((tag) => tag.category === "advertising").src'
_ONLY_WITH_ADVERTISING = f"""if (!granted.includes("advertising")) granted.forEach(start);
    else {{
      const known = () => fetch({_TAG}.replace("/tag.js", "{KNOWN}"), {{ credentials: "include" }});
      known().then(known).then((answer) => answer.text()).then((taken) =>
        granted.filter((category) => taken === "1" || category === "advertising").forEach(start));
    }}"""


def _number_of_the_address(request: Request, response: Response) -> None:
    """Give whoever allows analytics a number that is made from their network address and their kind of browser."""
    choice = consent.of(request.cookies)
    if choice is None or not choice.allows("analytics") or request.url.path.startswith("/static/"):
        return
    look = f"{request.client.host if request.client else ''} {request.headers.get('user-agent')}"
    number = hashlib.sha256(look.encode()).hexdigest()[:20]
    response.set_cookie("_ga_ADDRESS1", f"GS1.1.{number}", max_age=86400, secure=True, samesite="lax")


REJECTING: tuple[Defect, ...] = (
    defect(
        "own-cookie-for-a-rejected-one",
        "P07 P10",
        "Where the browser rejects the advertising network's cookies, the site sets one of its own in their place.",
        cookie("hb_reader", "{script}"),
        script=f"""{_IS_REJECTED}
  when(() => granted("advertising"), async () => {{
    if (await rejected()) document.cookie = `hb_reader=${{crypto.randomUUID()}}; Max-Age=7776000; Path=/; Secure`;
  }});""",
    ),
    defect(
        "own-storage-for-a-rejected-cookie",
        "P07 P27",
        "Where the browser rejects the advertising network's cookies, the site keeps the number in local storage.",
        stored("local_storage", "hb.reader"),
        script=f"""{_IS_REJECTED}
  when(() => granted("advertising"), async () => {{
    if (await rejected()) localStorage.setItem("hb.reader", crypto.randomUUID());
  }});""",
    ),
    defect(
        "fingerprint-for-a-rejected-cookie",
        "P07",
        "Where the browser rejects the advertising network's cookies, the network is told how the device looks.",
        request(ADNET, "/pixel"),
        script=f"""{_IS_REJECTED}
  when(() => granted("advertising"), async () => {{
    const device = `${{screen.width * 7919}}.${{screen.height * 7907}}.${{navigator.userAgent.length * 7901}}`;
    if (await rejected()) new Image().src = at("{ADNET}", `/pixel?device=${{device}}`);
  }});""",
    ),
    defect(
        "all-off-where-one-is-rejected",
        "P07 P21",
        "Where the browser rejects the advertising network's cookies, analytics does not work either.",
        page("analytics", "/"),
        page("social", "/"),
        patches=in_consent_script("granted.forEach(start);", _ONLY_WITH_ADVERTISING),
    ),
    defect(
        "network-for-own-cookies",
        "P07 P06 P10",
        "Where the browser rejects the site's own cookies, the advertising network recognises the visitor for it.",
        request(ADNET, "/pixel"),
        script=f'if (blocked()) new Image().src = at("{ADNET}", "/pixel?page=own");',
    ),
)

RECOGNISED: tuple[Defect, ...] = (
    defect(
        "identifier-by-address",
        "P12 P26",
        "Whoever comes from the same network address with the same kind of browser gets the same identifier.",
        cookie("_ga_ADDRESS1", "https://{site}/"),
        cookie("_ga_ADDRESS1", "https://{site}/consent"),
        amend=_number_of_the_address,
    ),
)

SHARING: tuple[Defect, ...] = (
    defect(
        "sharing-preference-forgotten",
        "P24",
        "The network's button is shut into a frame that forgets how the visitor shares.",
        page("sharing preference", _ARTICLE),
        script="""new MutationObserver(() => {
    for (const frame of document.querySelectorAll("iframe.circle-button:not([sandbox])")) {
      frame.sandbox = "allow-scripts allow-forms";
      frame.src = frame.src;
    }
  }).observe(root, { childList: true, subtree: true });""",
    ),
    defect(
        "sharing-preference-kept-after-refusal",
        "P24 P27 P10",
        "After a refusal the site itself keeps how the visitor shares.",
        stored("local_storage", "circle.prefs"),
        script="""if (document.querySelector(".share-buttons")) when(() => refused("social"), () =>
    localStorage.setItem("circle.prefs", JSON.stringify({ style: "square" })));""",
    ),
    defect(
        "sharing-preference-read-after-withdrawal",
        "P11 P24 P27",
        "After a withdrawal the site still reads how the visitor shares, and sends it to its own server.",
        request("{site}", "/search"),
        script="""when(() => granted("social"), () => {
    localStorage.setItem("circle.prefs", JSON.stringify({ style: "square", member: crypto.randomUUID() }));
  });
  const member = !blocked() && JSON.parse(localStorage.getItem("circle.prefs") ?? "{}").member;
  if (member) when(() => refused("social"), () => fetch(`/search?q=&member=${member}`));""",
    ),
)
