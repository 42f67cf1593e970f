"""Rules about what a page shows (P01, P02, P05, P06, P09, P12, P13, P14, P16, P17, P20, P24, P25, P27)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from evidence.timeline import Timeline
from sites.profile import Category
from verdicts.finding import Verdict, on_page
from verdicts.wording import listed

HELD = Verdict()


def expect(timeline: Timeline, held: bool, rule: str, name: str, sentence: str, category: str = "") -> Verdict:
    """A finding with this rule and sentence unless it held."""
    return HELD if held else on_page(timeline, rule, name, sentence, category)


def asks(timeline: Timeline, asking: bool) -> Verdict:
    """The site asks for a choice (P02, P12, P13)."""
    return expect(
        timeline, asking, "not asked", "banner", "the site does not ask for a choice, although none is stored"
    )


def keeps_quiet(timeline: Timeline, asking: bool) -> Verdict:
    """The site does not ask a visitor who has chosen (P12)."""
    return expect(timeline, not asking, "asked again", "banner", "the site asks again, although the visitor has chosen")


def opens_preferences(timeline: Timeline, why_not: str) -> Verdict:
    """The preferences can be opened from this page (P02)."""
    sentence = f"the preferences cannot be opened from this page: {why_not}"
    return expect(timeline, not why_not, "preferences out of reach", "preferences", sentence)


def refuses_as_easily(timeline: Timeline, clicks: int | None) -> Verdict:
    """Refusing takes one click, as accepting does (P02). None: it is not offered at all."""
    told = "cannot be done from the banner" if clicks is None else f"takes {clicks} clicks, accepting takes one"
    return expect(timeline, clicks == 1, "harder to refuse", "refuse", f"refusing everything {told}")


def nothing_ticked(timeline: Timeline, on: Mapping[Category, bool | None]) -> Verdict:
    """No category that can be refused is on before the visitor has chosen (P10, P12)."""
    ticked = [str(category) for category, is_on in on.items() if is_on and category is not Category.FUNCTIONALITY]
    sentence = f"the preferences have {listed(ticked)} ticked before the visitor has chosen"
    return expect(timeline, not ticked, "ticked in advance", ", ".join(ticked), sentence, "".join(ticked[:1]))


def remembers(timeline: Timeline, on: Mapping[Category, bool | None], allowed: Collection[Category]) -> Verdict:
    """The preferences show what was chosen (P10, P12)."""
    optional = {category: bool(is_on) for category, is_on in on.items() if category is not Category.FUNCTIONALITY}
    wrong = [str(category) for category, is_on in optional.items() if is_on is not (category in allowed)]
    chosen = listed([str(category) for category in allowed]) or "nothing optional"
    sentence = f"the preferences show {listed(wrong)} otherwise than chosen; the visitor allowed {chosen}"
    return expect(timeline, not wrong, "choice not kept", ", ".join(wrong), sentence, "".join(wrong[:1]))


def refused(timeline: Timeline, on: Mapping[Category, bool | None], category: Category) -> Verdict:
    """The preferences show this category as refused (P11)."""
    sentence = f"the preferences show {category} cookies as allowed, although consent was withdrawn"
    return expect(timeline, not on.get(category), "choice not kept", str(category), sentence, category)


def offers_exactly(
    timeline: Timeline, offered: Collection[Category], declared: Collection[Category], others: Collection[str]
) -> Verdict:
    """The preferences offer the policy's categories and no other (P05)."""
    missing = [str(category) for category in declared if category not in offered]
    sentence = f"the preferences do not offer {listed(missing)}, which the policy announces"
    if missing:
        return on_page(timeline, "category missing", ", ".join(missing), sentence, missing[0])
    sentence = f"the preferences offer {listed(list(others))}, which the policy does not announce"
    return expect(timeline, not others, "category not announced", ", ".join(others), sentence)


def locked_on(timeline: Timeline, on: bool | None, locked: bool) -> Verdict:
    """The functionality switch is on and cannot be moved (P20)."""
    told = "can be switched off" if on else "is off"
    sentence = f"the functionality switch {told}"
    return expect(timeline, bool(on) and locked, "functionality unlocked", "functionality", sentence, "functionality")


def leads(timeline: Timeline, link: str | None, name: str) -> Verdict:
    """A visible link leads somewhere (P01)."""
    sentence = f"no visible link on this page leads to the {name}"
    return expect(timeline, bool(link), "link missing", name, sentence)


def lists_all(timeline: Timeline, listed_names: Collection[str], stored: Collection[str]) -> Verdict:
    """The policy's table names every stored cookie (P05)."""
    missing = sorted(name for name in stored if name not in set(listed_names))
    sentence = (
        f"the policy's table does not name {listed(missing)}, which {'is' if len(missing) == 1 else 'are'} stored"
    )
    return expect(timeline, not missing, "not in the policy's table", ", ".join(missing), sentence)
