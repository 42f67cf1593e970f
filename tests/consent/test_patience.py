"""A worker waits for a consent manager that no page has had with less patience in the end."""

from __future__ import annotations

from consentinel.consent.patience import FULL_WAITS, SHORT, Patience


def test_after_some_waits_in_vain_each_further_one_is_short() -> None:
    patience = Patience()
    for _ in range(FULL_WAITS):
        assert patience.limit(10.0) == 10.0
        patience.missed()
    assert patience.limit(10.0) == SHORT
    assert patience.limit(1.0) == 1.0


def test_where_a_manager_was_met_each_wait_is_a_full_one() -> None:
    patience = Patience()
    patience.met()
    for _ in range(2 * FULL_WAITS):
        patience.missed()
    assert patience.limit(10.0) == 10.0
