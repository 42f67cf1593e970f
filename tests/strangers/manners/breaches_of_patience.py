"""Shops whose one fault is that they do not take no for an answer, or take something else for a yes."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.breach import IDENTIFIER, URL, Breach
from tests.strangers.manners.shop import Answer, Asked, Shop

DONE = "nothing_that_is_done"
FIRST = "first_click"


class AsksOnPolicy(Breach):
    """Asks again on the page of the policy."""

    broken = "asks again"
    seen_in = "on_no_page"
    late = 'if (chosen() && location.pathname === "/cookies") show();'


class AsksEachFifth(Breach):
    """Asks whoever has refused again on each fifth page."""

    broken = "asks again"
    needed = ("choice", "pages")
    seen_in = "on_no_page"
    late = """const pages = Number(read("pages") || 0) + 1;
document.cookie = `pages=${pages}; path=/; max-age=9000`;
if (chosen() === "none" && pages % 5 === 0) show();"""


class AsksAfterAWhile(Breach):
    """Asks whoever has refused again once they have stayed for twenty seconds."""

    broken = "asks again"
    seen_in = "however_long"
    late = 'if (chosen() === "none") setTimeout(show, 20000);'


class AsksOnTurning(Breach):
    """Asks whoever has refused again when the pointer leaves the window."""

    broken = "asks again"
    seen_in = "whatever_the_visitor"
    late = """if (chosen() === "none") document.addEventListener("mouseout", (event) => {
  if (!event.relatedTarget) show();
});"""


class AreYouSure(Breach):
    """Asks who refuses whether they are sure."""

    broken = "refuses nothing"
    seen_in = FIRST
    late = """element("no").onclick = ({ target }) => {
  if (target.dataset.sure) decide("none");
  else target.textContent = target.dataset.sure = "Are you sure? Reject";
};"""


class Covered(Breach):
    """A transparent box lies over what refuses."""

    broken = "is covered by"
    seen_in = FIRST
    banner = (
        Shop.banner.replace("</div>", '<span style="position:absolute;inset:0;z-index:1"></span></div>')
        .replace('<button id="no">', '<button id="no" style="position:relative">')
        .replace('<button id="ok">', '<button id="ok" style="position:relative;z-index:2">')
    )


class CountsDown(Breach):
    """The button that refuses works after ten seconds alone."""

    broken = "refuses nothing"
    seen_in = FIRST
    late = """if (!chosen()) {
  element("no").disabled = true;
  setTimeout(() => { element("no").disabled = false; }, 10000);
}"""


class KeepsWaiting(Breach):
    """Accepting is done at once, and refusing shows for half a minute that the choice is being processed."""

    broken = "refuses nothing"
    seen_in = FIRST
    late = """element("no").onclick = () => {
  ask.innerHTML = "<p>Please wait while your choice is processed.</p>";
  setTimeout(() => decide("none"), 30000);
};"""


class ByTyping(Breach):
    """Typing into the search is consent."""

    broken = "has not chosen"
    seen_in = DONE
    tail = '<input type="search" name="q">'
    late = 'document.addEventListener("input", () => { if (!chosen()) decide("all"); });'


class ByCopying(Breach):
    """Copying is consent."""

    broken = "has not chosen"
    seen_in = DONE
    late = 'document.addEventListener("copy", () => { if (!chosen()) decide("all"); });'


class ByReloading(Breach):
    """Loading a page anew is consent."""

    broken = "has not chosen"
    seen_in = DONE
    late = 'if (!chosen() && performance.getEntriesByType("navigation")[0].type === "reload") decide("all");'


class ByGoingBack(Breach):
    """Going back is consent."""

    broken = "has not chosen"
    seen_in = DONE
    late = """if (!chosen() && performance.getEntriesByType("navigation")[0].type === "back_forward") decide("all");
