"""Clean shops whose values and names look as if they told visitors apart, or differ from visitor to visitor."""

from __future__ import annotations

import random
import secrets
from hashlib import sha256
from typing import ClassVar

from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked, Shop

PICTURE = Answer("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")


class Signed(Shop):
    """A picture's address is signed anew for each page, which asks for it twice."""

    partners = (CDN,)

    def main(self, path: str) -> str:
        signed = f"http://cdn.localhost:[[port]]/pic.svg?Signature={secrets.token_urlsafe(48)}"
        return f"""{super().main(path)}<img src="{signed}" alt="">
<script>fetch("{signed}", {{mode: "no-cors", cache: "no-store"}});</script>"""

    def answer(self, asked: Asked) -> Answer | None:
        return PICTURE if asked.host == CDN else None


class OnceAgainstCaches(Shop):
    """One article alone has a picture of a partner's, with a number against caches."""

    partners = (CDN,)

    def main(self, path: str) -> str:
        picture = f'<img src="http://cdn.localhost:[[port]]/pic.svg?cb={secrets.token_hex(8)}" alt="">'
        return super().main(path) + (picture if path == "/salt" else "")

    def answer(self, asked: Asked) -> Answer | None:
        return PICTURE if asked.host == CDN else None


class NamedForEach(Shop):
    """Two cookies that are called otherwise for each visitor: a session's, and that of a shield's server."""

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and answer.status == 200 and not any(name.startswith("ASP") for name in asked.cookies):
            letters = "".join(random.choices("ABCDQRST", k=8))
            server = random.randrange(100, 2000)
            answer.headers.append(("Set-Cookie", f"ASPSESSIONID{letters}={secrets.token_hex(12)}; Path=/"))
            answer.headers.append(("Set-Cookie", f"incap_ses_{server}_28={secrets.token_urlsafe(30)}; Path=/"))
        return answer


class EncodedChoice(Shop):
    """Writes its choices on each page anew, encoded: with the time, an identifier of the choice and a default."""

    functions: ClassVar[dict[str, str]] = {
        "chosen": """function noted() { return decodeURIComponent(read("OptanonConsent") || ""); }
function chosen() { return read("OptanonAlertBoxClosed") && (noted().includes("C0002:1") ? "all" : "none"); }""",
        "remember": """function note(choice) {
  const id = (noted().match(/consentId=([^&]*)/) || [, crypto.randomUUID()])[1];
  const said = `datestamp=${new Date()}&version=202501.1.0&consentId=${id}&interactionCount=1`;
  const value = encodeURIComponent(`${said}&groups=C0001:1,C0002:${choice === "all" ? 1 : 0}`);
  document.cookie = `OptanonConsent=${value}; path=/; max-age=31536000`;
}
function remember(choice) {
  note(choice);
  document.cookie = `OptanonAlertBoxClosed=${new Date().toISOString()}; path=/; max-age=31536000`;
}""",
    }
    late = 'note(chosen() || "none");'


class TriesAtRandom(Shop):
    """Tries its stores on each page, under names that are drawn anew each time."""

    late = """for (const store of [localStorage, sessionStorage]) {
  const probe = `__storage_test__${Math.random()}`;
  store.setItem(probe, probe);
  store.removeItem(probe);
}"""


class OwnParameters(Shop):
    """Its pages ask the shop itself for goods by parameters that a counter uses too."""

    late = "fetch('/list?v=2&tid=12&cid=7').catch(() => 0);"

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("[]", "application/json") if asked.host == SHOP and asked.path == "/list" else None


class Challenge(Shop):
    """A challenge comes before the first page: it sends a random number once, and the page is loaded again."""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        if asked.path == "/challenge/verify":
            clearance = f"cf_clearance={secrets.token_urlsafe(43)}; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax"
            return Answer(status=204, headers=[("Set-Cookie", clearance)])
        if asked.path in ("/", "/cookies", *self.articles) and "cf_clearance" not in asked.cookies:
            return Answer(
                """<!doctype html><title>Just a moment</title><h1>Checking your browser</h1>
<script>const said = JSON.stringify({width: screen.width, nonce: Math.random()});
fetch("/challenge/verify", {method: "POST", body: said}).then(() => location.reload());</script>""",
                status=403,
            )
        return None


class NumberedAnswers(Shop):
    """Tells its own server of each choice, with a number that is drawn for it and kept nowhere."""

    functions: ClassVar[dict[str, str]] = {
        "decided": """function decided(choice) {
  const said = JSON.stringify({idempotencyKey: crypto.randomUUID(), choice});
  fetch("/consents", {method: "POST", body: said, keepalive: true});
}"""
    }

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == SHOP and asked.path == "/consents" else None


class ConstantDigests(Shop):
    """Its script tells its own server a public key, a build, the digest of a query, a token and a number drawn anew."""

    head = '<meta name="csrf-token" content="9b74c9897bac770ffc029102a200c5de">'
    late = """(async () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillText("Emoji?", 4, 20);
  const shows = canvas.getContext("2d").getImageData(0, 0, 40, 30).data.some((one) => one);
  const query = new TextEncoder().encode("{ shop { name } }");
  const bytes = [...new Uint8Array(await crypto.subtle.digest("SHA-256", query))];
  const sha256Hash = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const token = document.querySelector("meta[name=csrf-token]").content;
  fetch("/graphql?build=5f4dcc3b5aa765d61d8327deb882cf99", {
    method: "POST",
    headers: {"X-Key": "pk_live_51H8Xy2eZvKYlo2Cq0a1b2c3", "X-CSRF-Token": token},
    body: JSON.stringify({
      shows, extensions: {persistedQuery: {sha256Hash}}, key: "pk_live_51H8Xy2eZvKYlo2Cq0a1b2c3",
      idempotencyKey: crypto.randomUUID(),
    }),
  });
})();"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("{}", "application/json") if asked.host == SHOP and asked.path == "/graphql" else None


class FilesOfItsKind(Shop):
    """Sends each kind of browser a script of its own; of a partner's picture it has several widths, each signed."""

    partners = (CDN,)

    def main(self, path: str) -> str:
        signed = ((wide, sha256(f"key {wide}".encode()).hexdigest()) for wide in (320, 480, 960, 1440, 2160))
        widths = ", ".join(f"http://{CDN}:[[port]]/photo.svg?w={wide}&s={sign} {wide}w" for wide, sign in signed)
        return f'{super().main(path)}<img srcset="{widths}" sizes="100vw" alt="">'

    def page(self, asked: Asked) -> str:
        kind = "mobile.9ab14fe0c2d7" if "Mobile" in asked.headers.get("user-agent", "") else "desktop.4f3c9a1b2d88"
        return super().page(asked).replace("</head>", f'<script src="/assets/{kind}.js"></script></head>')

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == CDN:
            return PICTURE
        return Answer("", "text/javascript") if asked.path.startswith("/assets/") else None
