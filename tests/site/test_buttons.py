"""What a button does is told by its name, in many languages; a refusal is never taken for acceptance."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.drafting.buttons import (
    button_kind,
    folds,
    is_vague,
    read,
    speaks_of_everything,
)
from consentinel.drafting.lexicon import (
    KINDS,
    PHRASES,
    VOCABULARY,
    lexicons,
)

HELD_OUT = Path(__file__).with_name("held_out.toml")

FLOOR = 0.85
"""The least share of a language's names that must be understood."""

NEGATIONS = {
    "en": "Do not {}",
    "de": "Nicht {}",
    "fr": "Ne pas {}",
    "it": "Non {}",
    "es": "No {}",
    "pt": "Não {}",
    "nl": "Niet {}",
    "sv": "{} inte",
    "da": "{} ikke",
    "no": "{} ikke",
    "pl": "Nie {}",
    "cs": "Ne, {}",
    "ru": "\u041d\u0435 {}",
    "fi": "Älä {}",
}
"""How a language turns a word round. What comes out is not always good style, and is a refusal all the same."""

Row = tuple[str, str, str]
"""A language, a kind of button, and a name."""


def rows(file: Path) -> Iterator[Row]:
    for language, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for kind in KINDS:
            yield from ((language, kind, name) for name in table.get(kind, ()))


TABLE, HELD = tuple(rows(PHRASES)), tuple(rows(HELD_OUT))
LANGUAGES = sorted({language for language, _, _ in TABLE})


def recall(of: tuple[Row, ...], language: str) -> float:
    mine = [(kind, name) for spoken, kind, name in of if spoken == language]
    return sum(read(name, language) == kind for kind, name in mine) / len(mine) if mine else 1.0


def is_inverted(told: str | None, kind: str) -> bool:
    return {told, kind} == {"accept", "refuse"}


def test_the_tables_are_as_large_as_they_are_said_to_be() -> None:
    assert len(LANGUAGES) >= 30
    assert len(TABLE) >= 1000
    assert len(HELD) >= 250
    assert {lexicon.language for lexicon in lexicons()} >= set(LANGUAGES)
    assert set(tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))) == {each.language for each in lexicons()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_understood_by_its_words_alone(language: str) -> None:
    assert recall(TABLE, language) >= FLOOR


@pytest.mark.parametrize("language", sorted({language for language, _, _ in HELD}))
def test_each_language_is_understood_where_the_words_were_not_made_for_it(language: str) -> None:
    names = [name for spoken, _, name in HELD if spoken == language]
    missed = [name for spoken, kind, name in HELD if spoken == language and read(name, language) != kind]
    assert len(missed) <= max(1, (1 - FLOOR) * len(names)), missed


@pytest.mark.parametrize("said", ["as it is", "", "en", "zz"])
def test_acceptance_and_refusal_are_never_confused_whatever_language_a_page_names(said: str) -> None:
    told = [(name, kind, read(name, language if said == "as it is" else said)) for language, kind, name in TABLE + HELD]
    assert [each for each in told if is_inverted(each[2], each[1])] == []


def test_what_stands_in_the_table_is_known_as_it_stands() -> None:
    wrong = [row for row in TABLE if button_kind(row[2], row[0]) != row[1]]
    assert wrong == []


@pytest.mark.parametrize("language", NEGATIONS)
def test_no_acceptance_is_left_once_it_is_negated(language: str) -> None:
    accepted = [name for spoken, kind, name in TABLE if spoken == language and kind == "accept"]
    negated = [NEGATIONS[language].format(name.lower()) for name in accepted]
    assert [name for name in negated if button_kind(name, language) == "accept"] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NICHT ZUSTIMMEN!", "refuse"),
        ("  Je n\u2019accepte   pas ", "refuse"),
        ("Odrzuc wszystkie", "refuse"),
        ("I Reject All (except Strictly Necessary)", "refuse"),
        ("Accept optional cookies", "accept"),
        ("Accept non-essential cookies", "accept"),
        ("Reject non-essential cookies", "refuse"),
        ("Accept all necessary cookies", "refuse"),
        ("Save and accept all", "accept"),
        ("Confirm all", "accept"),
        ("Accept all selected", "save"),
        ("Close without saving", "close"),
        ("Manage or reject", "preferences"),
        ("Einstellungen oder ablehnen", "preferences"),
        ("Manage consent", "preferences"),
        ("Consent", "accept"),
        ("✕", "close"),
        ("Re\u00adject\u00a0all", "refuse"),
        ("\u200eAc\u200bcept all", "accept"),
    ],
)
def test_the_whole_name_decides(name: str, kind: str) -> None:
    assert button_kind(name) == kind


@pytest.mark.parametrize(
    "name",
    [
        "Accept or reject cookies",
        "Reject and subscribe",
        "Ablehnen und Abo abschließen",
        "Don't show this again",
        "Sign in",
        "Contact",
        "Newsletter",
        "",
        "42",
    ],
)
def test_a_name_that_tells_neither_is_taken_for_neither(name: str) -> None:
    assert button_kind(name) not in ("accept", "refuse")


def test_the_language_of_the_page_decides_between_two_readings() -> None:
    assert button_kind("Nu accepter", "da") != "refuse"
    assert button_kind("Nu accept", "ro") == "refuse"
    assert button_kind("Nu accept", "") not in ("accept",)


def test_a_button_that_speaks_of_everything_or_of_a_text_is_told_apart() -> None:
    assert speaks_of_everything("Accept all")
    assert not speaks_of_everything("Accept")
    assert is_vague("More")
    assert not is_vague("More options")


@given(st.text(max_size=80), st.text(max_size=12))
def test_no_name_is_too_strange_to_be_read(name: str, language: str) -> None:
    assert button_kind(name, language) in (*KINDS, None)


@pytest.mark.parametrize(
    ("name", "is_part"),
    [
        ("Close controls", True),
        ("Hide details", True),
        ("Show less", True),
        ("Weniger anzeigen", True),
        ("Einstellungen ausblenden", True),
        ("Close", False),
        ("Hide banner", False),
        ("Open controls", False),
    ],
)
def test_what_folds_a_part_of_a_dialog_away_is_told_from_what_closes_it(name: str, is_part: bool) -> None:
    assert folds(name) is is_part
