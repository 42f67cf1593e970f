"""Who the visitor is, and whether anybody can recognise them."""

from __future__ import annotations

from pytest_bdd import then

from consentinel.site.needs import needs
from consentinel.site.profile import Category, Person
from consentinel.suite.pages.handling import ADDRESS
from consentinel.suite.pages.links import Links
from consentinel.verdicts import (
    allowed_works,
    anonymity,
    kept_files,
    leftovers,
    outgoing,
    personal_data,
    recognisable,
)
from consentinel.verdicts.judge import Judge
from consentinel.visitor.comparison import another_device, further_like, partners_told_nothing
from consentinel.visitor.plain_visitor import PlainVisitor
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory

_PERSON = "person.emails|person.names|person.phones"


@then("the network has recognised the visitor")
def the_network_recognised(visitor: Visitor, judge: Judge) -> None:
    judge.require(allowed_works.recognised(visitor.timeline, visitor.profile, Category.SOCIAL, visitor.mark))


@then("no stored value names the visitor")
@needs(_PERSON)
def no_value_names_the_visitor(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    other = another_device(visitor, visitor_factory)
    judge.require(personal_data.stores_no_personal_data(visitor.timeline, visitor.profile, judge.blind, other))


@then("no other service was told who the visitor is")
@needs(_PERSON)
def no_service_was_told(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    other = another_device(visitor, visitor_factory)
    judge.require(personal_data.sends_no_personal_data(visitor.timeline, visitor.profile, judge.blind, others=other))


@then("nobody else was told the address that they typed")
def nobody_was_told_what_they_typed(visitor: Visitor, judge: Judge) -> None:
    typed = visitor.profile.model_copy(update={"person": Person(emails=(ADDRESS,))})
    judge.require(personal_data.sends_no_personal_data(visitor.timeline, typed, judge.blind))


@then("no functionality value has reached another service")
def no_functionality_value_reached(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    other = another_device(visitor, visitor_factory)
    judge.require(anonymity.functionality_stays_home(visitor.timeline, visitor.profile, judge.blind, other))


@then("no identifier has come back with its old value")
def no_identifier_came_back(
    visitor: Visitor, visitor_factory: VisitorFactory, plain_visitor: PlainVisitor, judge: Judge
) -> None:
    given = plain_visitor.marks
    judge.require(kept_files.recognised_by_file(visitor.timeline, visitor.profile, visitor.forgotten, given))
    other = another_device(visitor, visitor_factory)
    judge.require(anonymity.came_back(visitor.timeline, visitor.profile, judge.blind, visitor.forgotten, other))


@then("the two profiles share no identifier")
def the_profiles_share_nothing(
    visitor: Visitor, other_visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge
) -> None:
    other = another_device(visitor, visitor_factory)
    judge.require(anonymity.share_nothing(visitor.timeline, other_visitor.timeline, visitor.profile, other))


@then("technical partners were told nothing that recognises the visitor")
def partners_were_told_nothing(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    judge.require(partners_told_nothing(visitor, visitor_factory, judge.blind))


@then("no address carries anything that recognises the visitor")
def no_address_carries_anything(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    stranger = visitor_factory.stranger_like(visitor)
    others = stranger.timeline, visitor.profile, judge.blind, *further_like(visitor, stranger)
    judge.require(recognisable.addresses_are_anonymous(visitor.timeline, *others))


@then("no link to another site carries anything that recognises the visitor")
def no_link_carries_anything(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    mine = Links(visitor).pressed_twice()
    theirs = Links(visitor_factory.arrive("stranger")).pressed_twice()
    judge.require(
        outgoing.links_are_anonymous(
            visitor.timeline,
            mine,
            theirs,
            visitor.profile,
            lambda: Links(visitor_factory.arrive("another stranger")).pressed_twice(),
        )
    )


@then("nothing is left that recognised the person who has signed out")
def nothing_is_left_of_the_session(visitor: Visitor, judge: Judge) -> None:
    judge.require(leftovers.nothing_of_the_session(visitor.timeline, visitor.profile, judge.blind))
