"""The analytics service, at work although the visitor did not grant it, or idle although they did."""

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site import hosts
from consentinel.reference_site.defects.hooks import add_to_page, is_page, pixel, redirect, serve, unasked
from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    in_consent_script,
    page,
    request,
    stored,
)
from consentinel.reference_site.services.tags import Tag

METRICS_TAG = f"https://{hosts.METRICS}/tag.js"

LOAD_METRICS = f'load(at("{hosts.METRICS}", "/tag.js?id=HARBOUR1"))'
COLLECT = f'at("{hosts.METRICS}", "/g/collect?v=2&tid=HARBOUR1&en=page_view")'

_WORKER = """const port = location.port ? `:${location.port}` : "";
const collect = `https://{metrics}${port}/g/collect?v=2&en=visit`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(fetch(collect, { mode: "no-cors" })));
""".replace("{metrics}", hosts.METRICS)

_METRICS_SOURCE = Tag("metrics", "tag.js").text


def _starts_after_refusal(name: str, sentence: str, start: str) -> Defect:
    """The service is loaded although it was refused; `start` is the script that does it, sooner or later."""
    return defect(
        name,
        "P10 P21",
        sentence,
        cookie("_ga", METRICS_TAG),
        request(hosts.METRICS, "/tag.js"),
        script=f'when(() => refused("analytics"), () => {start});',
    )


def _counts_after_refusal(name: str, what: str, event: str) -> Defect:
    """The service is told of what somebody does with a page who has refused it."""
    return defect(
        name,
        "P10 P21",
        f"The analytics service is told of {what}, although the visitor refused it.",
        request(hosts.METRICS, "/g/collect"),
        script=f"""when(() => refused("analytics"), () =>
    root.addEventListener("{event}", () => navigator.sendBeacon({COLLECT})));""",
    )


def _picture_without_scripts(asked: Request, response: Response) -> None:
    if is_page(response):
        picture = pixel(asked, hosts.METRICS, "/g/collect?v=2&amp;tid=HARBOUR1&amp;en=page_view")
        add_to_page(response, f"<noscript>{picture}</noscript>")


def _picture_on_the_policy(asked: Request, response: Response) -> None:
    if asked.url.path == "/cookies" and is_page(response) and unasked(asked):
        add_to_page(response, pixel(asked, hosts.METRICS, "/g/collect?v=2&amp;tid=HARBOUR1&amp;en=page_view"))


