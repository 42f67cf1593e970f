"""Who can use the consent dialog, judged from what was seen of it."""

from __future__ import annotations

import pytest

from consentinel.evidence.dialog_audit import (
    AxeReport,
    Breach,
    Button,
    Effort,
    FocusPath,
    FocusStop,
    Heard,
    Stillness,
)
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import accessibility as rules
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.page_rules import (
    shuts_nobody_out,
    withdraws_as_easily,
    withdraws_as_easily_everywhere,
)

NOTHING = Timeline.of("visitor", "chromium", ())
CONTRAST = Breach(
    "color-contrast", "Elements must have contrast", ("1.4.3",), "#refuse", "<button>No</button>", "banner", 2.1
)
ACCEPT = Button("accept", "Yes", "banner", True, "")
REFUSE = Button("refuse", "No", "banner", True, "")
SAVE = Button("save", "Save", "preferences", True, "")


def told(verdict: Verdict) -> list[str]:
    return [one.sentence for one in verdict.findings]


def test_each_breach_of_an_axe_rule_names_the_rule_the_element_and_the_criterion() -> None:
    verdict = rules.breaks_no_axe_rule(NOTHING, AxeReport(broken=(CONTRAST,)))
    assert told(verdict) == [
        "Elements must have contrast (WCAG 1.4.3, axe's rule color-contrast), in the banner: <button>No</button>"
    ]
    assert (verdict.findings[0].rule, verdict.findings[0].name) == ("axe: color-contrast", "#refuse")


def test_of_many_elements_that_break_one_rule_some_are_named() -> None:
    verdict = rules.breaks_no_axe_rule(NOTHING, AxeReport(broken=(CONTRAST,) * 7))
    assert len(verdict.findings) == rules.MOST_OF_A_RULE
    assert told(verdict)[0].endswith("; so do 2 more elements")


def test_what_axe_cannot_tell_is_a_note_and_no_finding() -> None:
    verdict = rules.breaks_no_axe_rule(NOTHING, AxeReport(unclear=(CONTRAST,)))
    assert (verdict.findings, verdict.doubts) == ((), ())
    assert verdict.notes[0].startswith("axe-core cannot tell: Elements must have contrast")


def test_a_button_out_of_the_keyboards_reach_is_named_by_what_it_does() -> None:
    buttons = (ACCEPT, REFUSE, SAVE)
    verdict = rules.reaches_each(NOTHING, buttons, {"banner": {"accept", "refuse"}, "preferences": set()})
    assert told(verdict) == ['The button "Save" that serves to save the preferences cannot be reached by keyboard']
    clean = rules.reaches_each(NOTHING, buttons, {"banner": {"accept", "refuse"}, "preferences": {"save"}})
    assert clean == Verdict()
    assert rules.reaches_each(NOTHING, (), {}).doubts


def test_what_the_keyboard_does_not_get_at_is_a_finding() -> None:
    assert told(rules.keyboard_is_enough(NOTHING, "the Tab key does not reach #save")) == [
        "The choice cannot be made by keyboard: the Tab key does not reach #save"
    ]
    assert rules.keyboard_is_enough(NOTHING, "") == Verdict()


def test_what_the_banner_covers_whole_is_named_with_what_covers_it() -> None:
    covered, seen = FocusStop("covered", '<a> "Article"', 7, "<section#bar>"), FocusStop("seen", "<a>")
    (sentence,) = told(rules.hides_no_focus(NOTHING, (seen, covered, covered)))
    assert sentence == (
        'The keyboard is on <a> "Article", and nobody sees it: <section#bar> covers all of it; '
        "so is it on 1 more of 3 elements"
    )
    unclear = rules.hides_no_focus(NOTHING, (seen, FocusStop("unclear", "<a>", 9, "<div#veil>")))
    assert (unclear.findings, len(unclear.doubts)) == ((), 1)
    clean = rules.hides_no_focus(NOTHING, (seen,))
    assert (clean.findings, clean.doubts) == ((), ())


def test_a_layer_that_moves_is_named_with_what_moves_it() -> None:
    moving = Stillness("banner", ("<div> is moved by an animation of transform for 400 ms",), asked=True, watched=True)
    (sentence,) = told(rules.keeps_still(NOTHING, (moving, Stillness("preferences", (), asked=True, watched=True))))
    assert sentence == (
        "Something moves the banner, although the visitor asked for less motion: "
        "<div> is moved by an animation of transform for 400 ms"
    )


@pytest.mark.parametrize(("asked", "watched"), [(False, True), (True, False)])
def test_without_the_wish_or_the_watch_nothing_is_known_of_motion(asked: bool, watched: bool) -> None:
    verdict = rules.keeps_still(NOTHING, (Stillness("banner", ("it moves",), asked=asked, watched=watched),))
    assert (verdict.findings, len(verdict.doubts)) == ((), 1)


