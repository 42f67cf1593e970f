"""Clean shops that look like those which hide something: a worker that sums, states of a tab, parts that fold."""

from __future__ import annotations

from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop


class Summing(Shop):
    """A worker sums up the text of the build, and the shop is told eight digits of that."""

    late = """new Worker("/sum.js").onmessage = ({data}) => fetch(`/health?build=${data}`);"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or asked.path not in ("/health", "/sum.js"):
            return None
        script = """let sum = 7;
for (const one of "build 20261130") sum = Math.imul(sum, 31) + one.charCodeAt(0) >>> 0;
postMessage(sum.toString(16).padStart(8, "0"));"""
        return Answer(status=204) if asked.path == "/health" else Answer(script, "text/javascript")


class Folding(Shop):
    """Parts of the page fold and are loaded once they are opened; the tab's history has a number for each page."""

    tail = '<form action="/tea" role="search"><input name="q" aria-label="Search"><button>Search</button></form>'
    late = """history.replaceState({ key: crypto.randomUUID(), scrolled: 0 }, "");
document.addEventListener("toggle", ({target}) => {
  if (target.open) fetch(`/part?of=${location.pathname}`);
}, true);"""

    def main(self, path: str) -> str:
        return f"{super().main(path)}<details><summary>Delivery</summary><p>Two days.</p></details>"

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("Two days.", "text/plain") if asked.host == SHOP and asked.path == "/part" else None
