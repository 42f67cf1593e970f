"""Items in a store of the browser that should not be there, or not for so long."""

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site.declared import DAY
from consentinel.reference_site.defects.hooks import (
    is_page,
    refuses,
    serve,
    set_cookie,
    unasked,
)
from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    in_pages,
    page,
    request,
    stored,
)
from consentinel.reference_site.deployments import Amend
from consentinel.reference_site.hosts import CDN, GUEST, METRICS

PAGE = "https://{site}/"
YEARS_5 = 5 * 365 * DAY


def _lengthen(name: str, max_age: int) -> Amend:
    """Give a cookie of the server a longer life."""

    def amend(_request: Request, response: Response) -> None:
        for index, (header, value) in enumerate(response.raw_headers):
            if header == b"set-cookie" and value.startswith(f"{name}=".encode()):
                response.raw_headers[index] = (header, value + f"; Max-Age={max_age}".encode())

    return amend


def _refresh(name: str, category: str) -> Amend:
    """Set a cookie again with each page, although its category was withdrawn."""
    withdrawn = refuses(category)

    def amend(request: Request, response: Response) -> None:
        value = request.cookies.get(name)
        if value is not None and is_page(response) and withdrawn(request):
            response.set_cookie(name, value, max_age=90 * DAY, secure=True, samesite="lax")

    return amend


def _keep_for(name: str, max_age: int) -> str:
    """Return a script that gives a cookie of the analytics service a longer life, once the service is allowed."""
    return f"""when(() => granted("analytics"), () => {{
    const tick = setInterval(() => {{  // the tag writes its cookie a little later than the choice is made
      const own = document.cookie.match(/(?:^|; )({name}=[^;]+)/)?.[1];
      if (!own) return;
      clearInterval(tick);
      document.cookie =
        `${{own}}; Max-Age={max_age}; Path=/; Domain=${{location.hostname}}; Secure; SameSite=Lax`;
    }}, 50);
  }});"""


def _hold_variant(request: Request, response: Response) -> None:
    """Assign everybody a variant of the home page."""
    if request.url.path == "/" and "harbour_ab" not in request.cookies:
        response.set_cookie("harbour_ab", "A", max_age=30 * DAY, secure=True, httponly=True, samesite="lax")


COOKIES: tuple[Defect, ...] = (
    defect(
        "ga-by-http",
        "P10 P21 R-PRIOR",
        "The server sets the analytics service's cookie on the first page, before a choice.",
        cookie("_ga", PAGE),
        amend=set_cookie("_ga", "GA1.1.1234567890.1760000000", 395 * DAY, unasked, http_only=True),
    ),
    defect(
        "ga-by-cookie-store",
        "P10 P21",
        "A script sets the analytics service's cookie by the newer interface, after a refusal.",
        cookie("_ga", "{script}"),
        script='when(() => refused("analytics"), () => cookieStore.set({ name: "_ga", value: '
        "`GA1.1.${Date.now()}`, expires: Date.now() + 3e10 }));",
    ),
    defect(
        "advertising-by-http",
        "P10",
        "The server sets an advertising cookie after a refusal.",
        cookie("_adn", PAGE),
        amend=set_cookie("_adn", "adn.5a1f0c", 90 * DAY, refuses("advertising")),
    ),
    defect(
        "advertising-refreshed",
        "P11 P10",
        "An advertising cookie gets a new term with each page, although consent was withdrawn.",
        cookie("_adn", PAGE),
        amend=_refresh("_adn", "advertising"),
    ),
    defect(
        "social-by-script",
        "P24 P10",
        "A script of the site sets the social network's cookie after a refusal.",
        cookie("_cbp", "{script}"),
        script='when(() => refused("social"), () => { document.cookie = '
        "`_cbp=cb.1.${Date.now()}; Max-Age=7776000; Path=/; Secure; SameSite=Lax`; });",
    ),
    defect(
        "variant-without-consent",
        "P22 P10 R-PRIOR",
        "The feature test assigns everybody, consent or not.",
        cookie("harbour_ab", PAGE),
        amend=_hold_variant,
    ),
    defect(
        "undeclared-cookie",
        "P05 R-PRIOR P31",
        "The server sets a cookie that the policy does not list.",
        cookie("hbx", PAGE),
        amend=set_cookie("hbx", "7", 30 * DAY),
    ),
    defect(
        "undeclared-storage",
        "P05 P27 R-PRIOR P31",
        "The pages keep something that the policy does not list.",
        stored("local_storage", "hbx.visits"),
        script='if (!blocked()) localStorage.setItem("hbx.visits", '
        'Number(localStorage.getItem("hbx.visits") ?? 0) + 1);',
    ),
    defect(
        "ga-too-long",
        "R-LIFETIME",
        "With consent, the analytics cookie lives for five years instead of 13 months.",
        cookie("_ga", "{script}"),
        script=_keep_for("_ga", YEARS_5),
    ),
    defect(
        "gid-longer-than-declared",
        "P28 P05",
        "The policy's table says that an analytics cookie is kept for a day, and it is kept for 30.",
        cookie("_gid", "{script}"),
        script=_keep_for("_gid", 30 * DAY),
    ),
    defect(
        "csrf-too-long",
        "R-LIFETIME",
        "A cookie that should end with the browser lives for five years.",
        cookie("harbour_csrf", PAGE),
        amend=_lengthen("harbour_csrf", YEARS_5),
    ),
    defect(
        "language-too-long",
        "R-LIFETIME",
        "The language is remembered for ten years instead of one.",
        cookie("harbour_lang", "https://{site}/language/fr"),
        amend=_lengthen("harbour_lang", 2 * YEARS_5),
    ),
)

