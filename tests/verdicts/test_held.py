"""What the harness answered in place of a service: rules that rest on the answer cannot tell, others can."""

from __future__ import annotations

from consentinel.evidence.records import HELD, Kind
from consentinel.site.profile import Category
from consentinel.verdicts import allowed_works, lifetime, sent, stored
from tests.verdicts.builders import PROFILE, choice, cookie, only, request, rest, state, timeline, visit

HIT = request("https://metrics.example/hit", 30.0, status=204, altered=HELD)


def test_a_service_that_hears_without_consent_is_found_all_the_same() -> None:
    seen = timeline(visit(), HIT, state(80.0), rest())
    assert only(sent.only_allowed(seen, PROFILE, (), ())).host == "metrics.example"


def test_nothing_stored_cannot_be_told_of_a_refused_service_that_was_answered_for() -> None:
    seen = timeline(visit(), HIT, state(80.0), rest())
    doubts = stored.only(seen, PROFILE, (), ()).doubts
    assert doubts == (f"what metrics.example would have stored by its answer cannot be told: it was {HELD}",)
    assert stored.none_of(seen, PROFILE, [Category.ANALYTICS], ()).doubts == doubts
    assert stored.written_since(seen, PROFILE, [Category.ANALYTICS], (), 10.0).doubts == doubts


def test_an_allowed_service_may_store_what_it_likes() -> None:
    seen = timeline(choice(1.0, "analytics"), HIT, state(80.0, cookie("_ga")), rest())
    assert stored.only(seen, PROFILE, [Category.ANALYTICS], ()).doubts == ()
    assert stored.none_of(seen, PROFILE, [Category.SOCIAL], ()).doubts == ()
    assert stored.written_since(seen, PROFILE, [Category.ANALYTICS], (), 40.0).doubts == ()
    assert stored.none_of(seen, PROFILE, [Category.ANALYTICS], (), kinds=[Kind.CACHE]).doubts == ()
    assert len(lifetime.bounded(seen, PROFILE, ()).doubts) == 1


def test_a_service_that_stores_by_its_answer_is_at_work_as_far_as_can_be_told() -> None:
    seen = timeline(choice(1.0, "analytics"), HIT, state(80.0), rest())
    verdict = allowed_works.at_work(seen, PROFILE, Category.ANALYTICS)
    assert verdict.findings == ()
    assert HELD in verdict.doubts[0]
    by_script = timeline(choice(1.0, "analytics"), HIT, state(80.0, cookie("_ga")), rest())
    assert allowed_works.at_work(by_script, PROFILE, Category.ANALYTICS).doubts == ()


def test_a_service_that_never_hears_is_not_excused() -> None:
    seen = timeline(choice(1.0, "analytics"), state(80.0, cookie("_ga")), rest())
    assert only(allowed_works.at_work(seen, PROFILE, Category.ANALYTICS)).rule == "not at work"


def test_whether_a_network_recognises_cannot_be_told() -> None:
    hit = request("https://circle.example/like", 30.0, altered=HELD)
    verdict = allowed_works.recognised(timeline(choice(1.0, "social"), hit, rest()), PROFILE, Category.SOCIAL)
    assert verdict.findings == ()
    assert HELD in verdict.doubts[0]
