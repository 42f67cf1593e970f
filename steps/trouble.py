"""What befalls the consent manager, and the saving of a choice."""

from __future__ import annotations

from pytest_bdd import given, parsers

from consentinel.site.needs import needs
from consentinel.suite.pages.reading import Reading
from consentinel.suite.steps.words import ManagerTrouble
from consentinel.visitor import trouble
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory


@given(parsers.parse("a visitor for whom the consent manager {befalls}"), target_fixture="visitor")
@needs("consent.served_from")
def a_visitor_in_trouble(visitor_factory: VisitorFactory, befalls: ManagerTrouble) -> Visitor:
    visitor = visitor_factory.arrive()
    trouble.befall_manager(visitor, befalls)
    return visitor


@given(
    parsers.parse("a visitor who has seen the home page, and for whom the consent manager then {befalls}"),
    target_fixture="visitor",
)
@needs("consent.served_from")
def a_visitor_in_trouble_later(visitor_factory: VisitorFactory, befalls: ManagerTrouble) -> Visitor:
    visitor = visitor_factory.arrive()
    Reading(visitor).visit("home page")
    trouble.befall_manager(visitor, befalls)
    return visitor


@given("a visitor whose connection is slow", target_fixture="visitor")
def a_visitor_on_a_slow_connection(visitor_factory: VisitorFactory) -> Visitor:
    visitor = visitor_factory.arrive()
    trouble.slow_down(visitor)
    return visitor


@given("a visitor whose connection breaks off whenever a choice is saved", target_fixture="visitor")
@needs("consent.saved_by")
def a_visitor_who_cannot_save(visitor_factory: VisitorFactory) -> Visitor:
    visitor = visitor_factory.arrive()
    trouble.cut_off_saving(visitor)
    return visitor