ANALYTICS: tuple[Defect, ...] = (
    defect(
        "analytics-before-choice",
        "P21 P10 R-PRIOR",
        "The analytics service is at work before the visitor has chosen anything.",
        cookie("_ga", METRICS_TAG),
        request(hosts.METRICS, "/tag.js"),
        script=f"when(() => !decided(), () => {LOAD_METRICS});",
    ),
    defect(
        "analytics-without-scripts",
        "P10 P21 R-PRIOR",
        "A picture of the analytics service's stands in each page for browsers that run no scripts.",
        request(hosts.METRICS, "/g/collect", "https://{site}/"),
        amend=_picture_without_scripts,
    ),
    _counts_after_refusal("copying-counted", "a text that was copied", "copy"),
    _counts_after_refusal("clicking-counted", "each click on the text", "click"),
    _counts_after_refusal("typing-counted", "what is typed, before it is sent", "input"),
    _counts_after_refusal("menu-counted", "a menu that was asked for", "contextmenu"),
    defect(
        "policy-counted",
        "P21 P10 R-PRIOR",
        "Whoever reads the cookie policy before a choice is counted: that page alone has another template.",
        request(hosts.METRICS, "/g/collect", "https://{site}/"),
        amend=_picture_on_the_policy,
    ),
    defect(
        "legal-page-counted",
        "P10 P21",
        "Whoever reads the legal information after a refusal is counted.",
        request(hosts.METRICS, "/g/collect"),
        script=f"""if (location.pathname === "/legal") when(() => refused("analytics"), () =>
    navigator.sendBeacon({COLLECT}));""",
    ),
    defect(
        "other-language-counted",
        "P10 P21",
        "On the pages in French a refusal does not count.",
        request(hosts.METRICS, "/g/collect"),
        script=f"""if (root.lang === "fr") when(() => refused("analytics"), () => navigator.sendBeacon({COLLECT}));""",
    ),
    defect(
        "counted-on-the-next-day",
        "P10 P21",
        "Whoever comes back half a day after a refusal is counted, and nothing is stored.",
        request(hosts.METRICS, "/g/collect"),
        script=f"""const chosen = Number(document.cookie.match(/harbour_consent=[^;]*:([0-9]+)/)?.[1]);
  if (Date.now() / 1000 - chosen > 43200) when(() => refused("analytics"), () => navigator.sendBeacon({COLLECT}));""",
    ),
    _counts_after_refusal("turning-away-counted", "a pointer that leaves the window", "mouseleave"),
    _starts_after_refusal(
        "analytics-after-refusal",
        "The analytics service is at work although the visitor refused it.",
        LOAD_METRICS,
    ),
    _starts_after_refusal(
        "analytics-after-1s",
        "One second after a refusal the analytics service starts nevertheless.",
        f"setTimeout(() => {LOAD_METRICS}, 1000)",
    ),
    defect(
        "analytics-after-4s",
        "P21 P10 R-PRIOR",
        "A visitor who has not chosen is counted once they have stayed for four seconds.",
        cookie("_ga", METRICS_TAG),
        request(hosts.METRICS, "/tag.js"),
        script=f"when(() => !decided(), () => setTimeout(() => {LOAD_METRICS}, 4000));",
    ),
    _starts_after_refusal(
        "analytics-on-scroll",
        "Scrolling starts the analytics service, although the visitor refused it.",
        f'addEventListener("scroll", () => {LOAD_METRICS}, {{ once: true }})',
    ),
    defect(
        "analytics-on-second-page",
        "P21 P10 R-PRIOR",
        "From the second page on, visitors are counted without having chosen.",
        cookie("_ga", METRICS_TAG),
        request(hosts.METRICS, "/tag.js"),
        script=f"if (document.referrer.startsWith(location.origin)) when(() => !decided(), () => {LOAD_METRICS});",
    ),
    defect(
        "analytics-on-pagehide",
        "P10 P21",
        "Leaving a page is reported to the analytics service after a refusal.",
        request(hosts.METRICS, "/g/collect"),
        script='when(() => refused("analytics"), () => '
        f'addEventListener("pagehide", () => navigator.sendBeacon({COLLECT})));',
    ),
    defect(
        "analytics-from-service-worker",
        "P10 P27",
        "A background script reports to the analytics service after a refusal.",
        request(hosts.METRICS, "/g/collect", "https://{site}/worker.js"),
        stored("service_worker", "/"),
        script='when(() => refused("analytics"), () => navigator.serviceWorker.register("/worker.js"));',
        answer=serve({"/worker.js": ("text/javascript", _WORKER)}),
    ),
    defect(
        "analytics-from-worker",
        "P10 P21",
        "A worker of the page reports to the analytics service after a refusal.",
        request(hosts.METRICS, "/g/collect"),
        script='when(() => refused("analytics"), () => new Worker(URL.createObjectURL(new Blob('
        f'[`fetch("${{{COLLECT}}}", {{ mode: "no-cors" }})`]))));',
    ),
    defect(
        "analytics-from-worker-after-4s",
        "P10 P21",
        "Four seconds after a page was opened, a worker of it reports to the analytics service despite a refusal.",
        request(hosts.METRICS, "/g/collect"),
        script='when(() => refused("analytics"), () => new Worker(URL.createObjectURL(new Blob('
        f'[`setTimeout(() => fetch("${{{COLLECT}}}", {{ mode: "no-cors" }}), 4000)`]))));',
    ),
    _starts_after_refusal(
        "analytics-when-idle",
        "The browser's first idle moment is used to start the analytics service after a refusal.",
        f"requestIdleCallback(() => {LOAD_METRICS})",
    ),
    _starts_after_refusal(
        "analytics-after-animation",
        "Once the page has faded in, the analytics service starts despite a refusal.",
        f"{{ document.body.animate([{{ opacity: 0.5 }}, {{ opacity: 1 }}], 2000).onfinish = () => {LOAD_METRICS}; }}",
    ),
    defect(
        "analytics-by-redirect",
        "P10 P21",
        "A picture of the site leads on to the analytics service after a refusal.",
        request(hosts.METRICS, "/g/collect"),
        script='when(() => refused("analytics"), () => { new Image().src = "/pictures/spacer.gif"; });',
        answer=redirect("/pictures/spacer.gif", hosts.METRICS, "/g/collect?v=2&en=page_view"),
    ),
    defect(
        "analytics-on-subdomain",
        "P10 P21",
        "The help centre ignores that analytics was refused.",
        cookie("_ga", METRICS_TAG, "help.{site}"),
        request(hosts.METRICS, "/tag.js"),
        script=f'if (location.hostname.startsWith("help.")) when(() => refused("analytics"), () => {LOAD_METRICS});',
    ),
    defect(
        "analytics-cname",
        "P10 P21",
        "After a refusal the analytics service works under a name of the site's own domain.",
        cookie("_ga", "https://stats.{site}/tag.js"),
        request("stats.{site}", "/tag.js"),
        request("stats.{site}", "/g/collect", "https://stats.{site}/tag.js"),
        script='when(() => refused("analytics"), () => '
        'load(at(`stats.${location.hostname.replace(/^help\\./, "")}`, "/tag.js?id=HARBOUR1")));',
    ),
    defect(
        "analytics-relay",
        "P10 P21",
        "After a refusal the site itself takes in what the analytics service would, and hands it on.",
        cookie("_ga", "https://{site}/lib/core.js"),
        script='when(() => refused("analytics"), () => load("/lib/core.js?id=HARBOUR1"));',
        answer=serve(
            {
                "/lib/core.js": ("text/javascript", _METRICS_SOURCE.replace("/g/collect", "/lib/event")),
                "/lib/event": ("text/plain", ""),
            }
        ),
    ),
    defect(
        "analytics-after-withdrawal",
        "P11 P10",
        "Who was counted once is counted on, although consent was withdrawn.",
        cookie("_ga", METRICS_TAG),
        request(hosts.METRICS, "/g/collect", METRICS_TAG),
        request(hosts.METRICS, "/tag.js"),
        script=f'when(() => refused("analytics") && /(?:^|; )_ga=/.test(document.cookie), () => {LOAD_METRICS});',
    ),
    defect(
        "analytics-last-word",
        "P11 P10",
        "The page on which consent is withdrawn still reports its end to the analytics service.",
        request(hosts.METRICS, "/g/collect", METRICS_TAG),
        patches=in_consent_script('get: () => !storedChoice()?.includes("analytics")', "get: () => false"),
    ),
    defect(
        "analytics-never-works",
        "P21",
        "Analytics was granted, but the service is not at work.",
        request(hosts.METRICS, "/tag.js", "https://{site}/static/consent.js"),
        page("analytics", "/"),
        patches=in_consent_script(
            "config.tags.filter((tag) => tag.category === category)",
            'config.tags.filter((tag) => tag.category === category && category !== "analytics")',
        ),
    ),
    defect(
        "campaign-without-consent",
        "P22 P10 R-PRIOR",
        "The campaign that brought a visitor is reported without consent.",
        request(hosts.METRICS, "/g/collect"),
        script='if (new URLSearchParams(location.search).has("utm_campaign")) '
        f'when(() => !granted("analytics"), () => navigator.sendBeacon({COLLECT} + "&" + '
        'location.search.slice(1).replaceAll("utm_", "c_")));',
    ),
    defect(
        "error-without-consent",
        "P22 P10 R-PRIOR",
        "Error pages are reported to the analytics service without consent.",
        request(hosts.METRICS, "/g/collect"),
        script="if (document.querySelector('[data-page=\"error\"]')) "
        f'when(() => !granted("analytics"), () => navigator.sendBeacon({COLLECT}));',
    ),
)
