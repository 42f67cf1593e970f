"""Where the choice is kept is a pattern, and every rule reads it so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consentinel.evidence.records import Kind, StoredItem
from consentinel.site.classify import is_choice
from consentinel.site.profile import Profile
from consentinel.verdicts import anonymity, lifetime, stored
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    PROFILE,
    cookie,
    item,
    request,
    setting,
    state,
    timeline,
    visit,
)

DAY = 86400.0
KEPT, OTHER = "choice-4f1a", "session-4f1a"
TOKEN = "7f3c9a1e5b2d4860"
SERVICE = "https://a.metrics.example/hit"


def kept_under(pattern: str, kind: str = "cookie") -> Profile:
    """The profile of a site that keeps the choice under such names, and declares them and those of sessions."""
    kept = PROFILE.consent.stored.model_copy(update={"name": pattern, "kind": kind})
    needed = PROFILE.categories["functionality"].model_copy(update={"cookies": ("choice-*", "session-*")})  # type: ignore[index]
    return PROFILE.model_copy(
        update={
            "consent": PROFILE.consent.model_copy(update={"stored": kept}),
            "categories": {**PROFILE.categories, "functionality": needed},
        }
    )


SITE = kept_under("choice-*")


def assumed(held: StoredItem) -> Verdict:
    return stored.assumed(timeline(visit(), state(20.0, held)), SITE)


def bounded(held: StoredItem) -> Verdict:
    return lifetime.bounded(timeline(visit(), setting(held.name, max_age=200 * DAY)), SITE, ())


def prolonged(held: StoredItem) -> Verdict:
    before, after = (state(at, cookie(held.name, TOKEN, expires=180 * DAY)) for at in (20.0, 60.0))
    return lifetime.not_prolonged(timeline(visit(), before, visit(40.0), after), SITE, 40.0, 30 * DAY)


def sent_away(held: StoredItem) -> Verdict:
    seen = timeline(visit(), state(20.0, held), request(f"{SERVICE}?v={TOKEN}", at=30.0))
    return anonymity.functionality_stays_home(seen, SITE, ())


def came_back(held: StoredItem) -> Verdict:
    seen = timeline(visit(), state(20.0, held), visit(40.0), state(60.0, held))
    return anonymity.came_back(seen, SITE, (), 40.0)


def shared(held: StoredItem) -> Verdict:
    seen = timeline(visit(), state(20.0, held))
    return anonymity.share_nothing(seen, seen, SITE)


@pytest.mark.parametrize("rule", [assumed, bounded, prolonged])
def test_what_the_pattern_covers_is_the_choice(rule: Callable[[StoredItem], Verdict]) -> None:
    assert rule(cookie(KEPT, TOKEN)).findings
    assert not rule(cookie(OTHER, TOKEN)).findings


@pytest.mark.parametrize("rule", [sent_away, came_back, shared])
def test_the_choice_recognises_nobody(rule: Callable[[StoredItem], Verdict]) -> None:
    assert not rule(cookie(KEPT, TOKEN)).findings
    assert rule(cookie(OTHER, TOKEN)).findings


def test_a_choice_in_several_items_ends_with_each() -> None:
    ends = {"choice-a": 180 * DAY, "choice-b": 90 * DAY}
    before = state(20.0, *(cookie(name, expires=end) for name, end in ends.items()))
    after = state(60.0, cookie("choice-a", expires=150 * DAY), cookie("choice-b", expires=90 * DAY))
    verdict = lifetime.not_prolonged(timeline(visit(), before, visit(40.0), after), SITE, 40.0, 30 * DAY)
    assert [finding.name for finding in verdict.findings] == ["choice-b"]


def test_an_item_of_another_kind_is_not_the_choice() -> None:
    assert is_choice(Kind.LOCAL_STORAGE, KEPT, kept_under("choice-*", "local_storage"))
    assert not is_choice(Kind.COOKIE, KEPT, kept_under("choice-*", "local_storage"))
    held = state(20.0, item(Kind.LOCAL_STORAGE, KEPT))
    assert stored.assumed(timeline(visit(), held), SITE) == Verdict()
