"""Shops whose one fault lies beside the usual way: on pages that nobody thinks of, or in what visitors do there."""

from __future__ import annotations

import secrets
from email.utils import formatdate
from typing import ClassVar

from tests.strangers.manners.breach import URL, Breach
from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop

PICTURE = f'<img src="{URL}/px.gif" alt="">'


class _Beside(Breach):
    """A shop one page of which has a template of its own, with the counter's picture."""

    beside: ClassVar[str] = "/cookies"
    entry: ClassVar[str] = ""
    status: ClassVar[int] = 200
    seen_in = "the_same_holds_on_the_remaining or refusal_holds_on_the_remaining"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == self.beside:
            return Answer(self.page(asked).replace("</body>", f"{PICTURE}</body>"), status=self.status)
        return None

    def profile(self) -> str:
        return super().profile().replace('policy = "/cookies"', f'policy = "/cookies"\n{self.entry}')


class OnPolicy(_Beside):
    """The page of the policy counts."""


class OnImprint(_Beside):
    """The legal information counts."""

    beside = "/imprint"
    entry = 'legal = "/imprint"'


class OnError(_Beside):
    """The page for what does not exist counts."""

    beside = "/nowhere"
    entry = 'error = "/nowhere"'
    status = 404


class OnSearch(_Beside):
    """The search tells the counter what was looked for."""

    beside = "/search"
    entry = 'search = "/search?q=tea"'


class InFrench(_Beside):
    """The French pages count."""

    beside = "/fr"
    tail = '<a id="fr" href="/fr" hreflang="fr">En français</a>'
    seen_in = "refusal_holds_in_another"

    def profile(self) -> str:
        return super().profile().replace("[elements]", '[elements]\nlanguage = "#fr"')


class FrenchAgrees(InFrench):
    """Whoever changes the language is taken to agree."""

    broken = "has not chosen"
    seen_in = "no_choice_either and language"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == self.beside:
            return Answer(self.page(asked).replace("if (!chosen()) show();", 'if (!chosen()) decide("all");'))
        return None


class ByClick(Breach):
    """A click anywhere on the page is consent."""

    broken = "has not chosen"
    late = 'document.querySelector("main").addEventListener("click", () => { if (!chosen()) decide("all"); });'
    seen_in = "no_choice_either and clicking"


class ByComingBack(Breach):
    """Who comes back on another day without having chosen is taken to agree."""

    broken = "has not chosen"
    needed = ("choice", "seen")
    late = """const first = Number(read("seen"));
if (!first) document.cookie = `seen=${Date.now()}; path=/; max-age=15552000`;
else if (!chosen() && Date.now() - first > 3600000) decide("all");"""
    seen_in = "coming_back_without"


class LeakyForm(Breach):
    """What is typed into the field of the newsletter is told to the counter before it is sent."""

    tail = '<form action="/news" method="post"><input type="email" name="mail"><button>Send</button></form>'
    late = f"""document.addEventListener("change", (event) =>
  navigator.sendBeacon("{URL}/typed", event.target.value));"""
    seen_in = "clicked_and_typed"


class ByFocus(Breach):
    """A style of the field that has the keyboard asks the counter for a picture."""

    head = f"<style>[name=q]:focus {{ background: url({URL}/focus.gif); }}</style>"
    tail = '<input type="search" name="q">'
    seen_in = "clicked_and_typed"


class ByDate(Breach):
    """Recognises the visitor by the date of a cached script after all cookies were removed."""

    broken = "date of the last change of http://shop.localhost"
    tail = '<script src="/app.js"></script>'
    seen_in = "no_functionality_identifier_comes_back"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or asked.path != "/app.js":
            return None
        known = asked.headers.get("if-modified-since")
        date = known or formatdate(10**9 + secrets.randbelow(6 * 10**8), usegmt=True)
        headers = [("Last-Modified", date), ("Cache-Control", "no-cache")]
        return Answer("window.app = 1;", "text/javascript", 304 if known else 200, headers)


class BelowTheFold(Breach):
    """The banner scrolls: the refusal stands below a long text, and accepting beside it."""

    broken = "part in sight"
    banner = Shop.banner.replace(
        '<p>We use cookies.</p><button id="ok">Accept all</button> <button id="no">Reject all</button>',
        '<div style="height:90px;overflow:auto"><p>We use cookies.</p>'
        f'{"<p>We and our partners care for you.</p>" * 30}<button id="no">Reject all</button></div>'
        '<button id="ok">Accept all</button>',
    )
    seen_in = "hide_beside"


class InterestLeftOn(Breach):
    """Refusing everything leaves the switch of a legitimate interest on."""

    broken = "legitimate interest"
    banner = f"""{Shop.banner}<div id="settings" hidden style="position:fixed;top:40px;left:40px;background:#fff">
<label><input type="checkbox" id="stats"> Statistics</label>
<label><input type="checkbox" id="interest"> Measure advertising (legitimate interest)</label>
<button id="save">Save</button></div>"""
    late = """element("again").onclick = () => {
  element("stats").checked = chosen() === "all";
  element("interest").checked = Boolean(chosen());
  element("settings").hidden = false;
};
element("save").onclick = () => {
  element("settings").hidden = true;
  decide(element("stats").checked ? "all" : "none");
};"""
    seen_in = "left_on_by_a_refusal"

    def profile(self) -> str:
        described = """reopen = ["#again"]
preferences = ["#again"]
dialog = "#settings"
save = ["#save"]
[consent.dialog.categories.analytics]
control = "#stats"
"""
        return super().profile().replace('reopen = ["#again"]\n', described)
