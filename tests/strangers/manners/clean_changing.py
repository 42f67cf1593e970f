"""Clean shops that show or give one thing to one visitor and another to the next, as time goes on or by chance."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import ClassVar

from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked, Shop

STEP = 7
"""Pages after which something has happened in the shop: a new article, a sale."""


class FewMachines(Shop):
    """A balancer names one of three machines, as it comes, to whoever has no cookie of its own yet."""

    needed = ("choice", "SERVERID")

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and "SERVERID" not in asked.cookies:
            machine = hashlib.md5(secrets.choice([b"10.0.0.7", b"10.0.0.8", b"10.0.0.9"])).hexdigest()
            answer.headers.append(("Set-Cookie", f"SERVERID={machine}; path=/"))
        return answer


class Newest(Shop):
    """Pages ask for what is newer than their newest article, and tell their build and a cursor."""

    late = """const { newest, build, cursor } = document.body.dataset;
fetch(`/news?after=${newest}&build=${build}`);
navigator.sendBeacon("/seen", JSON.stringify({ cursor }));"""

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def page(self, asked: Asked) -> str:
        self.shown += 1
        newest = 8_812_345_678 + self.shown // STEP
        cursor = base64.b64encode(f"article:{newest}:asc".encode()).decode()
        build = hashlib.sha1(str(newest // 2).encode()).hexdigest()
        told = f'data-newest="{newest}" data-build="{build}" data-cursor="{cursor}"'
        return super().page(asked).replace("<body>", f"<body {told}>")

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("[]", "application/json") if asked.path in ("/news", "/seen") else None


class NewestOfPartner(Newest):
    """A partner that searches the shop is told the same."""

    partners = (CDN,)
    late = Newest.late.replace("`/news", f"`http://{CDN}:[[port]]/news").replace(
        '"/seen', f'"http://{CDN}:[[port]]/seen'
    )

    def answer(self, asked: Asked) -> Answer | None:
        allowed = [("Access-Control-Allow-Origin", "*")]
        return Answer("[]", "application/json", headers=allowed) if asked.host == CDN else None


class NotesNumberedChoices(Shop):
    """Notes each choice on its own server, with a number that a second cookie keeps."""

    needed = ("choice", "choice_id")
    functions: ClassVar[dict[str, str]] = {
        "remember": """function remember(choice) {
  const id = read("choice_id") || crypto.randomUUID(), body = JSON.stringify({ id, choice, at: Date.now() });
  for (const [name, value] of [["choice", choice], ["choice_id", id]])
    document.cookie = `${name}=${value}; path=/; max-age=15552000`;
  fetch("/api/choices", { method: "POST", headers: { "Content-Type": "application/json" }, body });
}""",
    }

    def answer(self, asked: Asked) -> Answer | None:
        is_noted = asked.host == SHOP and asked.path == "/api/choices"
        return Answer('{"noted": true}', "application/json", 201) if is_noted else None


class LeavesByFetch(Shop):
    """Tells itself that a page is left, by requests that do not outlive the page."""

    late = """for (const event of ["beforeunload", "pagehide", "visibilitychange"])
  addEventListener(event, () => { fetch("/left", { method: "POST", body: event }).catch(() => {}); });"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("Good-bye", "text/plain") if asked.host == SHOP and asked.path == "/left" else None
