"""TC strings that IAB Tech Lab's own encoder has made (npm `@iabtechlabtcf/core` 1.5.21), read by our decoder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence import tcf
from consentinel.evidence.records import Request, Source, Value
from consentinel.evidence.tcf import Transparency, decoded, says_elsewhere, strings_of
from consentinel.reference_site.tc_string import tc_string

REFUSED = "CQlH_MAQlH_MAEsACBENBkFgAAAAAAAAAAYgAAAAAAAA.IF5wAoAAgAEAvMAA.YAAAAAAAAAAA"
ALL = "CQlH_MAQlH_MAEsACBENBkFoAP_gAEPgAAYgF5wA4AAgAEAAoBeYF5wAgABALzAA.IF5wA4AAgAEAAoBeYAAA.YAAAAAAAAAAA"
SOME = "CQlH_MAQlH_MAEsACBENBkFgAIMAAECAAAYgF5wAQF5gAEQAAAAA.IF5wAgABALzA.YAAAAAAAAAAA"

MADE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "tc_strings.json").read_text(encoding="utf-8"))
"""Strings with what the encoder was told to say: with ranges and bits, with and without each segment."""

NOBODY: frozenset[int] = frozenset()


@pytest.mark.parametrize("made", MADE, ids=range(len(MADE)))
def test_what_the_other_encoder_said_is_what_is_read(made: dict[str, Any]) -> None:
    told = decoded(made["text"])
    assert told is not None
    fields = ("purposes", "interests", "vendors", "vendor_interests", "features", "publisher")
    assert {field: sorted(getattr(told, field)) for field in fields} == {field: made[field] for field in fields}
    assert (told.policy, sorted(told.disclosed or ())) == (made["policy"], made["disclosed"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (REFUSED, Transparency(5, NOBODY, NOBODY, NOBODY, NOBODY, frozenset({1, 2, 755}))),
        (
            ALL,
            Transparency(
                5,
                frozenset(range(1, 12)),
                frozenset({2, 7, 8, 9, 10, 11}),
                frozenset({1, 2, 10, 755}),
                frozenset({2, 755}),
                frozenset({1, 2, 10, 755}),
                frozenset({1}),
            ),
        ),
        (
            SOME,
            Transparency(
                5, frozenset({1, 7, 8}), frozenset({2, 9}), frozenset({755}), frozenset({2}), frozenset({2, 755})
            ),
        ),
    ],
)
def test_what_a_string_says(text: str, told: Transparency) -> None:
    assert decoded(text) == told


def test_a_string_without_the_segment_of_disclosed_vendors_is_still_read() -> None:
    told = decoded(SOME.partition(".")[0])
    assert told is not None
    assert (told.purposes, told.disclosed) == (frozenset({1, 7, 8}), None)


@pytest.mark.parametrize(
    "text", ["", "C", "1YNN", "C" * 20, "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA", REFUSED + "!", "ü" * 50]
)
def test_what_is_no_string_of_version_2_says_nothing(text: str) -> None:
    assert decoded(text) is None


@given(st.from_regex(r"C[A-Za-z0-9_-]{35,60}(\.[A-Za-z0-9_-]{1,9})?", fullmatch=True))
def test_no_string_makes_it_raise(text: str) -> None:
    decoded(text)


def test_ranges_that_overlap_are_read_once() -> None:
    assert list(tcf._apart([(1, 65535)] * 4095 + [(5, 9)])) == [(1, 65535)]
    assert list(tcf._apart([(10, 12), (1, 3), (2, 4), (7, 7)])) == [(1, 3), (4, 4), (7, 7), (10, 12)]


def test_a_string_that_ends_too_early_says_nothing() -> None:
    assert decoded(ALL.partition(".")[0][:-12]) is None


def test_where_a_request_carries_them() -> None:
    url = f"https://ads.example/bid?gdpr=1&gdpr_consent={SOME}&dl=https%3A%2F%2Fx%2F%3Fgdpr_consent%3D{ALL}"
    assert strings_of(sent(url, f"a=b&gdpr_consent={REFUSED}")) == (SOME, REFUSED)


@pytest.mark.parametrize(
    "body", [{"user": {"consent": ALL}}, {"id": "1", "user": {"ext": {"consent": ALL}}, "regs": {"gdpr": 1}}]
)
def test_a_bid_request_carries_one(body: dict[str, Any]) -> None:
    assert strings_of(sent("https://ads.example/openrtb2/auction", json.dumps(body))) == (ALL,)


@pytest.mark.parametrize(
    ("query", "strings"),
    [
        (f"tcString={ALL}", (ALL,)),
        (f"consent_string={ALL}&gdpr_consent={ALL}", (ALL,)),
        ("gdpr_consent=${GDPR_CONSENT_755}", ()),
        ("gdpr_consent=%24%7BGDPR_CONSENT%7D", ()),
        ("gdpr_consent=", ()),
        ("gdpr_consent=broken", ("broken",)),
        ("gdpr_consent=undefined&gdpr_consent=null&gdpr_consent=tcunavailable&gdpr_consent=0", ()),
        ("gdpr_consent=nullified", ("nullified",)),
        ("consent_string=yes&consent=granted", ()),
    ],
)
def test_other_names_and_what_nobody_filled_in(query: str, strings: tuple[str, ...]) -> None:
    assert strings_of(sent(f"https://ads.example/bid?{query}")) == strings


def test_a_request_that_says_the_law_does_not_apply() -> None:
    assert says_elsewhere(sent("https://ads.example/bid?gdpr=0"))
    assert not says_elsewhere(sent("https://ads.example/bid?gdpr=1&gdpr_consent=C"))


def test_a_long_random_text_is_no_string() -> None:
    assert decoded("CQzX" + "k3Zp9TtQ" * 8) is None


numbers = st.frozensets(st.integers(1, 300), max_size=30)
few = st.frozensets(st.integers(1, 24), max_size=24)


@given(few, few, numbers, numbers, st.frozensets(st.integers(1, 12)), few, st.none() | numbers)
def test_what_was_written_is_read(
    purposes: frozenset[int],
    interests: frozenset[int],
    vendors: frozenset[int],
    vendor_interests: frozenset[int],
    features: frozenset[int],
    publisher: frozenset[int],
    disclosed: frozenset[int] | None,
) -> None:
    written = tc_string(
        purposes,
        vendors,
        interests=interests,
        vendor_interests=vendor_interests,
        features=features,
        publisher=publisher,
        disclosed=disclosed,
    )
    assert decoded(written) == Transparency(
        5, purposes, interests, vendors, vendor_interests, disclosed, features, publisher
    )


def sent(url: str, body: str = "") -> Request:
    return Request(1.0, url, "POST", Source.WIRE, body=Value(body))
