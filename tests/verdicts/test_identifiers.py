"""Values that can recognise somebody."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from consentinel.evidence.records import Kind
from consentinel.verdicts.decodings import readings
from consentinel.verdicts.identifiers import (
    Finder,
    identifiers_in,
    is_identifier,
    named_in,
    needles,
    recognises,
)
from consentinel.verdicts.messages import listed, shortened, thing

WORDS = ("stable-node-1", "c3RhYmxlLW5vZGUtMQ", "2026-11-25", "shop-window-variant-2")
"""Plain, or in base64: a value that one in few visitors has."""


@pytest.mark.parametrize(
    "text", ["7c9e6679f3a14b02", "GA1.2.123456789.1795593600", "1795593600000", "N2M5ZTY2NzlmM2ExNGIwMg"]
)
def test_identifiers(text: str) -> None:
    assert is_identifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "en-GB",
        "accepted",
        "true",
        "1234567",
        "11111111",
        "20261125",
        "1000000000",
        "functionality",
        "checkout2",
        "variant2024",
        "1920x1080x24",
        "604800000",
        "31536000",
        "max-age-15552000",
        "20261129T1200Z",
        "webKitFormBoundary",
        "lang%3Dde%26currency%3DEUR%26unit%3Dmetric",
        "%257B%2522analytics%2522%253Atrue%257D",
        "Sun%20Nov%2029%202026%20(Coordinated%20Universal%20Time)",
        *WORDS,
    ],
)
def test_no_identifiers(text: str) -> None:
    assert not is_identifier(text)


def test_parts_are_told_apart_once_percent_signs_are_decoded() -> None:
    text = "isGpcEnabled%3D0%26version%3D202501.1.0%26consentId%3D7c9e6679f3a14b02%26groups%3DC0001%3A1"
    assert identifiers_in("7c9e6679f3a14b02") < identifiers_in(text)
    assert {one for one in identifiers_in(text) if "7c9e6679f3a14b02" not in one} == set()


@given(st.integers(10**8, 10**10 - 1))
def test_a_long_number_is_an_identifier_whichever_digits_chance_repeats(number: int) -> None:
    assume(len(set(str(number))) > 2)
    assume(number % 86_400 and number % 3_600_000)  # a term of whole days or hours, such as 604800000
    assert is_identifier(f"GA1.1.{number}.1")
    assert is_identifier(str(number))


@given(st.text("0123456789abcdef", min_size=8, max_size=32))
def test_hexadecimal_digits_are_an_identifier_whichever_chance_repeats(text: str) -> None:
    assume(len(set(text)) > 2 and any(map(str.isdigit, text)) and any(map(str.isalpha, text)))
    assume(not re.fullmatch("[a-f]{4,}[0-9]{1,4}", text))  # reads like a word with a number, such as face2026
    assert is_identifier(text)


@pytest.mark.parametrize("text", ["qK7ZtWbXn", "xJqRtYvBmKwZpLdF", "V1StGXR8_Z5jdHi6B-myT", "k3qzw9xj"])
def test_letters_without_order_are_an_identifier(text: str) -> None:
    assert is_identifier(text)


def test_parts_that_punctuation_sets_apart_are_identifiers_of_their_own() -> None:
    assert {"123456789", "1795593600"} <= identifiers_in("GA1.2.123456789.1795593600")
    assert "7c9e6679f3a14b02" in identifiers_in('{"id": "7c9e6679f3a14b02"}')


NOW = 1795732859.166
SECOND = (NOW, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "GS1.1.1795732859.1",
        "GS2.1.s1795732859$o1$g0$t1795732859$j60$l0$h0",
        "1795732859166",
        "1795732859166000",
        "mwy4z9y6",
        "2026-11-26T22:40:59.166384Z",
        "2026-11-26T22%3A40%3A59.166384Z",
        "1795732868",
    ],
)
def test_a_reading_of_the_clock_recognises_nobody_while_it_is_taken(text: str) -> None:
    assert not recognises(text, SECOND)
    assert recognises("GA1.1.123456789." + text, SECOND)


@pytest.mark.parametrize(
    "text", ["GS1.1.1795732856.1", "1795733000000", "2026-11-25T21:47:38.956Z", "2026-02-31T22:40:59.166Z", "7c9e56ab"]
)
def test_a_moment_that_is_over_may_recognise(text: str) -> None:
    assert recognises(text, SECOND)
    assert text in identifiers_in(text, SECOND)


def test_a_moment_within_the_span_in_which_something_was_written() -> None:
    assert not recognises("GS1.1.1795732856.1", (NOW - 5, NOW))


@given(st.text(max_size=200))
def test_no_value_breaks_the_reading(text: str) -> None:
    assert text in set(readings(text))
    assert identifiers_in(text, SECOND) <= identifiers_in(text)
    named_in(text, needles(("ada@example.com",), ("Ada Lovelace",), ("+44 20 7946 0958",)))


@pytest.mark.parametrize(
    "text",
    [
        r'{"name": "J\u00f6rg M\u00fcller"}',
        "name=J%F6rg%20M%FCller",
        "name%3DJ%25F6rg%2520M%25FCller",
        "J%C3%B6rg+M%C3%BCller",
        "J%u00f6rg M%u00FCller",
    ],
)
def test_a_name_is_read_whatever_its_letters_are_written_by(text: str) -> None:
    assert named_in(text, needles((), ("Jörg Müller",), ())) == "name"
    assert named_in(text, needles((), ("Jorg Muller",), ())) == ""


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


def test_an_item_without_a_name_is_said_to_have_none() -> None:
    assert thing(Kind.COOKIE, "") == "the cookie without a name"
    assert thing(Kind.LOCAL_STORAGE, "", "analytics") == "the analytics local storage entry without a name"


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("ada", "name, hashed"),
        ("lovelace", "name, hashed"),
        ("+442079460958", "telephone number, hashed"),
        ("442079460958", "telephone number, hashed"),
        ("Ada@example.com", "e-mail address, hashed"),
        ("ada@example.com", "e-mail address, hashed"),
        ("grace", ""),
    ],
)
def test_services_hash_each_part_of_a_name_and_numbers_with_their_plus(typed: str, what: str) -> None:
    wanted = needles(("Ada@example.com",), ("Ada Lovelace",), ("+44 20 7946 0958",))
    assert named_in(f"fn={hashlib.sha256(typed.encode()).hexdigest()}", wanted) == what