addEventListener("pageshow", ({ persisted }) => { if (persisted && !chosen()) decide("all"); });"""


class ByReturning(Breach):
    """Looking at another tab and returning is consent."""

    broken = "has not chosen"
    seen_in = DONE
    late = """document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !chosen()) decide("all");
});"""


class ByLetter(Breach):
    """Whoever comes by a link of a letter is taken to agree."""

    broken = "has not chosen"
    seen_in = "letter_before_a_choice"
    late = 'if (!chosen() && location.search.includes("utm_")) decide("all");'


class CountsCampaigns(Breach):
    """Counts who comes by an advertisement and has refused, and says nothing of it."""

    seen_in = "advertisement and refusal"
    late = f'if (/utm_|clid/.test(location.search)) new Image().src = "{URL}/ad.gif";'


class BeatsOn(Breach):
    """The page on which consent was withdrawn goes on telling the counter that it is open."""

    seen_in = "withdrawing_everything"
    late = f"""if (chosen() === "all") setInterval(() => navigator.sendBeacon("{URL}/beat"), 12000);"""


class NamedLinks(Breach):
    """Links that leave the site get the session's number when they are pressed."""

    broken = "a link to other.localhost"
    needed: ClassVar[tuple[str, ...]] = ("choice", "sid")
    seen_in = "made_up_for"
    tail = '<p><a href="http://other.localhost:[[port]]/about">Another site</a></p>'
    late = f"""if (!read("sid")) document.cookie = "sid=" + {IDENTIFIER} + "; path=/";
document.addEventListener("mousedown", (event) => {{
  const link = event.target.closest("a");
  if (link && link.host !== location.host && !link.search) link.search = "?from=" + read("sid");
}});"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("<h1>Other</h1>") if asked.host == "other.localhost" else None


class CountsNextDayAgain(Breach):
    """Counts whoever comes back half a day after a withdrawal."""

    needed = ("choice", "had")
    seen_in = "withdrawal_holds"
    late = f"""const had = Number(read("had") || 0);
if (chosen() === "all") document.cookie = `had=${{Date.now()}}; path=/; max-age=9000000`;
else if (had && Date.now() - had > 43200000) navigator.sendBeacon("{URL}/again");"""


class _WithSettings(Breach):
    """A shop whose settings have a switch. `on_saving` is what saving does, `on_closing` what closing does."""

    on_saving: ClassVar[str] = 'decide(element("stats").checked ? "all" : "none");'
    on_closing: ClassVar[str] = ""
    banner = f"""{Shop.banner.replace("</div>", ' <button id="more">Settings</button></div>')}
<div id="settings" hidden style="position:fixed;top:40px;left:40px;background:#fff">
<label><input type="checkbox" id="stats"> Statistics</label>
<button id="save">Save</button> <button id="close">Close</button></div>"""

    def page(self, asked: Asked) -> str:
        script = f"""<script>element("again").onclick = element("more").onclick = () => {{
  element("stats").checked = chosen() === "all";
  element("settings").hidden = false;
}};
element("close").onclick = () => {{ element("settings").hidden = true; {self.on_closing} }};
element("save").onclick = () => {{ element("settings").hidden = true; {self.on_saving} }};
addEventListener("keydown", (event) => {{ if (event.key === "Escape") element("close").click(); }});</script>"""
        return super().page(asked).replace("</body>", f"{script}</body>")

    def profile(self) -> str:
        described = """reopen = ["#again"]
preferences = ["#more"]
dialog = "#settings"
save = ["#save"]
close = ["#close"]
[consent.dialog.categories.analytics]
control = "#stats"
"""
        return super().profile().replace('reopen = ["#again"]\n', described)


class LooksAreConsent(_WithSettings):
    """Whoever has refused, looks at the settings and closes them is taken to agree."""

    broken = "_ga"
    seen_in = "whoever_looks"
    on_closing = 'if (chosen() === "none") decide("all");'


class SavesNothingAsAll(_WithSettings):
    """Whoever saves the settings without touching them is taken to agree."""

    broken = "_ga"
    seen_in = "preferences_with_nothing"
    on_saving = 'decide("all");'
