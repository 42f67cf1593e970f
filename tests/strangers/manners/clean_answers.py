"""Clean shops whose servers answer in ways of their own: encodings, redirects, strict headers, delays."""

from __future__ import annotations

import gzip
import zlib
from typing import ClassVar

from tests.strangers.manners.shop import CDN, SCRIPT, SHOP, Answer, Asked, Shop

FIRST_ANSWER_S = 4.0
"""How long a server that has slept takes for its first answer, in seconds."""


class ServerConsent(Shop):
    """Forms post the choice to the server, which answers with a redirect and draws the banner itself."""

    script = ""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        if asked.path == "/consent" and asked.method == "POST":
            choice = "all" if b"all" in asked.body else "none"
            headers = [
                ("Location", asked.headers.get("referer", "/").partition("?")[0]),
                ("Set-Cookie", f"choice={choice}; Path=/; Max-Age=15552000; HttpOnly"),
            ]
            if choice == "none":
                headers.append(("Set-Cookie", "_ga=; Path=/; Max-Age=0"))
            return Answer(status=302, headers=headers)
        answer = self.shop(asked)
        asks = "choice" not in asked.cookies or "settings" in asked.query
        if not isinstance(answer.body, str):
            return answer
        body = answer.body.replace("hidden style", "style" if asks else "hidden style")
        for name, value in (("ok", "all"), ("no", "none")):
            body = body.replace(f'<button id="{name}">', f'<button id="{name}" form="f" name="c" value="{value}">')
        body = body.replace("<footer>", '<form id="f" method="post" action="/consent"></form><footer>')
        body = body.replace(
            '<button id="again">Cookie settings</button>', '<a id="again" href="?settings=1">Cookie settings</a>'
        )
        if asked.cookies.get("choice") == "all":
            body = body.replace("</body>", '<script src="http://count.localhost:[[port]]/tag.js"></script></body>')
        return Answer(body, status=answer.status, headers=answer.headers)


class Latin(Shop):
    """Its pages are in Latin-1, by their header, with umlauts in the banner."""

    lang = "de"
    banner = (
        Shop.banner.replace("We use cookies.", "Wir möchten Cookies.")
        .replace("Accept all", "Alle zulassen, gern für später")
        .replace("Reject all", "Alle ablehnen, natürlich")
    )

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and isinstance(answer.body, str):
            text = answer.body.replace("utf-8", "iso-8859-1").replace("[[port]]", str(self.port))
            return Answer(text.encode("latin-1"), "text/html; charset=iso-8859-1", answer.status)
        return answer


class Packed(Shop):
    """Pages come in gzip, scripts in deflate, whatever was asked for."""

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if isinstance(answer.body, str) and answer.body:
            body = answer.body.replace("[[port]]", str(self.port)).encode()
            page = answer.kind.startswith("text/html")
            packed = gzip.compress(body) if page else zlib.compress(body)
            how = [("Content-Encoding", "gzip" if page else "deflate")]
            return Answer(packed, answer.kind, answer.status, answer.headers + how)
        return answer


class ByLanguage(Shop):
    """The front page leads to that of the visitor's language."""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/":
            return Answer(status=302, headers=[("Location", "/en/"), ("Vary", "Accept-Language")])
        if asked.host == SHOP and asked.path == "/en/":
            return Answer(self.page(asked))
        return None


class Refreshing(Shop):
    """Each page calls itself up anew after five minutes; the front page leads on at once."""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/":
            return Answer('<!doctype html><title>Shop</title><meta http-equiv="refresh" content="0; url=/tea">')
        return None

    head = '<meta http-equiv="refresh" content="300">'


class Strict(Shop):
    """A strict policy of contents: no inline script, trusted types, isolated from other origins, no permissions."""

    headers = (
        (
            "Content-Security-Policy",
            "default-src 'self'; style-src 'unsafe-inline'; img-src 'self' data: http://count.localhost:[[port]]; "
            "script-src 'self' http://count.localhost:[[port]]; require-trusted-types-for 'script'; "
            "trusted-types shop; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "credentialless"),
        ("Permissions-Policy", "geolocation=(), clipboard-read=(), unload=()"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Document-Policy", "document-write=?0"),
    )
    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  const policy = window.trustedTypes ? trustedTypes.createPolicy("shop", {createScriptURL: (url) => url}) : null;
  const url = "http://count.localhost:[[port]]/tag.js", tag = document.createElement("script");
  tag.src = policy ? policy.createScriptURL(url) : url;
  document.head.append(tag);
}"""
    }

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/site.js":
            text = Shop.page(self, asked)
            return Answer(
                text.partition("<footer>")[2].partition("<script>")[2].partition("</script>")[0], "text/javascript"
            )
        return None

    def page(self, asked: Asked) -> str:
        text = super().page(asked)
        before, _, rest = (
            text.partition("<script>const") if "<script>const" in text else text.partition("<script>\nconst")
        )
        return before + '<script src="/site.js"></script>' + rest.partition("</script>")[2]


class SlowStart(Shop):
    """The first answer takes its time, as that of a server that has slept."""

    def __init__(self) -> None:
        super().__init__()
        self.awake = False

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and not self.awake:
            self.closed.wait(FIRST_ANSWER_S)
            self.awake = True
        return None


class Cached(Shop):
    """Pages and a partner's library are cached by tag, and answered with 304."""

    partners = (CDN,)
    tail = '<script src="http://cdn.localhost:[[port]]/lib.js"></script>'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.headers.get("if-none-match") == '"v1"':
            return Answer(status=304, headers=[("ETag", '"v1"')])
        answer = Answer("window.lib = 1;", "text/javascript") if asked.host == CDN else self.shop(asked)
        answer.headers.extend([("ETag", '"v1"'), ("Cache-Control", "no-cache")])
        return answer


class SignIn(Shop):
    """Asks for a name and a password by HTTP on one page, which it links to first; it has a form to sign in, too."""

    articles = ("/tea", "/salt", "/soap")

    def main(self, path: str) -> str:
        form = '<form action="/session" method="post"><input name="user"><input name="pass" type="password"></form>'
        return '<a href="/staff">Staff</a> <a href="/login">Sign in</a>' + super().main(path) + form

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/staff":
            return Answer("Staff only", status=401, headers=[("WWW-Authenticate", 'Basic realm="staff"')])
        if asked.host == SHOP and asked.path == "/login":
            return Answer(self.page(asked))
        return None


class Based(Shop):
    """Its pages resolve links against a base."""

    head = '<base href="/en/">'

    def main(self, path: str) -> str:
        return super().main(path).replace('href="/', 'href="../')


class SmallOnes(Shop):
    """One page alone."""

    articles = ()


class TwoPages(Shop):
    """Two pages."""

    articles = ("/tea",)


class Gone(Shop):
    """Its first links lead nowhere: 404, 410, 500, a loop of redirects, an address at which nothing listens."""

    def main(self, path: str) -> str:
        bad = " ".join(f'<a href="{one}">News {one[1:]}</a>' for one in ("/404", "/410", "/500", "/loop"))
        return bad + ' <a href="http://shop.localhost:1/">Old</a> ' + super().main(path)

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        status = {"/410": 410, "/500": 500}.get(asked.path)
        if asked.path == "/loop":
            return Answer(status=302, headers=[("Location", "/loop")])
        return Answer("<h1>Sorry</h1>", status=status) if status else None


class Attached(Shop):
    """Its consent script comes with a page that says that it may be kept for a year, and by HEAD of no length."""

    script = SCRIPT
    headers = (("Cache-Control", "max-age=31536000, immutable"),)
