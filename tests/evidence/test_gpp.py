"""GPP strings, as IAB Tech Lab's own encoder wrote them (@iabgpp/cmpapi 3.2.0)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.gpp import SALE, SHARING, TARGETED, Section, sections_of, strings_sent
from tests.verdicts.builders import request

OUT = "DBABLA~BVQVAAAAAgA.QA"
IN = "DBABLA~BVQqAAAAAgA.QA"


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (OUT, [Section("usnat", {SALE: True, SHARING: True, TARGETED: True})]),
        (IN, [Section("usnat", {SALE: False, SHARING: False, TARGETED: False})]),
        ("DBABLA~BVQAAAAAAgA.QA", [Section("usnat", {})]),
        ("DBABLA~BVQYAAAAAgA.QA", [Section("usnat", {SALE: True, SHARING: False})]),
        ("DBABBg~BUUAAACA.QA", [Section("usca", {SALE: True, SHARING: True})]),
        ("DBABBg~BUoAAACA.QA", [Section("usca", {SALE: False, SHARING: False})]),
        ("DBABRg~BVUAACA", [Section("usva", {SALE: True, TARGETED: True})]),
        (
            "DBABrw~BVQVAAAAAgA.QA~BUoAAACA.QA",
            [
                Section("usnat", {SALE: True, SHARING: True, TARGETED: True}),
                Section("usca", {SALE: False, SHARING: False}),
            ],
        ),
        (
            "DBABzw~1YYN~BVQVAAAAAgA.QA",
            [Section("uspv1", {SALE: True}), Section("usnat", {SALE: True, SHARING: True, TARGETED: True})],
        ),
        ("DBAA", []),
    ],
)
def test_strings_of_the_encoder(text: str, sections: list[Section]) -> None:
    assert list(sections_of(text)) == sections


@pytest.mark.parametrize("text", ["", "DBABLA", "~", "CQzXk3Zp9TtQ", "DBABLA~", "BBABLA~BVQVAAAAAgA", "DBABLA~é"])
def test_what_is_no_string_says_nothing(text: str) -> None:
    assert all(not section.opted_out for section in sections_of(text))


@given(st.text())
def test_nothing_that_strangers_write_raises(text: str) -> None:
    sections_of(text)
    sections_of(f"DB{text}~{text}")


def test_what_a_request_carries() -> None:
    assert strings_sent(request(f"https://ads.example/px?gpp={OUT}&gpp_sid=7")) == (OUT,)
    assert strings_sent(request("https://ads.example/px?gpp=colour&page=https://a.example/?gpp=DBAA")) == ()
