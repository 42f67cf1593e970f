"""Values that can recognise somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdicts.tokens import Finder, identifiers_in, is_identifier, named_in, needles, readings
from verdicts.wording import listed, shortened

WORDS = ("stable-node-1", "c3RhYmxlLW5vZGUtMQ", "2026-11-25", "shop-window-variant-2")
"""Plain, or in base64: a value that one in few visitors has."""


@pytest.mark.parametrize(
    "text", ["7c9e6679f3a14b02", "GA1.2.123456789.1795593600", "1795593600000", "N2M5ZTY2NzlmM2ExNGIwMg"]
)
def test_identifiers(text: str) -> None:
    assert is_identifier(text)


@pytest.mark.parametrize("text", ["", "en-GB", "accepted", "true", "1234567", "11111111", "functionality", *WORDS])
def test_no_identifiers(text: str) -> None:
    assert not is_identifier(text)


def test_parts_that_punctuation_sets_apart_are_identifiers_of_their_own() -> None:
    assert {"123456789", "1795593600"} <= identifiers_in("GA1.2.123456789.1795593600")
    assert "7c9e6679f3a14b02" in identifiers_in('{"id": "7c9e6679f3a14b02"}')


@given(st.text(max_size=200))
def test_no_value_breaks_the_reading(text: str) -> None:
    assert text in set(readings(text))
    identifiers_in(text)
    named_in(text, needles(("ada@example.com",), ("Ada Lovelace",), ("+44 20 7946 0958",)))


TOKENS = st.text(alphabet="ab1", min_size=8, max_size=12)


@given(st.lists(TOKENS, max_size=8), st.text(alphabet="ab1 ", max_size=120))
def test_the_finder_finds_what_plain_search_finds(tokens: list[str], text: str) -> None:
    assert set(Finder(tokens).found_in(text)) == {token for token in tokens if token in text}


def test_words_are_listed_as_people_do() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


@given(st.text(max_size=300))
def test_a_shown_name_is_short_and_visible(name: str) -> None:
    assert shortened(name).isprintable()
    assert len(shortened(name)) <= 80 * 10