def test_a_layer_of_which_nothing_tells_is_a_finding_and_so_is_one_kept_from_screen_readers() -> None:
    verdict = rules.is_heard(
        NOTHING, (Heard("banner", ()), Heard("preferences", ("it has the keyboard",), hidden=True))
    )
    assert [one.rule for one in verdict.findings] == ["not heard", "not heard"]
    assert told(verdict)[1] == "Aria-hidden keeps the preferences from screen readers"
    clean = rules.is_heard(NOTHING, (Heard("banner", ("it is the first that the page says",)),))
    assert (clean.findings, clean.doubts) == ((), ())
    assert clean.notes == ("how a screen reader hears of the banner: it is the first that the page says",)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (FocusPath(goes_in=True, escapes=True), []),
        (FocusPath(goes_in=False, escapes=True), ["focus does not go in"]),
        (FocusPath(goes_in=True, comes_back=False), ["focus does not come back"]),
    ],
)
def test_the_keyboard_goes_in_and_comes_back(path: FocusPath, found: list[str]) -> None:
    assert [one.rule for one in rules.focus_goes_and_comes(NOTHING, path).findings] == found


def test_preferences_without_escape_are_left_by_a_button_that_the_keyboard_reaches() -> None:
    path = FocusPath(goes_in=True)
    assert rules.can_be_left(NOTHING, FocusPath(goes_in=True, escapes=True), (), True) == Verdict()
    assert rules.can_be_left(NOTHING, path, {"close"}, True) == Verdict()
    assert [one.rule for one in rules.can_be_left(NOTHING, path, (), True).findings] == ["keyboard trap"]
    assert rules.can_be_left(NOTHING, path, (), False).doubts


def test_a_button_is_lost_on_a_narrow_screen_only_if_a_wide_one_has_it() -> None:
    covered = Button("refuse", "No", "banner", True, "<button> is covered by <div#chat>")
    hidden = Button("refuse", "", "banner", False, "it does not show")
    (sentence,) = told(rules.loses_no_button(NOTHING, (ACCEPT, covered), lambda: (ACCEPT, REFUSE)))
    assert sentence == (
        'On a screen 320 px wide the button "No" that serves to refuse everything is lost: '
        "<button> is covered by <div#chat>"
    )
    verdict = rules.loses_no_button(NOTHING, (ACCEPT, hidden), lambda: (ACCEPT, REFUSE))
    assert (verdict.findings, len(verdict.doubts)) == ((), 1)
    clean = rules.loses_no_button(NOTHING, (ACCEPT, hidden), lambda: (ACCEPT, hidden))
    assert (clean.findings, clean.doubts) == ((), ())
    assert rules.loses_no_button(NOTHING, (hidden,), lambda: (hidden,)).doubts


def test_a_clean_narrow_screen_asks_no_wide_one_and_notes_what_the_buttons_say() -> None:
    def never() -> tuple[Button, ...]:
        raise AssertionError

    verdict = rules.loses_no_button(NOTHING, (ACCEPT, REFUSE, SAVE), never)
    assert (verdict.findings, verdict.doubts) == ((), ())
    assert verdict.notes == (
        'the buttons of the banner say "Yes" (accept) and "No" (refuse)',
        'the buttons of the preferences say "Save" (save)',
    )


def test_the_contrast_of_refusing_is_named_with_whose_number_it_is_held_to() -> None:
    (sentence,) = told(rules.refusal_can_be_read(NOTHING, AxeReport(broken=(CONTRAST,))))
    assert sentence.endswith("has a contrast of 2.1:1 against its background; WCAG 1.4.3 asks for 4.5:1")
    assert rules.refusal_can_be_read(NOTHING, AxeReport(unclear=(CONTRAST,))).doubts
    assert rules.refusal_can_be_read(NOTHING, AxeReport()) == Verdict()


def test_withdrawing_may_take_one_click_more_than_consenting() -> None:
    assert withdraws_as_easily(NOTHING, 2, 1) == Verdict()
    assert told(withdraws_as_easily(NOTHING, 5, 1)) == ["Taking consent back takes 5 clicks, giving it takes 1"]


def test_a_withdrawal_is_measured_on_every_page_and_by_keyboard() -> None:
    efforts = (
        Effort("home page", clicks=2, given=1, stops=31),
        Effort("article", clicks=5, given=1, stops=9),
        Effort("cookie policy", clicks=2, given=1, missed="the Tab key does not reach #link"),
        Effort("basket", doubt="the banner is in a frame"),
    )
    verdict = withdraws_as_easily_everywhere(NOTHING, efforts, 2)
    assert told(verdict) == [
        "On the article taking consent back takes 5 clicks, giving it takes 1",
        "Consent can be given by keyboard, and on the cookie policy it cannot be taken back so: "
        "the Tab key does not reach #link",
    ]
    assert verdict.doubts == ("on the basket: the banner is in a frame",)
    assert verdict.notes[0] == (
        "on the home page consent is taken back by 2 clicks or 31 presses of the Tab key; giving it takes 1 and 2"
    )


def test_who_cannot_consent_by_keyboard_need_not_withdraw_by_it() -> None:
    missed = Effort("home page", clicks=2, given=1, missed="the Tab key does not reach #link")
    verdict = withdraws_as_easily_everywhere(NOTHING, (missed,), None)
    assert (verdict.findings, len(verdict.doubts)) == ((), 1)


def test_a_page_without_content_after_a_refusal_is_a_wall_however_long_its_excuse() -> None:
    assert told(shuts_nobody_out(NOTHING, 120, 2000)) == [
        "After a refusal the page shows 120 letters, and 2000 before a choice"
    ]
    assert told(shuts_nobody_out(NOTHING, None, 2000))
    assert shuts_nobody_out(NOTHING, 1900, 2000) == Verdict()
    assert shuts_nobody_out(NOTHING, None, None).doubts