OTHER_STORES: tuple[Defect, ...] = (
    defect(
        "local-storage-after-refusal",
        "P27 P10",
        "After a refusal, advertising keeps its identifier in local storage.",
        stored("local_storage", "adn.id"),
        script='when(() => refused("advertising"), () => localStorage.setItem("adn.id", crypto.randomUUID()));',
    ),
    defect(
        "session-storage-after-refusal",
        "P27 P10",
        "After a refusal, the advertising that was seen is noted in the tab.",
        stored("session_storage", "adn.seen"),
        script='when(() => refused("advertising"), () => sessionStorage.setItem("adn.seen", "wide"));',
    ),
    defect(
        "indexed-db-after-refusal",
        "P27 P10",
        "After a refusal, analytics collects events in a database of the browser.",
        stored("indexed_db", "metrics-buffer"),
        script="""when(() => refused("analytics"), () => {
    const request = indexedDB.open("metrics-buffer", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("events", { autoIncrement: true });
    request.onsuccess = () => {
      request.result.transaction("events", "readwrite").objectStore("events").add({ at: Date.now() });
      request.result.close();
    };
  });""",
    ),
    defect(
        "cache-after-refusal",
        "P27 P10",
        "After a refusal, advertising keeps pictures in the browser.",
        stored("cache", "adn-creatives"),
        script='when(() => refused("advertising"), async () => '
        '(await caches.open("adn-creatives")).put("/creative", new Response("picture")));',
    ),
    defect(
        "file-after-refusal",
        "P27 P10",
        "After a refusal, advertising keeps its identifier in a file of the browser's own file system.",
        stored("file", "adn/profile"),
        script="""when(() => refused("advertising"), async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("adn", { create: true });
    const file = await (await folder.getFileHandle("profile", { create: true })).createWritable();
    await file.write(crypto.randomUUID());
    await file.close();
  });""",
    ),
    defect(
        "service-worker-after-refusal",
        "P27 P10",
        "After a refusal, a background script that the policy does not know is installed.",
        stored("service_worker", "/"),
        script='when(() => refused("analytics"), () => navigator.serviceWorker.register("/push.js"));',
        answer=serve({"/push.js": ("text/javascript", 'self.addEventListener("push", () => undefined);\n')}),
    ),
    defect(
        "campaign-kept",
        "P22 P27 R-PRIOR",
        "The campaign that brought a visitor is kept without consent.",
        stored("session_storage", "metrics.campaign"),
        script='const campaign = new URLSearchParams(location.search).get("utm_campaign");\n'
        '  if (campaign) when(() => !granted("analytics"), () => '
        'sessionStorage.setItem("metrics.campaign", campaign));',
    ),
    defect(
        "plug-in",
        "P27",
        "A page holds plug-in content, which stores settings out of the browser's reach.",
        page('object[type="application/x-shockwave-flash"]', "/"),
        patches=in_pages(
            "</main>",
            '<object type="application/x-shockwave-flash" data="/intro.swf"></object></main>',
        ),
    ),
)

LEAKS: tuple[Defect, ...] = (
    defect(
        "functionality-to-analytics",
        "P18 P19",
        "With analytics granted, the value of a functionality cookie is sent to the analytics service.",
        request(METRICS, "/g/collect"),
        cookie("harbour_csrf", "{script}", METRICS),
        script=f"""const token = document.querySelector("input[name=csrf]")?.value;
  if (token) when(() => granted("analytics"), () => navigator.sendBeacon(
    at("{METRICS}", `/g/collect?v=2&en=form&uid=${{token}}`)));""",
    ),
    defect(
        "partner-gets-identifier",
        "P19 P18",
        "The technical partner is told which browser it serves.",
        request(CDN, "/kit/1/kit.css"),
        script=f"""const token = document.querySelector("input[name=csrf]")?.value;
  if (token) fetch(at("{CDN}", `/kit/1/kit.css?visitor=${{token}}`));""",
    ),
    defect(
        "partner-undeclared",
        "P19 R-PRIOR",
        "Before a choice a host is contacted that the policy does not name.",
        request(GUEST, "/plant/image"),
        script=f'new Image().src = at("{GUEST}", "/plant/image");',
    ),
    defect(
        "identifier-in-address",
        "P10 P27",
        "After a refusal an identifier travels in the addresses of the pages instead of a cookie.",
        request("{site}", "/"),
        request("{site}", "/articles/ghost-meetings"),
        script="""when(() => refused("analytics"), () => {
    const id = new URLSearchParams(location.search).get("vid") ?? crypto.randomUUID();
    document.querySelectorAll("a[href^='/']").forEach((link) => {
      const url = new URL(link.href);
      url.searchParams.set("vid", id);
      link.href = url;
    });
  });""",
    ),
    defect(
        "read-after-withdrawal",
        "P11 P10",
        "After a withdrawal the analytics cookie is still read, and sent to the site's own server.",
        request("{site}", "/search"),
        script="""const client = document.cookie.match(/(?:^|; )_ga=([^;]+)/)?.[1];
  if (client) when(() => refused("analytics"), () => fetch(`/search?q=&cid=${client}`));""",
    ),
)
