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


OF_STATES = {
    "usco": "DBABJg~BUQAAEA.QA DBABJg~BUgAAEA.QA DBABJg~BREAAEA.QA DBABJg~BRIAAEA.QA",
    "usut": "DBABFg~BUEAAAQA DBABFg~BUIAAAQA DBABFg~BRBAAAQA DBABFg~BRCAAAQA",
    "usct": "DBABVg~BUQAAAEA.QA DBABVg~BUgAAAEA.QA DBABVg~BREAAAEA.QA DBABVg~BRIAAAEA.QA",
    "usfl": "DBABAw~BUQAAABA DBABAw~BUgAAABA DBABAw~BREAAABA DBABAw~BRIAAABA",
    "usmt": "DBABQw~BUQAAABA.QA DBABQw~BUgAAABA.QA DBABQw~BREAAABA.QA DBABQw~BRIAAABA.QA",
    "usor": "DBABIw~BUQAAAABAA.QA DBABIw~BUgAAAABAA.QA DBABIw~BREAAAABAA.QA DBABIw~BRIAAAABAA.QA",
    "ustx": "DBABEw~BUQAAAQA.QA DBABEw~BUgAAAQA.QA DBABEw~BREAAAQA.QA DBABEw~BRIAAAQA.QA",
    "usde": "DBABUw~BUQAAAABAA.QA DBABUw~BUgAAAABAA.QA DBABUw~BREAAAABAA.QA DBABUw~BRIAAAABAA.QA",
    "usia": "DBABCw~BUEAAAQA.QA DBABCw~BUIAAAQA.QA DBABCw~BRBAAAQA.QA DBABCw~BRCAAAQA.QA",
    "usne": "DBABSw~BUQAAAQA.QA DBABSw~BUgAAAQA.QA DBABSw~BREAAAQA.QA DBABSw~BRIAAAQA.QA",
    "usnh": "DBABKw~BUQAAABA.QA DBABKw~BUgAAABA.QA DBABKw~BREAAABA.QA DBABKw~BRIAAABA.QA",
    "usnj": "DBABAYA~BUQAAAAAQA.QA DBABAYA~BUgAAAAAQA.QA DBABAYA~BREAAAAAQA.QA DBABAYA~BRIAAAAAQA.QA",
    "ustn": "DBABQYA~BUQAAAQA.QA DBABQYA~BUgAAAQA.QA DBABQYA~BREAAAQA.QA DBABQYA~BRIAAAQA.QA",
    "usmn": "DBABIYA~BUQAAAQA.QA DBABIYA~BUgAAAQA.QA DBABIYA~BREAAAQA.QA DBABIYA~BRIAAAQA.QA",
    "usmd": "DBABEYA~BRRA.QA DBABEYA~BRSA.QA DBABEYA~BREQ.QA DBABEYA~BREg.QA",
    "usin": "DBABUYA~BRRA.AAA DBABUYA~BRSA.AAA DBABUYA~BREQ.AAA DBABUYA~BREg.AAA",
    "usky": "DBABCYA~BRRA.AAA DBABCYA~BRSA.AAA DBABCYA~BREQ.AAA DBABCYA~BREg.AAA",
    "usri": "DBABSYA~BRRA.AAA DBABSYA~BRSA.AAA DBABSYA~BREQ.AAA DBABSYA~BREg.AAA",
}
"""For each state: opted out of the sale, and not; opted out of targeted advertising, and not."""


@pytest.mark.parametrize("name", OF_STATES)
def test_each_states_section_says_what_the_visitor_opted_out_of(name: str) -> None:
    said = [{SALE: True}, {SALE: False}, {TARGETED: True}, {TARGETED: False}]
    assert [sections_of(text) for text in OF_STATES[name].split()] == [(Section(name, one),) for one in said]


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
