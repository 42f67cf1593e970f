"""Small sites that ask for a choice in ways of their own, each served on a port of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from consentinel.site.profile import Profile
from tests.serving import QuietHandler, Server, listening

HELPERS = """
const bar = document.querySelector('#bar');
const chosen = () => (document.cookie.match(/(?:^|; )choice=([^;]*)/) || [])[1];
const choose = (what) => {
  document.cookie = `choice=${what}; path=/; max-age=8640000`;
  if (bar) bar.hidden = true;
};
"""

BAR = """<div id="bar" hidden>Cookies? <button id="yes">Accept all</button> <button id="no">Refuse all</button></div>
<script>yes.onclick = () => choose('all'); no.onclick = () => choose('none');</script>"""

SHOWN_AT_ONCE = "<script>bar.hidden = Boolean(chosen());</script>"

SINGLE_PAGE = """<script>document.querySelectorAll('nav a').forEach((link) => link.onclick = (event) => {
  event.preventDefault();
  history.pushState({}, '', link.href);
  document.querySelector('main').textContent = `This is ${location.pathname}`;
});</script>"""


def page(*parts: str, before: str = BAR) -> str:
    """A page with a dialog and these parts after it."""
    links = " ".join(f'<a href="/{name}">{name}</a>' for name in ("", "a", "b", "c"))
    head = (
        f"<!doctype html><link rel=icon href=data:,><title>Shop</title><nav>{links}</nav><main>This is a page.</main>"
    )
    inner, _, wiring = before.partition("<script>")
    return f"{head}{inner}<script>{HELPERS}</script><script>{wiring}{''.join(parts)}"


@contextlib.contextmanager
def served(html: str, elsewhere: str | None = None) -> Iterator[str]:
    """The address of a site that answers every path with a page; `elsewhere` is that of all but the home page."""

    class Site(QuietHandler):
        def do_GET(self) -> None:
            body = (html if elsewhere is None or self.path == "/" else elsewhere).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with listening(Server(Site)) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"


def profile_of(base: str, stored: dict[str, Any] | None = None, banner: str = "#bar") -> Profile:
    """The profile of such a site."""
    dialog = {"banner": banner, "accept": ["#yes"], "refuse": ["#no"]}
    return Profile.model_validate(
        {
            "site": {"name": "Shop", "base_url": base, "hosts": ["127.0.0.1"]},
            "consent": {"manager": "described", "stored": stored or {"name": "choice"}, "dialog": dialog},
            "categories": {
                "functionality": {
                    "label": "Needed",
                    "refusable": False,
                    "cookies": ["choice"],
                    "local_storage": ["choice"],
                },
                "analytics": {"label": "Statistics", "cookies": ["_ga"]},
            },
            "pages": {"articles": ["/a", "/b", "/c"]},
        }
    )
