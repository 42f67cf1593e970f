"""Statistics that need no consent, and the conditions on which they do not."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Record, StoredItem
from consentinel.site.profile import Category, Profile
from consentinel.verdicts import statistics
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.lifetime import DAY
from tests.verdicts.builders import PROFILE, cookie, only, request, rest, state, timeline, visit, write

NUMBER = "b7c41f09e2d85a36"
MONTH = 30 * DAY
BACK = 50.0
"""When the visitor came back, a month later by the site's clock."""


def counting() -> Profile:
    """A site whose statistics can be objected to."""
    table = PROFILE.categories[Category.ANALYTICS].model_copy(update={"model": "opt-out"})
    return PROFILE.model_copy(update={"categories": {**PROFILE.categories, Category.ANALYTICS: table}})


def kept(days: float, at: float, host: str = "shop.example", name: str = "_ga") -> StoredItem:
    return cookie(name, NUMBER, host, expires=at + days * DAY)


def judged(*records: Record) -> Verdict:
    return statistics.keep_to_conditions(timeline(visit(), *records, rest()), counting(), (), BACK, MONTH)


def test_a_number_of_the_sites_own_that_ends_when_it_was_to_end_is_right() -> None:
    assert judged(state(10, kept(390, 10)), state(60, kept(360, 60))) == Verdict()


def test_a_session_that_is_new_a_month_later_is_not_prolonged() -> None:
    assert judged(state(10, kept(0.02, 10, name="_ga_s")), state(60, kept(0.02, 60, name="_ga_s"))) == Verdict()


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([state(10, kept(390, 10)), state(60, kept(390, 60))], "on a later visit"),
        ([state(10, kept(390, 10)), write("_ga", max_age=1095 * DAY, value=NUMBER)], "longer than 13 months"),
        ([state(10, kept(390, 10, "www.metrics.example"))], "recognises the visitor on other sites"),
        (
            [state(10, kept(390, 10)), request(f"https://px.ads.example/p?n={NUMBER}", 20)],
            "was sent to px.ads.example, which does something else",
        ),
    ],
    ids=["prolonged", "too long", "other sites", "combined"],
)
def test_each_condition_that_is_broken_is_a_finding(records: list[Record], told: str) -> None:
    assert told in only(judged(*records)).sentence


def test_a_moment_that_both_say_is_not_combined_with_what_others_do() -> None:
    item = cookie("_ga", "1795968838", expires=10 + 390 * DAY)
    told = request("https://px.ads.example/p?t=1795968838", 1795968838.0)
    seen = timeline(visit(), state(10, item), told, rest(1795968900.0))
    assert statistics.keep_to_conditions(seen, counting(), (), BACK, MONTH).findings == ()


def test_what_its_own_service_is_told_is_what_it_counts_by() -> None:
    told = request(f"https://www.metrics.example/c?n={NUMBER}", 20)
    assert judged(state(10, kept(390, 10)), told) == Verdict()


def test_where_nothing_was_counted_no_condition_was_tried() -> None:
    (doubt,) = judged(state(10)).doubts
    assert "could not be tried" in doubt


def test_what_waits_for_consent_is_not_judged() -> None:
    assert statistics.without_consent(PROFILE) == frozenset()
    assert statistics.without_consent(counting()) == {Category.ANALYTICS}
