"""Clean shops whose servers set cookies in ways of their own: tokens, sessions, tests, odd headers."""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import ClassVar

from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop


class CsrfToken(Shop):
    """Hands out a token with the first page, declared."""

    needed = ("choice", "csrftoken")

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and "csrftoken" not in asked.cookies:
            answer.headers.append(("Set-Cookie", f"csrftoken={secrets.token_hex(16)}; Path=/; SameSite=Lax"))
        return answer


class LoadBalancer(Shop):
    """A load balancer renews its two cookies with each answer, of pages and of everything else, and names the server.

    The server's name is a digest, the same for everybody.
    """

    needed = ("choice", "AWSALB", "AWSALBCORS", "SERVERID")

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP:
            value = secrets.token_urlsafe(60)
            answer.headers.extend(
                [
                    ("Set-Cookie", f"AWSALB={value}; Expires={_in(7)}; Path=/"),
                    ("Set-Cookie", f"AWSALBCORS={value}; Expires={_in(7)}; Path=/; SameSite=None; Secure"),
                ]
            )
            if "SERVERID" not in asked.cookies:
                answer.headers.append(("Set-Cookie", f"SERVERID={hashlib.md5(b'10.0.0.7:80').hexdigest()}; path=/"))
        return answer


def _in(days: int) -> str:
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + days * 86400))


class RollingSession(Shop):
    """The session's cookie is sent again with each answer, with the same value and a new end."""

    needed = ("choice", "PHPSESSID")

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP:
            value = asked.cookies.get("PHPSESSID") or secrets.token_hex(13)
            answer.headers.append(("Set-Cookie", f"PHPSESSID={value}; Max-Age=1440; Path=/; HttpOnly; SameSite=Lax"))
        return answer


class NoIcon(Shop):
    """Its icon is answered with 404, and the page of the error sets a session cookie, which is declared."""

    icon = ""
    needed = ("choice", "sid")

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if answer.status == 404 and "sid" not in asked.cookies:
            answer.headers.append(("Set-Cookie", f"sid={secrets.token_hex(12)}; Path=/; HttpOnly"))
        return answer


class CookieTest(Shop):
    """The server tries whether the browser keeps cookies, by a redirect to itself, before it shows a page."""

    needed = ("choice", "cookietest")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and "cookietest" not in asked.cookies and "tested" not in asked.query:
            headers = [("Location", f"{asked.path}?tested=1"), ("Set-Cookie", "cookietest=1; Path=/")]
            return Answer(status=302, headers=headers)
        return None


class OddCookies(Shop):
    """Sets cookies that browsers take and readers may stumble over, and others that no browser takes."""

    asked_for: ClassVar[tuple[str, ...]] = (
        'quoted="a, b; c"; Path=/',
        "__Host-seat=12; Secure; Path=/; HttpOnly",
        "__Host-bad=1; Path=/elsewhere",
        "large=" + "x" * 5000,
        "other=1; Domain=example.com",
        "gone=1; Max-Age=-1",
        "gone2=1; Expires=Thu, 01-Jan-70 00:00:01 GMT",
        "old=1; Expires=Wdy, 99-Foo-19 25:61:61 GMT",
    )
    needed = ("choice", "quoted", "__Host-seat", "old")

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and answer.status == 200:
            answer.headers.extend(("Set-Cookie", one) for one in self.asked_for)
        return answer


class ForNobody(Shop):
    """Sets a cookie in answers from which no browser takes one: to preflights, fonts, and scripts' requests without."""

    head = """<style>@font-face { font-family: F; src: url(http://static.shop.localhost:[[port]]/f.woff2); }
h1 { font-family: F, serif; }</style><script crossorigin src="http://static.shop.localhost:[[port]]/a.js"></script>"""
    late = """fetch("http://api.shop.localhost:[[port]]/goods", {method: "POST", body: "{}",
  headers: {"Content-Type": "application/json"}});
fetch("/stock", {credentials: "omit"});"""

    def profile(self) -> str:
        return super().profile().replace(f'hosts = ["{SHOP}"]', f'hosts = ["*.{SHOP}"]')

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path != "/stock":
            return None
        value = secrets.token_hex(16)
        headers = [
            ("Set-Cookie", f"balance={value}; Domain={SHOP}; Path=/; Max-Age=31536000"),
            ("Access-Control-Allow-Origin", asked.headers.get("origin", "*")),
            ("Access-Control-Allow-Headers", "content-type"),
        ]
        kind = "text/javascript" if asked.path.endswith(".js") else "application/json"
        return Answer("" if asked.path.endswith(".js") else "{}", kind, headers=headers)
