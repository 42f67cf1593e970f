"""Shops with one fault in how they ask, understand a choice or keep it."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.breach import URL, Breach
from tests.strangers.manners.shop import Shop


class ByScroll(Breach):
    """Takes scrolling for consent."""

    broken = "has not chosen"
    late = "addEventListener('scroll', () => { if (!chosen()) decide('all'); }, {once: true});"
    head = "<style>main { min-height: 300vh; }</style>"
    seen_in = "doing and scrolling"


class ByCross(Breach):
    """Takes the cross of the banner for consent."""

    broken = "only functionality items were allowed"
    banner = Shop.banner.replace("<p>", '<button id="x" aria-label="Close">&times;</button><p>')
    late = 'element("x").onclick = () => decide("all");'
    seen_in = "closing_the_banner"

    def profile(self) -> str:
        return super().profile().replace('reopen = ["#again"]', 'reopen = ["#again"]\ndismiss = ["#x"]')


class ByTime(Breach):
    """Takes half a minute for consent."""

    broken = "has not chosen"
    late = "setTimeout(() => { if (!chosen()) decide('all'); }, 30000);"
    seen_in = "waiting"


class ForASession(Breach):
    """Keeps a refusal only until the browser is closed."""

    broken = "asks again"
    functions: ClassVar[dict[str, str]] = {
        "remember": """function remember(choice) {
  document.cookie = `choice=${choice}; path=/` + (choice === "all" ? "; max-age=15552000" : "");
}"""
    }
    seen_in = "closed_and_opened"


class ForAnHour(Breach):
    """Keeps a refusal for an hour."""

    broken = "asks again"
    functions: ClassVar[dict[str, str]] = {
        "remember": """function remember(choice) {
  document.cookie = `choice=${choice}; path=/; max-age=${choice === "all" ? 15552000 : 3600}`;
}"""
    }
    seen_in = "next_day"


class CountsNextDay(Breach):
    """Counts whoever comes back half a day after a refusal."""

    functions: ClassVar[dict[str, str]] = {
        "chosen": 'function chosen() { return (read("choice") || "").split(".")[0]; }',
        "remember": """function remember(choice) {
  document.cookie = `choice=${choice}.${Date.now()}; path=/; max-age=15552000`;
}""",
    }
    late = f"""const at = Number((read("choice") || "").split(".")[1]);
if (at && Date.now() - at > 43200000) new Image().src = "{URL}/back";"""
    seen_in = "returns_after_a_day"


class Prolonged(Breach):
    """Prolongs the choice with each visit."""

    broken = "choice"
    late = "if (chosen()) remember(chosen());"
    seen_in = "does_not_prolong"


class Tiny(Breach):
    """The refusal is a tiny grey word beside a large button."""

    broken = "hides: its button"
    banner = Shop.banner.replace('<button id="ok">', '<button id="ok" style="font-size:24px;padding:20px">').replace(
        '<button id="no">', '<button id="no" style="font-size:9px;padding:0;border:0;opacity:.5">'
    )
    seen_in = "hide_beside"


class ByKeyOnly(Breach):
    """The refusal is an element that no key reaches."""

    broken = "by keyboard"
    banner = Shop.banner.replace('<button id="no">Reject all</button>', '<span id="no">Reject all</span>')
    seen_in = "by_keyboard"


class OnEmptyRefusal(Breach):
    """Works the analytics tag whatever is chosen, as its condition is wrong."""

    broken = "_ga"
    script = Shop.script.replace('else if (chosen() === "all") track();', "else track();")
    seen_in = "allowing_allowed and optional"


class AskedAgain(Breach):
    """Asks again on each page, although the visitor has refused."""

    broken = "asks again"
    script = Shop.script.replace("if (!chosen()) show();", 'if (chosen() !== "all") show();')
    seen_in = "allowing_allowed and optional"
