"""Identifiers that come back after deletion or need no store, and values that name a person."""

import base64
import hashlib
import secrets
from email.utils import formatdate

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
from consentinel.reference_site.deployments import Amend, Answer
from consentinel.reference_site.harbour.account import SESSION_COOKIE
from consentinel.reference_site.hosts import CDN, METRICS
from consentinel.reference_site.store import DEMO

_GA = """
  const client = () => document.cookie.match(/(?:^|; )_ga=([^;]+)/)?.[1];
  const revive = (value) => { document.cookie =
    `_ga=${value}; Max-Age=34128000; Path=/; Domain=${location.hostname}; Secure; SameSite=Lax`; };
  const afterTag = (action) => {  // the tag writes its cookie a little later than the choice is made
    const tick = setInterval(() => { if (client()) { clearInterval(tick); action(client()); } }, 50);
  };
"""
_OPEN_DATABASE = """
  const open = () => new Promise((resolve) => {
    const opening = indexedDB.open("hb-cache", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    opening.onsuccess = () => resolve(opening.result);
  });
"""


def _by_etag() -> Answer:
    """Hand out a number with an entity tag; who brings the tag back is the same browser (RFC 9110, 8.8.3)."""

    async def answer(request: Request) -> Response | None:
        if request.url.path != "/number.json":
            return None
        tag = request.headers.get("if-none-match") or f'"{10**9 + secrets.randbelow(9 * 10**9)}"'
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        if "if-none-match" in request.headers:
            return Response(status_code=304, headers=headers)
        return Response(tag.strip('"'), media_type="application/json", headers=headers)

    return answer


def _by_date() -> Answer:
    """Hand out a date of its own with a file; who brings the date back is the same browser (RFC 9110, 8.8.2)."""

    async def answer(request: Request) -> Response | None:
        if request.url.path != "/number.json":
            return None
        known = request.headers.get("if-modified-since")
        date = known or formatdate(10**9 + secrets.randbelow(6 * 10**8), usegmt=True)
        headers = {"last-modified": date, "cache-control": "private, no-cache"}
        if known:
            return Response(status_code=304, headers=headers)
        return Response("1", media_type="application/json", headers=headers)

    return answer


def _name_the_customer(name: str, value: str) -> Amend:
    """Set a cookie with a person's data once they are signed in."""

    def amend(request: Request, response: Response) -> None:
        if is_page(response) and SESSION_COOKIE in request.cookies:
            response.set_cookie(name, value, secure=True, httponly=True, samesite="lax")

    return amend


_HASH = hashlib.sha256(DEMO.email.encode()).hexdigest()
_BASE64 = base64.b64encode(DEMO.email.encode()).decode()
_MD5 = hashlib.new("md5", DEMO.email.encode(), usedforsecurity=False).hexdigest()
_SIGNED_IN = 'document.getElementById("account-name")'

RESPAWNED: tuple[Defect, ...] = (
    defect(
        "respawn-from-local-storage",
        "P12 P27",
        "After all cookies were deleted, the old analytics identifier comes back from local storage.",
        cookie("_ga", "{script}"),
        stored("local_storage", "hb.v"),
        script=f"""{_GA}
  const kept = !blocked() ? localStorage.getItem("hb.v") : null;
  if (!client() && kept) revive(kept);
  when(() => granted("analytics"), () => afterTag((value) => localStorage.setItem("hb.v", value)));""",
    ),
    defect(
        "respawn-from-indexed-db",
        "P12 P27",
        "After all cookies were deleted, the old analytics identifier comes back from a database.",
        cookie("_ga", "{script}"),
        stored("indexed_db", "hb-cache"),
        script=f"""{_GA}{_OPEN_DATABASE}
  (async () => {{
    if (blocked()) return;
    const known = (await indexedDB.databases()).some((database) => database.name === "hb-cache");
    if (known && !client()) {{
      (await open()).transaction("kept").objectStore("kept").get("v").onsuccess =
        ({{ target }}) => {{ if (target.result) revive(target.result); }};
    }}
    when(() => granted("analytics"), () => afterTag(async (value) =>
      (await open()).transaction("kept", "readwrite").objectStore("kept").put(value, "v")));
  }})();""",
    ),
    defect(
        "respawn-from-cache",
        "P12 P27",
        "After all cookies were deleted, the old analytics identifier comes back from a cache.",
        cookie("_ga", "{script}"),
        stored("cache", "hb-assets"),
        script=f"""{_GA}
  (async () => {{
    if (blocked()) return;
    const kept = await caches.match("/kept");
    if (kept && !client()) revive(await kept.text());
    when(() => granted("analytics"), () => afterTag(async (value) =>
      (await caches.open("hb-assets")).put("/kept", new Response(value))));
  }})();""",
    ),
    defect(
        "respawn-from-etag",
        "P12 P27",
        "After all cookies were deleted, the browser is recognised by a file that it keeps, and gets its old "
        "analytics identifier back.",
        cookie("_ga", "{script}"),
        request("{site}", "/number.json"),
        script=f"""{_GA}
  const number = async () => (await fetch("/number.json")).text();
  when(() => granted("analytics"), async () => revive(`GA1.1.${{await number()}}.1`));""",
        answer=_by_etag(),
    ),
    defect(
        "recognised-by-entity-tag",
        "P12 P27",
        "After all cookies were deleted, the server recognises the browser by the entity tag of a file that it keeps.",
        request("{site}", "/number.json"),
        script="""
  when(() => granted("analytics"), () => fetch("/number.json"));""",
        answer=_by_etag(),
    ),
    defect(
        "recognised-by-date",
        "P12 P27",
        "After all cookies were deleted, the server recognises the browser by the date of a file that it keeps.",
        request("{site}", "/number.json"),
        script="""
  when(() => granted("analytics"), () => fetch("/number.json"));""",
        answer=_by_date(),
    ),
)

