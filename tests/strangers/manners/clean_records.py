"""Clean shops that note each choice elsewhere, for the proof of it, or whose partners keep what a shield takes."""

from __future__ import annotations

import secrets
import time
from typing import ClassVar

from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked, Shop

RECORDS = "consents.localhost"


class TellsService(Shop):
    """A service of the consent manager notes each choice, with the number of the consent, which the cookie holds."""

    to: ClassVar[str] = f"http://{RECORDS}:[[port]]/v1/consents"
    functions: ClassVar[dict[str, str]] = {
        "chosen": """const kept = () => decodeURIComponent(read("cmp_choice") || "");
function chosen() { return (kept().match(/"choice":"(\\w+)/) || [])[1]; }""",
        "remember": f"""function remember(choice) {{
  const id = (kept().match(/"id":"([^"]*)/) || [, crypto.randomUUID()])[1];
  const held = JSON.stringify({{choice, id, at: new Date().toISOString()}});
  document.cookie = `cmp_choice=${{encodeURIComponent(held)}}; path=/; max-age=15552000`;
  const body = JSON.stringify({{id, choice, domain: location.hostname}});
  fetch("{to}", {{method: "POST", mode: "no-cors", body, keepalive: true}});
}}""",
    }

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == RECORDS else None


class NotesItself(TellsService):
    """The shop notes each choice itself, at an address of its own."""

    functions: ClassVar[dict[str, str]] = {
        name: script.replace(TellsService.to, "/api/choices") for name, script in TellsService.functions.items()
    }

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == SHOP and asked.path == "/api/choices" else None


class ShieldedPartner(Shop):
    """A partner's host, and the shop's own, stand behind a shield against robots and a balancer of load."""

    head = f'<script src="http://{CDN}:[[port]]/library.js" defer></script>'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == CDN:
            library = Answer("window.library = 1;", "text/javascript")
            if "__cf_bm" not in asked.cookies:
                shield = f"__cf_bm={secrets.token_urlsafe(32)}-{int(time.time())}-1.0.1.1-{secrets.token_urlsafe(40)}"
                library.headers.append(("Set-Cookie", f"{shield}; Path=/; Max-Age=1800; Secure; SameSite=None"))
            return library
        answer = self.shop(asked)
        if asked.host == SHOP and "TS01b2c3d4" not in asked.cookies:
            answer.headers.append(("Set-Cookie", f"TS01b2c3d4={secrets.token_hex(40)}; Path=/; HttpOnly"))
            answer.headers.append(("Set-Cookie", f"__cflb={secrets.token_urlsafe(30)}; Path=/; Max-Age=82800"))
        return answer


class SessionAfterChoice(Shop):
    """The choice is told to the shop's server as well, whose answer begins a session; no name says which is which."""

    needed = ("gdpr", "PHPSESSID")
    functions: ClassVar[dict[str, str]] = {
        "chosen": 'function chosen() { return { 0: "none", 1: "all" }[read("gdpr")]; }',
        "remember": """function remember(choice) {
  document.cookie = `gdpr=${choice === "all" ? 1 : 0}; path=/; max-age=15552000`;
  fetch("/answer", {method: "POST", body: choice, keepalive: true});
}""",
    }

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or asked.path != "/answer":
            return None
        begun = () if "PHPSESSID" in asked.cookies else (f"PHPSESSID={secrets.token_hex(13)}; Path=/; HttpOnly",)
        return Answer(status=204, headers=[("Set-Cookie", one) for one in begun])


class KeepsFiles(Shop):
    """Keeps the pages of its help in files of the browser's own file system, as a page and as a worker does."""

    late = """(async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("help", {create: true});
  const file = await (await folder.getFileHandle("index.txt", {create: true})).createWritable();
  await file.write("Help for every page");
  await file.close();
})();
new Worker("/index.js");"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/index.js":
            kept = """(async () => {
  const file = await (await navigator.storage.getDirectory()).getFileHandle("words.bin", {create: true});
  const access = await file.createSyncAccessHandle();
  access.write(new TextEncoder().encode("words to search for"), {at: 0});
  access.close();
})().catch(() => 0);"""
            return Answer(kept, "text/javascript")
        return None
