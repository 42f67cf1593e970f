from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.report.history.names import (
    NAME_LIMIT,
    pattern_of,
    plain,
    writer_of,
)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("_ga_ABC123", "_ga_*"),
        ("_ga_G8XK2PQ0", "_ga_*"),
        ("_gat_UA-12345678-1", "_gat_UA-*-1"),
        ("sess:9f8a3c21", "sess:*"),
        ("cart-3f2504e0-4f89-11d3-9a0c-0305e82c3301", "cart-*"),
        ("amp_1732492800", "amp_*"),
        ("build-v20261124", "build-v*"),
        ("tab.aZ3kQ9xW1bcd", "tab.*"),
    ],
)
def test_random_tokens_are_folded(name: str, pattern: str) -> None:
    assert pattern_of(name) == pattern


@pytest.mark.parametrize(
    "name", ["_ga", "_gid", "sha256", "utf8", "consent2", "abc123", "PHPSESSID", "deadbeef", "__Host-session", "v12"]
)
def test_words_are_left_alone(name: str) -> None:
    assert pattern_of(name) == name


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert pattern_of(pattern_of(name)) == pattern_of(name)


@given(st.from_regex(r"[0-9]{6,20}", fullmatch=True), st.from_regex(r"[0-9]{6,20}", fullmatch=True))
def test_names_that_differ_in_a_number_are_one(one: str, other: str) -> None:
    assert pattern_of(f"visit_{one}") == pattern_of(f"visit_{other}")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz_-.", max_size=40))
def test_a_name_of_small_letters_is_never_folded(name: str) -> None:
    assert pattern_of(name) == name


@pytest.mark.parametrize(
    ("written_by", "writer"),
    [
        ("https://www.shop.example:8443/js/a.js?v=3:14:5", "www.shop.example/js/a.js"),
        ("https://www.shop.example/js/a.js:14", "www.shop.example/js/a.js"),
        ("https://www.shop.example/js/app.9f8a3c21.js:1:2", "www.shop.example/js/app.*.js"),
        ("response from https://Social.example:9/w#x", "response from social.example/w"),
        ("", ""),
    ],
)
def test_a_writer_is_told_without_port_query_and_line(written_by: str, writer: str) -> None:
    assert writer_of(written_by) == writer


@given(st.text(alphabet=st.characters(), max_size=2 * NAME_LIMIT))
def test_any_text_can_be_kept(text: str) -> None:
    plain(text).encode("utf-8")


def test_lone_surrogates_are_written_out() -> None:
    assert plain("a\udc80") == "a\\udc80"
