"""The choice itself: what is taken for one, and how it is kept."""

import time

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site import consent, hosts
from consentinel.reference_site.defects.hooks import is_page, unasked
from consentinel.reference_site.defects.model import (
    CONSENT_SCRIPT,
    Defect,
    cookie,
    defect,
    in_consent_script,
    page,
    stored,
)
from consentinel.reference_site.deployments import Amend, Patch

SCRIPT = f"https://{{site}}{CONSENT_SCRIPT}"
CHOICE = cookie(consent.COOKIE, SCRIPT)
BANNER = page("#consent-banner", "/")
METRICS_TAG = f"https://{hosts.METRICS}/tag.js"
ADNET_TAG = f"https://{hosts.ADNET}/tag.js"

_LOOK_AT_CHOICE = "  fillSwitches();\n  follow();\n"
_LONG_KNOWN = """try {
    const { since = Date.now(), ...rest } = JSON.parse(localStorage.getItem("harbour.display") ?? "{}");
    localStorage.setItem("harbour.display", JSON.stringify({ ...rest, since }));
    if (Date.now() - since > 43200000) { AGREE }
  } catch { /* nothing is known of who lets nothing be kept */ }"""


def taken_for_consent(event: str) -> tuple[Patch, ...]:
    """Take something that happens for a choice, as long as there is none."""
    agree = "if (storedChoice() === null) choose(OPTIONAL);"
    return in_consent_script(_LOOK_AT_CHOICE, f"{_LOOK_AT_CHOICE}  {event.replace('AGREE', agree)}\n")


def _assume(request: Request, response: Response) -> None:
    """Set a choice that nobody made."""
    if is_page(response) and unasked(request):
        value = f"v1:analytics=1,social=1,advertising=1:{time.time():.0f}"
        response.set_cookie(
            consent.COOKIE, value, max_age=consent.MAX_AGE, domain=_site(request), secure=True, samesite="lax"
        )


def _site(request: Request) -> str:
    return str(request.scope["place"].site)


def _remembered_by(key: str) -> Amend:
    """Keep the choice on the server, under something that several profiles have in common."""
    kept: dict[str, str] = {}

    def amend(request: Request, response: Response) -> None:
        who = _address(request) if key == "address" else _fingerprint(request)
        value = request.cookies.get(consent.COOKIE)
        if value is not None:
            kept[who] = value
        elif who in kept and is_page(response):
            response.set_cookie(
                consent.COOKIE,
                kept[who],
                max_age=consent.MAX_AGE,
                domain=_site(request),
                secure=True,
                samesite="lax",
            )

    return amend


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _fingerprint(request: Request) -> str:
    return request.headers.get("user-agent", "") + request.headers.get("accept-language", "")


TAKEN: tuple[Defect, ...] = (
    defect(
        "scroll-is-consent",
        "R-ACT R-PRIOR",
        "Scrolling is taken for consent.",
        CHOICE,
        patches=taken_for_consent('addEventListener("scroll", () => { AGREE }, { once: true });'),
    ),
    defect(
        "close-is-consent",
        "R-ACT R-PRIOR",
        "Closing the preferences is taken for consent.",
        CHOICE,
        patches=in_consent_script(
            'onClick("#consent-close", () => dialog.close());',
            'onClick("#consent-close", () => choose(OPTIONAL));',
        ),
    ),
    defect(
        "escape-is-consent",
        "R-ACT R-PRIOR",
        "Leaving the preferences by the Escape key is taken for consent.",
        CHOICE,
        patches=taken_for_consent('dialog.addEventListener("cancel", () => { AGREE });'),
    ),
    defect(
        "waiting-is-consent",
        "R-ACT R-PRIOR",
        "Who does nothing for three seconds is taken to agree.",
        CHOICE,
        patches=taken_for_consent("setTimeout(() => { AGREE }, 3000);"),
    ),
    defect(
        "walking-on-is-consent",
        "R-ACT R-PRIOR",
        "Going on to a second page is taken for consent.",
        CHOICE,
        patches=taken_for_consent("if (document.referrer.startsWith(location.origin)) { AGREE }"),
    ),
    defect(
        "click-is-consent",
        "R-ACT R-PRIOR",
        "A click anywhere on the page is taken for consent.",
        CHOICE,
        patches=taken_for_consent('document.querySelector("main").addEventListener("click", () => { AGREE });'),
    ),
    defect(
        "language-is-consent",
        "R-ACT R-PRIOR",
        "Choosing another language is taken for consent.",
        CHOICE,
        patches=taken_for_consent('if (root.lang === "fr") { AGREE }'),
    ),
    defect(
        "return-is-consent",
        "R-ACT R-PRIOR",
        "Who comes back on another day without having chosen is taken to agree.",
        CHOICE,
        patches=taken_for_consent(_LONG_KNOWN),
    ),
    defect(
        "choice-assumed",
        "P12 P10 R-PRIOR",
        "The server decides for the visitor: everything is granted from the first page on.",
        cookie(consent.COOKIE, "https://{site}/"),
        amend=_assume,
    ),
    defect(
        "choice-flipped",
        "P10 P02",
        "The choice is kept the wrong way round.",
        CHOICE,
        cookie("_ga", METRICS_TAG),
        page("analytics", "/preferences"),
        patches=in_consent_script("granted.includes(category) ? 1 : 0", "granted.includes(category) ? 0 : 1"),
    ),
    defect(
        "choice-all-or-nothing",
        "P10 P24",
        "Who accepts one category is taken to accept all.",
        CHOICE,
        cookie("_adn", ADNET_TAG),
        page("analytics", "/preferences"),
        patches=in_consent_script("    storeChoice(granted);\n", "    storeChoice(granted.length ? OPTIONAL : []);\n"),
    ),
    defect(
        "social-refusal-refuses-all",
        "P24 P10",
        "Who refuses social cookies loses the other categories that they accepted.",
        CHOICE,
        page("analytics", "/preferences"),
        patches=in_consent_script(
            "    storeChoice(granted);\n", '    storeChoice(granted.includes("social") ? granted : []);\n'
        ),
    ),
    defect(
        "withdrawal-ignored",
        "P02 P10",
        "Once granted, a category cannot be taken back.",
        CHOICE,
        page("analytics", "/preferences"),
        cookie("_ga", METRICS_TAG),
        patches=in_consent_script(
            "    storeChoice(granted);\n",
            "    storeChoice(OPTIONAL.filter((c) => granted.includes(c) || storedChoice()?.includes(c)));\n",
        ),
    ),
)

