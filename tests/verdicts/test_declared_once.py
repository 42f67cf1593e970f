"""Each item is declared by name, in one category."""

from __future__ import annotations

from consentinel.site.profile import Category
from consentinel.verdicts import stored
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    PROFILE,
    cookie,
    only,
    rest,
    state,
    timeline,
    visit,
)

ANALYTICS = Category.ANALYTICS
CLEAN = (visit(), state(20.0, cookie("session"), cookie("choice")), rest())


def test_every_item_is_declared_once() -> None:
    assert stored.declared_once(timeline(*CLEAN), PROFILE, ()) == Verdict()


def test_an_item_known_only_by_its_host_is_not_declared_by_name() -> None:
    seen = timeline(visit(), state(20.0, cookie("new", host="a.metrics.example"), cookie("zz")))
    first, second = stored.declared_once(seen, PROFILE, ()).findings
    assert {first.rule, second.rule} == {"undeclared: not declared"}
    assert (
        first.sentence == 'The undeclared cookie "new" of a.metrics.example was stored without being declared by name'
    )


def test_an_item_in_two_categories_is_a_finding() -> None:
    twice = PROFILE.model_copy(
        update={
            "categories": {
                **PROFILE.categories,
                ANALYTICS: PROFILE.categories[ANALYTICS].model_copy(update={"cookies": ("both",)}),
            }
        }
    )
    finding = only(stored.declared_once(timeline(visit(), state(20.0, cookie("both"))), twice, ()))
    assert finding.rule == "undeclared: in several categories"
    assert (
        finding.sentence
        == 'The cookie "both" of shop.example is declared in several categories: analytics and advertising'
    )
