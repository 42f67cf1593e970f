"""Small sites, one for each way in which a consent dialog can be made, each also with a lie.

The choice is the cookie `choice`: the allowed categories with a dot between them, empty after a refusal. The first
label of the host names the lie: `preticked`, `forgetful` (the preferences never show what was chosen) or `liar` (the
refusal accepts).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from tests.consent.dialog_pages import KINDS
from tests.serving import QuietHandler, Server, listening

CATEGORIES = ("analytics", "advertising")

SCRIPT = """
const LIE = location.hostname.split('.')[0];
const ALL = ['analytics', 'advertising'];
const $ = (id) => document.getElementById(id);
const kept = () => {
  const found = document.cookie.match(/choice=([^;]*)/);
  return found ? found[1].split('.').filter(Boolean) : null;
};
const keep = (list) => { document.cookie = `choice=${list.join('.')};path=/;max-age=9999`; };
const shown = () => (LIE === 'forgetful' ? [] : kept() || (LIE === 'preticked' ? ALL : []));
const refuse = () => keep(LIE === 'liar' ? ALL : []);
const hide = (...ids) => ids.forEach((id) => { if ($(id)) $(id).hidden = true; });
const show = (...ids) => ids.forEach((id) => { if ($(id)) $(id).hidden = false; });
const on = (id, act) => { if ($(id)) $(id).onclick = (event) => { event.preventDefault(); act(event); }; };
const boxes = () => ALL.filter((one) => $(one).checked);
const fill = () => ALL.forEach((one) => { $(one).checked = shown().includes(one); });
"""

PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>Shop</title><link rel=icon href="data:,">
<style>#bar, #dlg, .layer {{ padding: 12px; background: #eee; }}
label {{ display: inline-block; padding: 8px; }}</style>
<main><p>Some words to read.</p></main><script>{script}</script>{body}</html>"""


class _Site(QuietHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        kind, _, rest = path.strip("/").partition("/")
        if rest == "refuse":
            self._choose(kind, CATEGORIES if self._lie() == "liar" else ())
            return
        page = KINDS[kind].pages.get(rest) if kind in KINDS else None
        body = PAGE.format(script=SCRIPT, body=self._filled(page)) if page else "<h1>no such page</h1>"
        self._answer(200 if page else 404, body)

    def do_POST(self) -> None:
        kind = self.path.split("/")[1]
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        before = set(self._kept() or ())
        for category in CATEGORIES:
            told = form.get(category)
            before = before | {category} if told == ["yes"] else before - {category} if told == ["no"] else before
        self._choose(kind, tuple(one for one in CATEGORIES if one in before))

    def _lie(self) -> str:
        return self.headers["host"].split(".")[0]

    def _kept(self) -> list[str] | None:
        found = SimpleCookie(self.headers.get("cookie", "")).get("choice")
        return None if found is None else [one for one in found.value.split(".") if one]

    def _filled(self, page: str) -> str:
        """The page with what a server writes into it: `[[analytics:yes]]` becomes an attribute, and so on."""
        kept = self._kept()
        lie = self._lie()
        for category in CATEGORIES:
            allowed = None if kept is None else category in kept
            allowed = {"forgetful": False, "preticked": True if allowed is None else allowed}.get(lie, allowed)
            page = page.replace(f"[[{category}:yes]]", "checked" if allowed else "")
            page = page.replace(f"[[{category}:no]]", "checked" if allowed is False else "")
            page = page.replace(f"[[{category}:grant]]", "hidden" if allowed else "")
            page = page.replace(f"[[{category}:refuse]]", "hidden" if allowed is False else "")
        return page

    def _choose(self, kind: str, allowed: tuple[str, ...]) -> None:
        self.send_response(303)
        self.send_header("location", f"/{kind}/" if self.command == "GET" else f"/{kind}/settings")
        self.send_header("set-cookie", f"choice={'.'.join(allowed)}; Path=/; Max-Age=9999")
        self.send_header("content-length", "0")
        self.end_headers()

    def _answer(self, status: int, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving() -> Iterator[int]:
    """The sites on a port of their own."""
    with listening(Server(_Site)) as server:
        yield server.server_port
