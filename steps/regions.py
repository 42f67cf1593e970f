"""Visitors who come from a region of the profile, by a proxy there."""

from __future__ import annotations

from pytest_bdd import given, parsers, then

from consentinel.site.needs import needs
from consentinel.verdicts import assumption, regions
from consentinel.verdicts.judge import Judge
from consentinel.visitor.asking import Asking
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory


@given(parsers.re(r"a visitor from (?P<region>.+), where visitors (are asked|can opt out)"), target_fixture="visitor")
@needs("regions")
def a_visitor_from(visitor_factory: VisitorFactory, region: str) -> Visitor:
    return visitor_factory.arrive_from(region)


@then("the site asks the visitors of that region")
@needs("regions")
def the_site_asks_there(visitor: Visitor, judge: Judge) -> None:
    sight = Asking(visitor).asks()
    judge.require(assumption.assumed(visitor.timeline, visitor.profile, *Asking(visitor).others()))
    judge.require(regions.asked(visitor.name, sight.shows, sight.doubt))
