"""A session that the site needs is there without a grant; what a grant alone brings is no such session by its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.drafting.known import known_item
from consentinel.drafting.sorting import Verdict, sort_items
from consentinel.drafting.survey import Item, Traces
from consentinel.evidence.records import Kind
from consentinel.site.profile import Category
from tests.site.test_compose import BEFORE, CHOICE, OWN, cookie
from tests.site.test_sorting import NOBODY, all_or_nothing

SESSION = cookie("widget_session")


def sorted_as(item: Item, before: Traces, accepted: Traces) -> Verdict:
    return sort_items(all_or_nothing(accepted, before), NOBODY, OWN)[item]


def with_item(traces: Traces, *items: Item) -> Traces:
    return replace(traces, items=traces.items | {*items})


def test_a_session_that_each_visitor_has_is_proposed_as_needed() -> None:
    early = with_item(BEFORE, SESSION)
    found = sorted_as(SESSION, early, with_item(early, CHOICE))
    assert found.category is Category.FUNCTIONALITY
    assert "a session of Laravel or Rails" in found.why


def test_a_session_that_a_grant_alone_brings_is_in_no_category() -> None:
    found = sorted_as(SESSION, BEFORE, with_item(BEFORE, CHOICE, SESSION))
    assert found.category is None
    assert found.why.startswith("seen only where everything was allowed, though it is called as")


@pytest.mark.parametrize("name", ["cookielawinfo-checkbox-analytics", "__cf_bm", "AWSALB"])
def test_what_a_grant_may_bring_is_still_known_by_its_name(name: str) -> None:
    item = cookie(name)
    assert sorted_as(item, BEFORE, with_item(BEFORE, CHOICE, item)).category is Category.FUNCTIONALITY


@pytest.mark.parametrize("kind", [Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE, Kind.INDEXED_DB])
def test_a_session_of_a_server_is_a_cookie(kind: Kind) -> None:
    assert known_item("widget_session", kind) is None
    assert known_item("_ga", kind) is not None


def test_the_name_of_a_service_counts_before_a_pattern_that_fits_any_name() -> None:
    known = known_item("cly_session", Kind.COOKIE)
    assert known is not None
    assert known.what == "Countly"
