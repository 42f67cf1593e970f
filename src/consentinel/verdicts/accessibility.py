"""Rules about who can use the consent dialog (R-KEYBOARD, R-TAB, R-AXE, R-FOCUS and their like)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from consentinel.evidence.dialog_audit import AxeReport, Breach, Button, FocusPath, FocusStop, Heard, Stillness
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.messages import listed, shortened

LEAST_CONTRAST = 4.5
"""Contrast of text against its background, as WCAG 2.2, success criterion 1.4.3, asks for ordinary letters."""

MOST_OF_A_RULE = 5
"""Elements that break one rule of axe-core and are named one by one."""


def breaks_no_axe_rule(timeline: Timeline, report: AxeReport) -> Verdict:
    """Nothing in a layer of the dialog breaks a rule of axe-core (R-AXE). What axe cannot tell is a note."""
    verdict = Verdict(
        notes=tuple(dict.fromkeys(f"axe-core cannot tell: {_breach_in_words(one)}" for one in report.unclear))
    )
    for rows in _by_rule(report.broken).values():
        for one in rows[:MOST_OF_A_RULE]:
            more = f"; so do {len(rows) - MOST_OF_A_RULE} more elements" if len(rows) > MOST_OF_A_RULE else ""
            verdict += on_page(timeline, f"axe: {one.rule}", one.element, f"{_breach_in_words(one)}{more}")
    return verdict


def keyboard_is_enough(timeline: Timeline, out_of_reach: str) -> Verdict:
    """The keyboard got at everything that the visitor's last choice took (R-KEYS)."""
    statement = f"the choice cannot be made by keyboard: {out_of_reach}"
    return on_page(timeline, "choice out of reach", "banner", statement) if out_of_reach else Verdict()


def reaches_each(timeline: Timeline, buttons: Iterable[Button], reached: Mapping[str, Collection[str]]) -> Verdict:
    """The Tab key reaches each button of each layer (R-TAB). `reached` are the names of buttons by layer."""
    shown = [one for one in buttons if one.shows]
    verdict = Verdict() if shown else Verdict(doubts=("no button of the dialog was found by its selector",))
    for one in shown:
        if one.name not in reached.get(one.layer, ()):
            statement = f"{_button(one)} cannot be reached by keyboard"
            verdict += on_page(timeline, "out of the keyboard's reach", one.name, statement)
    return verdict


def focus_goes_and_comes(timeline: Timeline, path: FocusPath) -> Verdict:
    """The keyboard goes into the preferences as they open, and comes back to where they were opened (R-FOCUS)."""
    verdict = Verdict()
    if not path.goes_in:
        statement = "the keyboard is not in the preferences when they have opened, and the next Tab does not lead there"
        verdict += on_page(timeline, "focus does not go in", "preferences", statement)
    if not path.comes_back:
        statement = "the keyboard does not come back to what opened the preferences when they have closed"
        verdict += on_page(timeline, "focus does not come back", "preferences", statement)
    return verdict if verdict.findings or not path.doubt else Verdict(doubts=(path.doubt,))


def hides_no_focus(timeline: Timeline, stops: Collection[FocusStop]) -> Verdict:
    """Nothing on the page that has the keyboard is hidden whole by the dialog (R-OBSCURED)."""
    covered = [one for one in stops if one.seen == "covered"]
    unclear = [one for one in stops if one.seen == "unclear"]
    if covered:
        one, more = covered[0], len(covered) - 1
        others = f"; so is it on {more} more of {len(stops)} elements" if more else ""
        statement = f"the keyboard is on {one.label}, and nobody sees it: {one.by} covers all of it{others}"
        return on_page(timeline, "focus covered", "banner", statement)
    if unclear:
        by = f": {unclear[0].by} lies over it and may let it shine through" if unclear[0].by else ""
        return Verdict(doubts=(f"whether {unclear[0].label} can be seen while it has the keyboard is unclear{by}",))
    away = sum(one.seen == "away" for one in stops)
    outside = f", {away} of them outside the window, where no banner covers them" if away else ""
    return Verdict(notes=(f"beside the dialog the Tab key came to {len(stops)} elements of the page{outside}",))


def keeps_still(timeline: Timeline, layers: Iterable[Stillness]) -> Verdict:
    """No layer of the dialog moves for visitors who ask for less motion (R-MOTION)."""
    verdict = Verdict()
    for one in layers:
        if not one.asked:
            verdict += Verdict(doubts=("the page was not shown that less motion is asked for",))
        elif not one.watched:
            verdict += Verdict(
                doubts=(f"the page was not watched from its beginning, or the {one.layer} does not show",)
            )
        elif one.moves:
            statement = (
                f"something moves the {one.layer}, although the visitor asked for less motion: {listed(one.moves[:2])}"
            )
            verdict += on_page(timeline, "moves", one.layer, statement)
    return verdict


