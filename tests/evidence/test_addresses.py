"""Addresses fit to be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.addresses import addresses_hidden, with_values_hidden, without_query

SECRET = "s3cr3t0f0ne"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (f"https://a.example/x?id={SECRET}", "https://a.example/x"),
        (f"https://a.example/x.js?id={SECRET}:12", "https://a.example/x.js:12"),
        ("https://a.example/x.js:12", "https://a.example/x.js:12"),
        (f"https://a.example/#{SECRET}", "https://a.example/"),
        (f"https://{SECRET}:pw@a.example/x", "https://a.example/x"),
        (f"https://a.example/x;sid={SECRET}/y", "https://a.example/x;sid=(hidden)/y"),
        ("", ""),
    ],
)
def test_without_query(address: str, shown: str) -> None:
    assert without_query(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"https://a.example/x?id={SECRET}&b=2&{SECRET}", "https://a.example/x?id=(hidden)&b=(hidden)&(hidden)"),
        (f"https://a.example/;sid={SECRET}/y#token={SECRET}", "https://a.example/;sid=(hidden)/y#(hidden)"),
        (f"/worker.js?run={SECRET}", "/worker.js?run=(hidden)"),
        ("https://a.example/x?", "https://a.example/x?(hidden)"),
    ],
)
def test_names_of_parameters_stay_and_values_go(address: str, shown: str) -> None:
    assert with_values_hidden(address) == shown


def test_every_address_in_a_text_is_hidden() -> None:
    text = f"a request to https://a.example/?id={SECRET} and wss://b.example/?u={SECRET} never ended"
    assert addresses_hidden(text) == (
        "a request to https://a.example/?id=(hidden) and wss://b.example/?u=(hidden) never ended"
    )


@given(st.sampled_from("?#"), st.text(alphabet="abc&=/?", max_size=10))
def test_no_value_of_a_query_survives(sign: str, before: str) -> None:
    address = f"https://a.example/x{sign}{before}&k={SECRET}"
    assert SECRET not in without_query(address)
    assert SECRET not in with_values_hidden(address)