PERSONAL: tuple[Defect, ...] = (
    defect(
        "personal-plain",
        "P03",
        "A cookie holds the e-mail address of the person who is signed in.",
        cookie("harbour_who", "https://{site}/account"),
        amend=_name_the_customer("harbour_who", DEMO.email),
    ),
    defect(
        "personal-encoded",
        "P03",
        "A cookie holds the e-mail address in the way that addresses are written in links.",
        cookie("harbour_who", "{script}"),
        script=f'if ({_SIGNED_IN}) document.cookie = `harbour_who=${{encodeURIComponent("u:{DEMO.email}")}}; '
        "Path=/; Secure; SameSite=Lax`;",
    ),
    defect(
        "personal-base64",
        "P03 P27",
        "Local storage holds the e-mail address, hardly disguised.",
        stored("local_storage", "harbour.display"),
        script=f'if ({_SIGNED_IN}) localStorage.setItem("harbour.display", '
        f'JSON.stringify({{ profile: "{_BASE64}" }}));',
    ),
    defect(
        "personal-hashed",
        "P03",
        "A cookie holds a fingerprint of the e-mail address, which every advertiser can compute as well.",
        cookie("harbour_who", "https://{site}/account"),
        amend=_name_the_customer("harbour_who", _HASH),
    ),
    defect(
        "personal-hashed-md5",
        "P03 P27",
        "Session storage holds an old-fashioned fingerprint of the e-mail address.",
        stored("session_storage", "harbour.member"),
        script=f'if ({_SIGNED_IN}) sessionStorage.setItem("harbour.member", "{_MD5}");',
    ),
    defect(
        "personal-name",
        "P03",
        "A cookie holds the first name of the person who is signed in.",
        cookie("harbour_greeting", "{script}"),
        script=f"const greeting = {_SIGNED_IN}?.textContent;\n"
        "  if (greeting) document.cookie = `harbour_greeting=name:${greeting}; Path=/; Secure`;",
    ),
    defect(
        "personal-to-analytics",
        "P03 P21",
        "With analytics granted, the fingerprint of the e-mail address goes to the analytics service.",
        request(METRICS, "/g/collect"),
        script=f'if ({_SIGNED_IN}) when(() => granted("analytics"), () => navigator.sendBeacon('
        f'at("{METRICS}", "/g/collect?v=2&tid=HARBOUR1&en=login&uid={_HASH}")));',
    ),
)

_DIGEST = """
  const bytes = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const digest = async (text) => [...await bytes(text)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const drawn = () => {
    const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
    context.font = "16px serif";
    context.fillText("harbour \u2693", 4, 20);
    return canvas.toDataURL();
  };
"""

OF_DEVICE: tuple[Defect, ...] = (
    defect(
        "fingerprint-of-the-device",
        "P10",
        "After a refusal each page tells the site's server a fingerprint of the device; nothing is stored for it.",
        request("{site}", "/search"),
        script=f"""{_DIGEST}
  when(() => refused("analytics"), async () => {{
    const device = await digest(`${{drawn()}} ${{navigator.hardwareConcurrency}} ${{screen.width}}x${{screen.height}}`);
    fetch(`/search?q=&device=${{device}}`);
  }});""",
    ),
    defect(
        "fingerprint-by-a-worker",
        "P10",
        "After a refusal a worker computes a fingerprint of 32 bits, which each page tells the site's server.",
        request("{site}", "/search"),
        script="""const work = async () => {
    const canvas = new OffscreenCanvas(90, 30), context = canvas.getContext("2d");
    context.font = "16px serif";
    context.fillText("harbour", 4, 20);
    const drawn = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    const read = `${drawn.join()} ${navigator.hardwareConcurrency}`;
    let sum = 2166136261;
    for (const one of read) sum = Math.imul(sum ^ one.charCodeAt(0), 16777619) >>> 0;
    postMessage(sum.toString(16).padStart(8, "0"));
  };
  when(() => refused("analytics"), () => {
    const worker = new Worker(URL.createObjectURL(new Blob([`(${work})()`], { type: "text/javascript" })));
    worker.onmessage = ({ data }) => {
      fetch(`/search?q=&device=${data}`);
      worker.terminate();
    };
  });""",
    ),
    defect(
        "fingerprint-to-a-partner",
        "P19",
        "Before a choice the technical partner is told a fingerprint of the device's canvas.",
        request(CDN, "/kit/1/kit.css"),
        script=f"""{_DIGEST}
  (async () => fetch(at("{CDN}", `/kit/1/kit.css?device=${{await digest(drawn())}}`)))();""",
    ),
    defect(
        "partner-knows-who-refused",
        "P19 P10",
        "The technical partner is told with each page which visitor it is, of visitors who have refused alone.",
        request(CDN, "/kit/1/kit.css"),
        script=f"""if (!blocked()) when(() => refused("analytics"), () => {{
    const {{ ticket = crypto.randomUUID(), ...rest }} = JSON.parse(localStorage.getItem("harbour.display") ?? "{{}}");
    localStorage.setItem("harbour.display", JSON.stringify({{ ...rest, ticket }}));
    fetch(at("{CDN}", `/kit/1/kit.css?ticket=${{ticket}}`));
  }});""",
    ),
)
