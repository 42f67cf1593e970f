"""Defects that show in one place alone: whoever does not look there misses them."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from consentinel.reference_site import consent, hosts
from consentinel.reference_site.declared import DAY
from consentinel.reference_site.defects.hooks import (
    Condition,
    is_page,
    set_cookie,
    unasked,
)
from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    in_consent_script,
    in_pages,
    page,
    request,
)
from consentinel.reference_site.deployments import Amend, Answer

_ARTICLE = "/articles/ghost-meetings"
_METRICS_SETTINGS = "window.metricsLayer = [config.metrics];"


def _without_setting(name: str) -> str:
    return f"window.metricsLayer = [{{ ...config.metrics, {name}: undefined }}];"


def _bounce() -> Answer:
    """Lead from an article by way of the advertising network, whose cookie is then of no third party."""

    async def answer(request: Request) -> Response | None:
        choice = consent.of(request.cookies)
        goes = request.url.path == _ARTICLE and "back" not in request.query_params
        if not (goes and choice is not None and choice.allows("advertising")):
            return None
        port = request.url.port or 443
        back = f"https://{request.url.hostname}:{port}{_ARTICLE}?back=1"
        return RedirectResponse(f"https://{hosts.ADNET}:{port}/click?to={back}", status_code=302)

    return answer


def _one_device_at_a_time() -> Amend:
    """Forget every choice that was seen before the latest browser came which had made none."""
    known: set[str] = set()
    forgotten: set[str] = set()

    def amend(request: Request, response: Response) -> None:
        if not is_page(response):
            return
        kept = request.cookies.get(consent.COOKIE, "")
        if not kept:
            forgotten.update(known)
        elif kept in forgotten:
            response.delete_cookie(consent.COOKIE, domain=str(request.scope["place"].site), secure=True, samesite="lax")
        else:
            known.add(kept)

    return amend


def _counted_since_another_chose() -> Condition:
    """Whoever has not chosen, once any other browser has."""
    chosen: set[str] = set()

    def condition(request: Request) -> bool:
        if not unasked(request):
            chosen.add(request.cookies[consent.COOKIE])
            return False
        return bool(chosen)

    return condition


_NAMES_FOUR = "We may keep functional cookies, analytics cookies, social network cookies and advertising cookies."
_LISTS_ADVERTISING = (
    "<dt>Advertising</dt>\n    <dd>Let the network Adnet choose advertising that may interest you.</dd>"
)

SINGULAR: tuple[Defect, ...] = (
    defect(
        "analytics-misses-pages",
        "P21",
        "Analytics was granted, but the visits to one article are not counted.",
        page("/articles/quiet-displays", "/articles/quiet-displays"),
        patches=in_consent_script(
            "config.tags.filter((tag) => tag.category === category)",
            'config.tags.filter((tag) => tag.category === category && !location.pathname.endsWith("/quiet-displays"))',
        ),
    ),
    defect(
        "campaign-not-counted",
        "P22",
        "Analytics was granted, but the campaign that brought a visitor is lost.",
        page("the campaign", "/"),
        script='if (location.search.includes("utm_")) history.replaceState(null, "", location.pathname);',
    ),
    defect(
        "error-not-counted",
        "P22",
        "Analytics was granted, but error pages are counted as if nothing were wrong.",
        page("the error", "/no-such-page"),
        patches=in_consent_script(
            "config.tags.filter((tag) => tag.category === category)",
            "config.tags.filter((tag) => tag.category === category"
            " && !document.querySelector('[data-page=\"error\"]'))",
        ),
    ),
    defect(
        "variant-not-counted",
        "P22",
        "Analytics was granted, but it is not told which variant of the feature test a visitor saw.",
        page("the feature test", "/"),
        patches=in_consent_script(_METRICS_SETTINGS, _without_setting("variant")),
    ),
    defect(
        "service-undeclared",
        "P05",
        "With everything granted, a host is contacted that the policy does not name.",
        request(hosts.GUEST, "/plant/image"),
        script='when(() => granted("advertising"), () => '
        f'{{ new Image().src = at("{hosts.GUEST}", "/plant/image"); }});',
    ),
    defect(
        "policy-forgets-category",
        "P05",
        "The policy does not describe social network cookies by the name that the preferences use.",
        page("Social networks", "/cookies"),
        patches=in_pages("Social networks", "Partners", "/cookies"),
    ),
    defect(
        "policy-announces-five",
        "P05",
        "The policy announces five categories and lists four.",
        page("categories", "/cookies"),
        patches=in_pages("Four kinds", "Five kinds", "/cookies"),
    ),
    defect(
        "policy-lists-three",
        "P05",
        "The policy names four kinds of cookies in a sentence, and its list has three.",
        page("categories", "/cookies"),
        patches=(
            *in_pages("<h2>Four kinds</h2>", f"<p>{_NAMES_FOUR}</p><h2>Three kinds</h2>", "/cookies"),
            *in_pages(_LISTS_ADVERTISING, "", "/cookies"),
        ),
    ),
    defect(
        "bounce-through-network",
        "P07",
        "The way to an article leads by way of the advertising network, which so keeps a cookie where the browser "
        "rejects those of other sites.",
        cookie("adnet_id", f"https://{hosts.ADNET}/click", hosts.ADNET),
        answer=_bounce(),
    ),
    defect(
        "choice-of-one-device",
        "P13 P26",
        "When another browser visits the site, the first one's choice is forgotten.",
        page("#consent-banner", "/"),
        amend=_one_device_at_a_time(),
    ),
    defect(
        "counted-on-other-devices",
        "P13",
        "Once one browser has chosen, another one is asked as well, and counted before it has answered.",
        cookie("_ga", "https://{site}/"),
        amend=set_cookie("_ga", "GA1.1.1234567890.1760000000", 395 * DAY, _counted_since_another_chose()),
    ),
    defect(
        "identifier-by-fingerprint",
        "P26",
        "Two profiles of browsers that look alike get the same identifier.",
        cookie("_ga", "{script}"),
        script="""const look = `${navigator.userAgent}${screen.width}${navigator.language}`;
  const sum = [...look].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 4294967296, 7);
  when(() => granted("analytics"), () => { document.cookie =
    `_ga=GA1.1.${sum}.1700000000; Max-Age=34128000; Path=/; Domain=${location.hostname}; Secure; SameSite=Lax`; });""",
    ),
    defect(
        "switch-stuck-on",
        "P11 P02",
        "Whatever was chosen, the preferences show social cookies as allowed.",
        page("social", "/preferences"),
        patches=in_consent_script(
            "input.checked = granted.includes(input.name);",
            'input.checked = granted.includes(input.name) || (storedChoice() !== null && input.name === "social");',
        ),
    ),
    defect(
        "switches-as-the-page-was-loaded",
        "P02 P10",
        "The preferences show what had been chosen when the page was loaded, and not what was accepted on it since.",
        page("analytics", "/"),
        patches=in_consent_script("event.preventDefault();\n    fillSwitches();", "event.preventDefault();"),
    ),
    defect(
        "share-fails",
        "P24",
        "Social cookies are accepted and the share buttons come, but sharing does nothing.",
        page("iframe.circle-button", _ARTICLE),
        script="""new MutationObserver(() => {
    for (const frame of document.querySelectorAll("iframe.circle-button:not([sandbox])")) {
      frame.sandbox = "allow-scripts allow-same-origin";
      frame.src = frame.src;
    }
  }).observe(root, { subtree: true, childList: true });""",
    ),
)
