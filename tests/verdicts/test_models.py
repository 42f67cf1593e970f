"""What may be stored and sent by the model of a category: after consent, until an objection, or always."""

from __future__ import annotations

import pytest

from consentinel.site.category import Category, CategoryTable
from consentinel.verdicts import http_answers, preferences, sent, stored
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, choice, cookie, only, request, rest, state, timeline, visit, write

STATISTICS, COMFORT, TASTE = Category("statistics"), Category("comfort"), Category("taste")
OWN = {
    STATISTICS: CategoryTable(label="S", model="opt-out", cookies=("_stat",), hosts=("count.example",)),
    COMFORT: CategoryTable(label="C", model="always", refusable=False, cookies=("wide",)),
    TASTE: CategoryTable(label="T", cookies=("taste",), hosts=("taste.example",)),
}
SITE = PROFILE.model_copy(update={"categories": {**PROFILE.categories, **OWN}})
BEFORE = (visit(), write("_stat", at=5.0), state(8.0, cookie("_stat"), cookie("wide")))
REFUSED = (*BEFORE, choice(10.0), state(12.0, cookie("_stat"), cookie("wide")))


def test_what_can_be_objected_to_may_be_stored_before_a_choice_and_stay_after_it() -> None:
    assert stored.only(timeline(*BEFORE, rest()), SITE, (), ()) == Verdict()
    assert stored.only(timeline(*REFUSED, rest()), SITE, (), ()) == Verdict()


def test_what_was_objected_to_is_not_written_any_more() -> None:
    found = only(stored.only(timeline(*REFUSED, write("_stat", at=15.0), rest()), SITE, (), ()))
    assert (found.category, found.name) == ("statistics", "_stat")
    allowed = (*BEFORE, choice(10.0, "statistics"), write("_stat", at=15.0), rest())
    assert stored.only(timeline(*allowed), SITE, (), ()) == Verdict()


def test_its_service_hears_until_the_objection_and_not_after_it() -> None:
    early, late = request("https://count.example/c", at=5.0), request("https://count.example/c", at=15.0)
    assert sent.only_allowed(timeline(visit(), early, choice(10.0), rest()), SITE, (), ()) == Verdict()
    found = only(sent.only_allowed(timeline(visit(), choice(10.0), late, rest()), SITE, (), ()))
    assert (found.category, found.host) == ("statistics", "count.example")


def test_a_category_of_the_sites_own_waits_for_consent_like_any_other() -> None:
    seen = timeline(visit(), write("taste", at=5.0), state(8.0, cookie("taste")), rest())
    assert only(stored.only(seen, SITE, (), ())).category == "taste"
    assert stored.only(seen, SITE, (TASTE,), ()) == Verdict()
    asked = timeline(visit(), request("https://taste.example/t", at=5.0), rest())
    assert only(sent.only_allowed(asked, SITE, (), ())).category == "taste"


@pytest.mark.parametrize(("name", "findings"), [("wide", 0), ("_stat", 0), ("taste", 1)])
def test_the_first_answer_sets_only_what_needs_no_consent(name: str, findings: int) -> None:
    verdict = http_answers.sets_only_functionality(HOME, 1.0, [f"{name}=1; Path=/"], SITE)
    assert len(verdict.findings) == findings


def test_what_needs_no_consent_may_be_ticked_and_the_rest_may_not() -> None:
    on = {Category.FUNCTIONALITY: True, COMFORT: True, STATISTICS: True, TASTE: False}
    free = SITE.allowed_at((), None)
    assert preferences.nothing_ticked(timeline(visit()), on, (), free) == Verdict()
    ticked = preferences.nothing_ticked(timeline(visit()), {**on, TASTE: True}, (), free)
    assert only(ticked).category == "taste"


def test_what_is_always_on_is_no_choice_that_could_be_lost() -> None:
    on = {Category.FUNCTIONALITY: True, COMFORT: True, TASTE: True}
    assert preferences.remembers(timeline(visit()), on, (TASTE,), SITE.always_on) == Verdict()
