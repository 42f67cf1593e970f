"""Words for people, and the taming of strangers' text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.report import text


@given(st.text(st.characters(codec=None, categories=None)), st.integers(1, 100))
def test_tamed_text_holds_nothing_invisible_and_can_be_written(wild: str, limit: int) -> None:
    shown = text.plain(wild, limit)

    shown.encode("utf-8")
    assert not {unicodedata.category(letter) for letter in shown if letter not in "\u200c\u200d"} & {"Cc", "Cf", "Cs"}
    assert len(wild) > limit or not wild.isprintable() or shown == wild


def test_a_long_text_says_how_long_it_was() -> None:
    assert text.plain("x" * 10_240, 5) == "xxxxx… (10,240 characters)"


def test_direction_marks_are_written_out() -> None:
    assert text.plain("\u202egnp\x00") == "[U+202E]gnp[U+0000]"


def test_letters_of_other_scripts_stay() -> None:
    assert text.plain("מדיניות Größe क्\u200dष") == "מדיניות Größe क्\u200dष"


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (None, "cookie", "until the browser closes"),
        (None, "session_storage", "until the tab closes"),
        (None, "local_storage", "until it is removed"),
        (0.0, "cookie", "already over"),
        (1800.0, "cookie", "30 minutes"),
        (5400.0, "cookie", "1.5 hours"),
        (86_400.0, "cookie", "1 day"),
        (86_399.5, "cookie", "1 day"),
        (34_128_000.0, "cookie", "13 months (395 days)"),
        (31_536_000.0, "cookie", "12 months"),
    ],
)
def test_lifetimes(value: float | None, kind: str, told: str) -> None:
    assert text.lifetime(value, kind) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.0, "0 s"), (0.042, "42 ms"), (0.8, "0.8 s"), (9.97, "10 s"), (125.0, "2 min 5 s"), (59.7, "1 min")],
)
def test_durations(value: float, told: str) -> None:
    assert text.seconds(value) == told


@pytest.mark.parametrize(
    ("granted", "told"),
    [
        (None, "before any choice"),
        ([], "all refused"),
        (["functionality"], "all refused"),
        (["social", "analytics", "functionality"], "analytics and social allowed"),
    ],
)
def test_choices(granted: list[str] | None, told: str) -> None:
    assert text.choice(granted) == told


@pytest.mark.parametrize(
    ("told", "shown"),
    [("chrome 156.0.8078.79", "156.0.8078.79"), ("153.4.0esr", "153.4.0esr"), ("unknown", "unknown"), ("", "")],
)
def test_a_browser_is_not_named_twice(told: str, shown: str) -> None:
    assert text.version(told) == shown