def is_heard(timeline: Timeline, layers: Iterable[Heard]) -> Verdict:
    """A screen reader hears of each layer (R-HEARD)."""
    verdict = Verdict()
    for one in layers:
        if one.hidden:
            statement = f"aria-hidden keeps the {one.layer} from screen readers"
            verdict += on_page(timeline, "not heard", one.layer, statement)
        elif not one.ways:
            statement = (
                f"nothing tells a screen reader of the {one.layer}: no role with a name, no live region, no keyboard "
                "in it, and something else comes first on the page"
            )
            verdict += on_page(timeline, "not heard", one.layer, statement)
        else:
            verdict += Verdict(notes=(f"how a screen reader hears of the {one.layer}: {listed(one.ways)}",))
    return verdict


def can_be_left(timeline: Timeline, path: FocusPath, reached: Collection[str], has_close: bool) -> Verdict:
    """The preferences can be left by keyboard without a choice: by Escape, or by a button that closes (R-LEAVE)."""
    if path.escapes or "close" in reached:
        return Verdict()
    if not has_close:
        return Verdict(doubts=("Escape does not close the preferences, and no selector says what does",))
    statement = "the preferences cannot be left by keyboard without a choice: neither Escape nor a button closes them"
    return on_page(timeline, "keyboard trap", "close", statement)


def loses_no_button(
    timeline: Timeline, narrow: Iterable[Button], on_a_wide_screen: Callable[[], Iterable[Button]]
) -> Verdict:
    """Every button that a wide screen has can be clicked on a screen 320 CSS px wide (R-REFLOW).

    `on_a_wide_screen` fetches the buttons there; it is called where one cannot be clicked here. Of a button that is not
    shown here nothing is known: another may stand in for it.
    """
    here = list(narrow)
    said = Verdict(notes=tuple(_words(here)))
    lost = [one for one in here if one.reason]
    if not lost:
        return said if here else Verdict(doubts=("no button of the dialog is known by selector",))
    there = {(one.layer, one.name): one for one in on_a_wide_screen() if one.shows and not one.reason}
    verdict = said
    for one in lost:
        known = there.get((one.layer, one.name))
        if known and one.shows:
            statement = f"on a screen 320 px wide {_button(known)} is lost: {one.reason}"
            verdict += on_page(timeline, "lost on a narrow screen", one.name, statement)
        elif known:
            statement = (
                f"on a screen 320 px wide {_button(known)} was not found: {one.reason}; another may stand in for it"
            )
            verdict += Verdict(doubts=(statement,))
    none = ("no button of the dialog was found, on a wide screen either",)
    return verdict if there or any(one.shows for one in here) else Verdict(doubts=none)


def refusal_can_be_read(timeline: Timeline, report: AxeReport) -> Verdict:
    """The text of the button that refuses stands out from its background (R-CONTRAST)."""
    verdict = Verdict()
    for one in report.broken:
        statement = (
            f"the button that refuses has a contrast of {one.ratio:g}:1 against its background; "
            f"WCAG 1.4.3 asks for {LEAST_CONTRAST}:1"
        )
        verdict += on_page(timeline, "refusal without contrast", "refuse", statement)
    unclear = ("the contrast of the button that refuses cannot be measured: its background is no plain colour",)
    return verdict if report.broken or not report.unclear else Verdict(doubts=unclear)


def _breach_in_words(one: Breach) -> str:
    criteria = f"WCAG {listed(list(one.criteria))}, " if one.criteria else ""
    where = "banner" if one.layer == "banner" else "preferences"
    return f"{one.help} ({criteria}axe's rule {one.rule}), in the {where}: {shortened(one.html)}"


def _words(buttons: Iterable[Button]) -> Iterator[str]:
    """Return what the buttons of each layer say, for a reader."""
    by_layer: dict[str, list[str]] = {}
    for one in buttons:
        if one.label:
            by_layer.setdefault(one.layer, []).append(f'"{shortened(one.label)}" ({one.name})')
    return (f"the buttons of the {layer} say {listed(texts)}" for layer, texts in by_layer.items())


def _button(one: Button) -> str:
    label = f' "{shortened(one.label)}"' if one.label else ""
    return f"the button{label} that serves to {_SERVES[one.name]}"


_SERVES = {
    "accept": "accept everything",
    "refuse": "refuse everything",
    "preferences": "open the preferences",
    "save": "save the preferences",
    "close": "close the dialog",
}


def _by_rule(broken: Iterable[Breach]) -> dict[tuple[str, str], list[Breach]]:
    found: dict[tuple[str, str], list[Breach]] = {}
    for one in broken:
        found.setdefault((one.layer, one.rule), []).append(one)
    return found
