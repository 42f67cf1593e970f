"""What a draft proposes for each way of making a dialog, and how it finds out which way round a switch works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.described import described
from consentinel.drafting.orientation import oriented
from consentinel.drafting.proposal import propose
from consentinel.drafting.survey import (
    Proposal,
    ProposedSwitch,
    Survey,
    Traces,
)
from consentinel.site.profile import Category, DialogSelectors
from tests.consent.dialog_sites import serving

ANALYTICS, ADVERTISING = Category.ANALYTICS, Category.ADVERTISING


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as port:
        yield port


def proposed(driver: WebDriver, port: int, kind: str) -> dict[str, Any]:
    """What the table [consent.dialog] of a draft says, checked against the schema."""
    driver.get(f"http://shop.localhost:{port}/{kind}/")
    found = propose(driver)
    assert found is not None
    assert found.strange_labels == ()
    DialogSelectors.model_validate(found.selectors())
    return found.selectors()


ACCORDION = "".join(
    f"""<li><div role=heading aria-level=3><button aria-expanded=false><span>{name}</span><label><input type=checkbox
    id=s{number}></label></button></div><section>These cookies measure, personalise and advertise.</section>"""
    for number, name in enumerate(("Performance", "Advertising"))
)


def table(yes: str, no: str) -> str:
    """Questions with two answers each, which stand before them."""
    rows = "".join(
        f"""<tr><td><label><input type=radio name=q{number} value=a id=yes-{number}> {yes}</label>
        <label><input type=radio name=q{number} value=b id=no-{number}> {no}</label></td><th>{name}</th></tr>"""
        for number, name in enumerate(("Analytics", "Advertising"))
    )
    return f"<table>{rows}</table>"


DIALOG = """<div role=dialog>Cookies <button id=yes>Accept all</button> <button id=no>Refuse all</button> {}
<button>Save</button></div>"""

SWITCHES = {ANALYTICS: {"control": "#analytics"}, ADVERTISING: {"control": "#advertising"}}
INVERTED = {category: {**switch, "inverted": True} for category, switch in SWITCHES.items()}
PAIRS = {c: {"grant": f"#{c}", "refuse": f"#no-{c}"} for c in (ANALYTICS, ADVERTISING)}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "categories"),
    [
        ("transparent", SWITCHES),
        ("clipped", SWITCHES),
        ("not-shown", SWITCHES),
        ("slider", SWITCHES),
        ("labelled-by", SWITCHES),
        ("radios", PAIRS),
        ("links", PAIRS),
        ("inverted", INVERTED),
        ("tab-on", SWITCHES),
    ],
)
def test_the_switches_are_found(driver: WebDriver, port: int, kind: str, categories: dict[Category, Any]) -> None:
    table = proposed(driver, port, kind)
    assert table["categories"] == categories
    usual = {"dialog": "#dlg", "accept": ("#yes",), "refuse": ("#no",), "preferences": ("#more",), "save": ("#save",)}
    assert {key: value for key, value in table.items() if key != "categories"} == {"banner": "#bar", **usual}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        ("second-frame", {"dialog_frame": "#frame", "dialog": "#dlg"}),
        ("framed-banner", {"frame": "#frame", "dialog_frame": ":root", "dialog": "#dlg"}),
        ("at-once", {"at_once": True, "close": ("#close",)}),
    ],
)
def test_where_the_preferences_are_is_found(
    driver: WebDriver, port: int, kind: str, entries: dict[str, object]
) -> None:
    table = proposed(driver, port, kind)
    assert table["categories"] == SWITCHES
    assert {key: table[key] for key in entries} == entries


def dialog(**switches: ProposedSwitch) -> Proposal:
    return Proposal("#bar", accept=("#yes",), refuse=("#no",), switches={Category(k): v for k, v in switches.items()})


CONTROL = ProposedSwitch("Measure", control="#a")
PAIR = ProposedSwitch("Measure", grant="#a", refuse="#b")


def test_a_switch_that_shows_the_opposite_both_times_is_turned_round() -> None:
    found = oriented(
        dialog(analytics=CONTROL, social=PAIR), dict.fromkeys(Category, True), dict.fromkeys(Category, False)
    )
    assert found.switches[ANALYTICS].inverted is True
    assert (found.switches[Category.SOCIAL].grant, found.switches[Category.SOCIAL].refuse) == ("#b", "#a")


def test_a_label_that_sounds_inverted_is_overruled_by_what_the_switch_does() -> None:
    sounding = ProposedSwitch("Block ads", control="#a", inverted=True)
    found = oriented(dialog(advertising=sounding), {ADVERTISING: True}, {ADVERTISING: False})
    assert found.switches[ADVERTISING].inverted is False


@pytest.mark.parametrize(
    ("refused", "accepted"), [(False, True), (True, True), (False, False), (None, False), (True, None)]
)
def test_any_other_answer_turns_nothing(refused: bool | None, accepted: bool | None) -> None:
    before = dialog(analytics=CONTROL)
    assert oriented(before, {ANALYTICS: refused}, {ANALYTICS: accepted}) == before


def test_the_draft_writes_true_and_false() -> None:
    found = dialog(analytics=ProposedSwitch("Opt out", control="#a", inverted=True))
    survey = Survey("", "", "described", {}, (), Traces(), None, None, {}, {}, (), (), found)
    assert "inverted = true" in list(described(survey))


WORDS = "<p>Some words about tea, for whoever comes here to read about that and nothing else.</p>" * 20
BUTTONS = '<button id="ok">Accept all</button> <button id="no">Reject all</button>'


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "is_asking"),
    [
        (f'<form id="ask"><p>We use cookies.</p>{BUTTONS}</form>', True),
        (f'<main id="ask"><p>We use cookies.</p>{BUTTONS}</main>', True),
        (f'<main id="ask"><p>We use cookies.</p>{BUTTONS}{WORDS}</main>', False),
        ('<form id="ask"><p>See our privacy policy.</p><input><button>Accept</button></form>', False),
        (f'<form id="ask"><p>Do you take this offer?</p>{BUTTONS}</form>', False),
    ],
)
def test_a_page_that_does_nothing_but_ask_is_the_dialog(driver: WebDriver, page: str, is_asking: bool) -> None:
    driver.get("data:text/html," + quote(f"<!doctype html><title>Shop</title>{page}"))
    found = propose(driver)
    assert (found.banner if found else "") == ("#ask" if is_asking else "")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("inside", "labels"),
    [
        (f"<ul>{ACCORDION}</ul>", ["Performance", "Advertising"]),
        (table("Yes", "No"), ["Analytics", "Advertising"]),
    ],
)
def test_a_switch_is_called_as_its_heading_says_wherever_that_stands(
    driver: WebDriver, inside: str, labels: list[str]
) -> None:
    driver.get("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=en>{DIALOG.format(inside)}"))
    found = propose(driver)
    assert found is not None
    assert {category: switch.label for category, switch in found.switches.items()} == dict(
        zip((ANALYTICS, ADVERTISING), labels, strict=True)
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("I agree", "I do not agree"),
        ("S\u00ed", "No"),
        ("Ich stimme zu", "Ich stimme nicht zu"),
        ("Ich akzeptiere", "Ich akzeptiere nicht"),
        ("J\u2019accepte", "Je n\u2019accepte pas"),
    ],
)
def test_answers_may_be_whole_sentences(driver: WebDriver, yes: str, no: str) -> None:
    driver.get("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=en>{DIALOG.format(table(yes, no))}"))
    found = propose(driver)
    assert found is not None
    switch = found.switches[ANALYTICS]
    assert (switch.grant, switch.refuse) == ("#yes-0", "#no-0")


@pytest.mark.browser
def test_a_banner_is_read_once_it_stands_still(driver: WebDriver) -> None:
    slides = "#bar { position: fixed; animation: 1s slide; } @keyframes slide { from { transform: translateX(98vw); } }"
    buttons = "<button id=yes>Accept</button> <button id=no>Reject</button> We use cookies."
    driver.get("data:text/html," + quote(f"<!doctype html><style>{slides}</style><div id=bar>{buttons}</div>"))
    found = propose(driver)
    assert found is not None
    assert (found.accept, found.refuse) == (("#yes",), ("#no",))
