"""What needs no consent is at work until the visitor objects, and rests from then on."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Choice, Record
from consentinel.policy.policy_file import PolicyFile
from consentinel.site.category import categories_named
from consentinel.site.profile import Category, Profile
from consentinel.verdicts import allowed_works, marks, named_services, privacy_control, stored
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.performed import not_performed
from tests.policy.builders import policy_of
from tests.verdicts.builders import HOME, PROFILE, choice, cookie, only, request, rest, state, timeline, visit, write

ANALYTICS = Category.ANALYTICS
OPT_OUT: Profile = PROFILE.model_copy(
    update={
        "categories": {
            **PROFILE.categories,
            ANALYTICS: PROFILE.categories[ANALYTICS].model_copy(update={"model": "opt-out"}),
            Category("films"): PROFILE.categories[Category.SOCIAL].model_copy(update={"label": "Films"}),
        }
    }
)
COUNTED = request("https://a.metrics.example/collect?gclid=Cj0KCQiA2sqOBhCGARIsAPuPK0h", at=35.0)
FORGOTTEN = Choice(30.0, None)


def written_since(*records: Record) -> Verdict:
    return stored.written_since(timeline(visit(), *records, rest()), OPT_OUT, OPT_OUT.refusable, (), 30.0)


def test_who_has_removed_a_choice_has_not_objected() -> None:
    later = (write("_ga", at=35.0), state(40.0, cookie("_ga")))
    assert written_since(choice(5.0, "analytics"), FORGOTTEN, *later) == Verdict()
    assert only(written_since(choice(5.0, "analytics"), choice(30.0), *later)).category == "analytics"
    assert only(written_since(FORGOTTEN, write("_adn", at=35.0), state(40.0, cookie("_adn")))).category == "advertising"


def test_until_an_objection_the_service_may_know_what_brought_the_visitor() -> None:
    arrived = request(f"{HOME}?gclid=Cj0KCQiA2sqOBhCGARIsAPuPK0h", 2.0, document=True)
    assert marks.told_nobody(timeline(arrived, COUNTED, rest()), OPT_OUT, (), ()).findings == ()
    refused = marks.told_nobody(timeline(arrived, choice(30.0), COUNTED, rest()), OPT_OUT, (), ())
    assert only(refused).category == "analytics"


@pytest.mark.parametrize("before", [request(COUNTED.url, at=10.0), state(10.0, cookie("_ga"))], ids=["heard", "stored"])
def test_what_was_at_work_can_end(before: Record) -> None:
    assert allowed_works.was_at_work(timeline(visit(), before), OPT_OUT, [ANALYTICS], 30.0) == Verdict()


def test_what_was_never_at_work_proves_nothing_by_resting() -> None:
    (doubt,) = allowed_works.was_at_work(timeline(visit(), COUNTED), OPT_OUT, [ANALYTICS], 30.0).doubts
    assert doubt == "nothing of analytics was seen before, so that nothing can have ended"


def test_a_choice_of_a_sites_own_category_is_performed_if_it_allows_that_one() -> None:
    sentence = "a visitor who has allowed films cookies"
    assert categories_named(sentence) == ()
    assert categories_named(sentence, OPT_OUT.refusable) == ("films",)
    assert categories_named("they allow films-at-home cookies", OPT_OUT.refusable) == ()
    assert not_performed(sentence, 1.0, [timeline(choice(5.0, "films"))], OPT_OUT) == ()
    assert not_performed(sentence, 1.0, [timeline(choice(5.0))], OPT_OUT)


def test_an_objection_leaves_what_was_allowed_besides() -> None:
    sentence = "they object to what needs no consent"
    before = choice(5.0, "analytics", "films")
    assert not_performed(sentence, 8.0, [timeline(before, choice(9.0, "films"))], OPT_OUT) == ()
    assert not_performed(sentence, 8.0, [timeline(before, choice(9.0))], OPT_OUT)
    assert not_performed(sentence, 1.0, [timeline(choice(9.0))], OPT_OUT) == ()


def test_without_a_category_that_sells_the_wish_of_a_browser_proves_nothing() -> None:
    profile = PROFILE.model_copy(update={"signals": PROFILE.signals.model_copy(update={"gpc_refuses": ()})})
    verdict = privacy_control.nothing_sold(timeline(visit(), rest()), profile, ())
    assert verdict.doubts == ("the profile has none of the categories of signals.gpc_refuses: nobody could hear",)


def policy(confirmed: bool = True) -> PolicyFile:
    table = {"name": "Statistics", "services": ["Metrics"], "confirmed": confirmed}
    return policy_of("We link to our imprint.", parameters={"categories": {"analytics": table}})


def named(policy: PolicyFile, *urls: str) -> Verdict:
    return named_services.only_named(timeline(*map(request, urls)), PROFILE, policy, ())


def test_services_that_the_policy_names_the_site_and_its_partners_may_hear() -> None:
    assert named(policy(), HOME, "https://a.cdn.example/kit.js", "https://a.metrics.example/m.js") == Verdict()


def test_a_service_of_a_category_without_named_ones_and_a_stranger_are_findings() -> None:
    found = named(policy(), "https://www.ads.example/pixel", "https://nobody.example/x").findings
    assert [(one.rule, one.host, one.category) for one in found] == [
        ("service not named", "www.ads.example", "advertising"),
        ("service not named", "nobody.example", "undeclared"),
    ]
    assert found[0].sentence.startswith("The service at www.ads.example heard from the visitor, and the policy")


def test_services_that_nobody_has_confirmed_make_a_doubt() -> None:
    verdict = named(policy(confirmed=False), "https://a.metrics.example/m.js")
    assert verdict.findings == ()
    assert verdict.doubts == ("nobody has confirmed which services the policy names for analytics",)
