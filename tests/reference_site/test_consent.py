"""The server reads the consent cookie as it was meant, and nothing else as a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.reference_site.consent import (
    MAX_AGE,
    OPTIONAL,
    Choice,
    granted,
    parse,
)

NOW = 1_700_000_000


@given(st.sets(st.sampled_from(OPTIONAL)))
def test_every_subset_is_read_as_it_was_written(chosen: set[str]) -> None:
    flags = ",".join(f"{name}={int(name in chosen)}" for name in OPTIONAL)
    assert parse(f"v1:{flags}:{NOW}", now=NOW) == Choice(frozenset(chosen), NOW)


@given(st.text())
def test_anything_else_is_no_choice(value: str) -> None:
    assert parse(value, now=NOW) is None


@pytest.mark.parametrize("value", [None, "", "v1:analytics=1", "v2:analytics=1:1700000000", "v1::1700000000"])
def test_a_broken_cookie_is_no_choice(value: str | None) -> None:
    assert parse(value, now=NOW) is None


def test_a_choice_ends() -> None:
    value = f"v1:analytics=1,social=1,advertising=1:{NOW}"
    assert parse(value, now=NOW + MAX_AGE) is not None
    assert parse(value, now=NOW + MAX_AGE + 1) is None


def test_functionality_needs_no_choice_and_the_rest_does() -> None:
    assert granted(None, "functionality")
    assert granted(Choice(frozenset(), NOW), "functionality")
    assert not any(granted(None, category) for category in OPTIONAL)