KEPT: tuple[Defect, ...] = (
    defect(
        "choice-forgotten",
        "P12 P04 R-ONCE",
        "The choice is forgotten when the browser is closed.",
        CHOICE,
        BANNER,
        patches=in_consent_script("Max-Age=${config.lifetime}; ` +", "` +"),
    ),
    defect(
        "choice-on-one-page",
        "P12 P02",
        "The choice is only known on the page where it was made: the next one asks again.",
        CHOICE,
        BANNER,
        patches=in_consent_script("`Path=/; Domain", "`Path=${location.pathname}; Domain"),
    ),
    defect(
        "choice-lost-in-second-tab",
        "P02 P12",
        "A second tab asks again.",
        BANNER,
        stored("session_storage", "harbour.tab", SCRIPT),
        patches=(
            *in_consent_script("if (!value || ", 'if (!value || !sessionStorage.getItem("harbour.tab") || '),
            *in_consent_script(
                "    storeChoice(granted);\n",
                '    if (!cookiesAreBlocked()) sessionStorage.setItem("harbour.tab", "1");\n'
                "    storeChoice(granted);\n",
            ),
        ),
    ),
    defect(
        "choice-lost-on-subdomain",
        "P10 P02",
        "The help centre does not know the choice and asks again.",
        CHOICE,
        page("#consent-banner", "/", "help.{site}"),
        patches=in_consent_script("`Path=/; Domain=${config.domain}; ", "`Path=/; "),
    ),
    defect(
        "choice-too-short",
        "P04 P12",
        "The choice is asked for again after a day, not after the declared time.",
        CHOICE,
        BANNER,
        patches=in_consent_script("Max-Age=${config.lifetime}", "Max-Age=86400"),
    ),
    defect(
        "choice-for-ever",
        "P04 R-LIFETIME",
        "The choice is kept for ten years and never asked for again.",
        CHOICE,
        patches=(
            *in_consent_script("Max-Age=${config.lifetime}", "Max-Age=315360000"),
            *in_consent_script(" || Date.now() / 1000 - Number(value[2]) > config.lifetime", ""),
        ),
    ),
    defect(
        "choice-prolonged",
        "P04 P12",
        "Each visit prolongs the choice, so that it never ends.",
        CHOICE,
        patches=in_consent_script("    else show(granted);\n", "    else { storeChoice(granted); show(granted); }\n"),
    ),
    defect(
        "choice-restored",
        "P12",
        "After all cookies were deleted the old choice comes back from another store.",
        cookie(consent.COOKIE, "{script}"),
        stored("local_storage", "harbour.backup"),
        script="""
  const own = () => document.cookie.split("; ").find((pair) => pair.startsWith("harbour_consent="));
  if (!blocked() && !own() && localStorage.getItem("harbour.backup")) {
    const kept = localStorage.getItem("harbour.backup");
    document.cookie = `${kept}; Max-Age=15552000; Path=/; Secure; SameSite=Lax`;
    location.reload();
  }
  when(decided, () => { if (own()) localStorage.setItem("harbour.backup", own()); });""",
    ),
    defect(
        "choice-by-address",
        "P13 P26",
        "Everybody behind the same network address shares one choice.",
        cookie(consent.COOKIE, "https://{site}/"),
        amend=_remembered_by("address"),
    ),
    defect(
        "choice-by-fingerprint",
        "P26 P13",
        "Two profiles of browsers that look alike share one choice.",
        cookie(consent.COOKIE, "https://{site}/"),
        amend=_remembered_by("fingerprint"),
    ),
)
