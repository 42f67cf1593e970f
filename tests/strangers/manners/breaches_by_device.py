"""Shops whose one fault shows on some devices alone, on paper, or when the window changes."""

from __future__ import annotations

from tests.strangers.manners.breach import URL, Breach
from tests.strangers.manners.shop import SHOP, Answer, Asked

WINDOW = "becomes_of_the_window"
REFUSE = '<button id="no">Reject all</button>'


class UnrefusedByPhone(Breach):
    """Narrow screens do not show what refuses."""

    broken = "refusing"
    head = "<style>@media (max-width: 500px) { #no { display: none } }</style>"
    seen_in = "by_phone_one_click"


class UnrefusedByAgent(Breach):
    """The server leaves out what refuses where the browser is a phone's."""

    broken = "refusing"
    seen_in = "by_phone_one_click"

    def answer(self, asked: Asked) -> Answer | None:
        is_phone = "mobile" in asked.headers.get("user-agent", "").lower()
        if is_phone and asked.host == SHOP and asked.path in ("/", *self.articles):
            return Answer(self.page(asked).replace(REFUSE, '<a id="no" hidden></a>'))
        return None


class UnrefusedInTheDark(Breach):
    """In dark colours nothing refuses."""

    broken = "refusing"
    head = "<style>@media (prefers-color-scheme: dark) { #no { display: none } }</style>"
    seen_in = "in_dark_colours_one_click"


class UnrefusedInFrench(Breach):
    """The French banner has nothing that refuses."""

    broken = "refusing"
    tail = '<a id="fr" href="/fr" hreflang="fr">En français</a>'
    seen_in = "in_another_language_one_click"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/fr":
            return Answer(self.page(asked).replace(REFUSE, '<a id="no" hidden></a>'))
        return None

    def profile(self) -> str:
        return super().profile().replace("[elements]", '[elements]\nlanguage = "#fr"')


class CountsPhones(Breach):
    """Phones are counted before a choice."""

    seen_in = "a_phone and not refus"
    late = f"if (innerWidth < 500) new Image().src = '{URL}/phone.gif';"


class CountsRefusedPhones(Breach):
    """Phones are counted once they have refused."""

    seen_in = "refusal_by_phone"
    late = f"if (innerWidth < 500 && chosen()) new Image().src = '{URL}/phone.gif';"


class InTheDark(Breach):
    """A style for dark colours has a picture of the counter's."""

    seen_in = "refusal_in_dark"
    head = f"<style>@media (prefers-color-scheme: dark) {{ body {{ background: url({URL}/dark.gif) }} }}</style>"


class OnPaper(Breach):
    """A style for paper has a picture of the counter's."""

    seen_in = WINDOW
    head = f"<style>@media print {{ body {{ background: url({URL}/print.gif) }} }}</style>"


class BeforePrinting(Breach):
    """Tells the counter that a page is printed."""

    seen_in = WINDOW
    late = f"addEventListener('beforeprint', () => navigator.sendBeacon('{URL}/print'));"


class OnResizing(Breach):
    """Tells the counter of the window's size each time that it changes."""

    seen_in = WINDOW
    late = f"addEventListener('resize', () => navigator.sendBeacon('{URL}/size', `${{innerWidth}}`));"


class OnReturning(Breach):
    """Tells the counter when a visitor who has refused returns to the tab."""

    seen_in = WINDOW
    late = f"""document.addEventListener("visibilitychange", () => {{
  if (!document.hidden && chosen() === "none") navigator.sendBeacon("{URL}/back");
}});"""
