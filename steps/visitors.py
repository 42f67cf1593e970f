"""Who comes to the site."""

from __future__ import annotations

from dataclasses import replace

from pytest_bdd import given, parsers

from consentinel.browser.spec import CookiePolicy
from consentinel.policy.policy_file import PolicyFile
from consentinel.site.needs import needs
from consentinel.suite.pages.account import Account
from consentinel.suite.pages.reading import Reading
from consentinel.suite.steps.words import (
    UNUSUAL,
    CategoryWord,
    CategoryWords,
    Peculiarity,
    categories,
    category,
    service_hosts,
)
from consentinel.verdicts import statistics
from consentinel.visitor.choices import Choices
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.own_browser import OwnBrowserVisitor
from consentinel.visitor.plain_visitor import PlainVisitor
from consentinel.visitor.positive_control import PositiveControls
from consentinel.visitor.stillness import watched_for_motion
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import NARROW, TINY, VisitorFactory


@given("a policy that lists what is stored")
def a_policy_that_lists(policy_register: PolicyFile) -> None:
    """The fixture says why where there is none."""


@given("a policy that says how long something is kept")
def a_policy_with_limits(policy_limits: PolicyFile) -> None:
    """The fixture says why where there is none."""


@given("a policy that says how long a choice is kept")
def a_policy_with_a_term_of_choice(policy_of_choice: PolicyFile) -> None:
    """The fixture says why where there is none."""


@given("a policy that names its services")
def a_policy_that_names(policy_services: PolicyFile) -> None:
    """The fixture says why where there is none."""


@given("a new visitor", target_fixture="visitor")
def a_new_visitor(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive()


@given("a new visitor to a site that counts without consent", target_fixture="visitor")
def a_new_visitor_who_is_counted(visitor_factory: VisitorFactory) -> Visitor:
    if not statistics.without_consent(visitor_factory.profile):
        raise MissingEntry('categories (one with model = "opt-out" or "always")')
    return visitor_factory.arrive()


@given("a new visitor on the home page", target_fixture="visitor")
def a_new_visitor_on_the_home_page(visitor_factory: VisitorFactory) -> Visitor:
    visitor = visitor_factory.arrive()
    Reading(visitor).visit("home page")
    return visitor


@given("a visitor who has accepted all cookies", target_fixture="visitor")
def a_visitor_who_accepted(visitor_factory: VisitorFactory) -> Visitor:
    visitor = a_new_visitor_on_the_home_page(visitor_factory)
    Choices(visitor).accept_all()
    return visitor


@given("a visitor who has refused all cookies", target_fixture="visitor")
def a_visitor_who_refused(visitor_factory: VisitorFactory) -> Visitor:
    visitor = a_new_visitor_on_the_home_page(visitor_factory)
    Choices(visitor).refuse_all()
    return visitor


@given(parsers.parse("a visitor who has allowed {allowed} cookies"), target_fixture="visitor")
def a_visitor_who_allowed(visitor_factory: VisitorFactory, allowed: CategoryWords) -> Visitor:
    visitor = a_new_visitor_on_the_home_page(visitor_factory)
    Choices(visitor).allow_only(categories(allowed, visitor.profile))
    return visitor


@given(parsers.parse("a visitor who has refused {refused} cookies alone"), target_fixture="visitor")
def a_visitor_who_refused_one(visitor_factory: VisitorFactory, refused: CategoryWords) -> Visitor:
    visitor = a_new_visitor_on_the_home_page(visitor_factory)
    Choices(visitor).refuse_only(category(refused, visitor.profile))
    return visitor


@given("who has read two articles")
def who_has_read_two_articles(visitor: Visitor) -> None:
    Reading(visitor).read_articles(2)


@given("a visitor with a browser of their own who has accepted all cookies", target_fixture="visitor")
def an_own_browser_that_accepted(visitor_factory: VisitorFactory) -> Visitor:
    visitor = visitor_factory.arrive_with_own_browser()
    Reading(visitor).visit("home page")
    Choices(visitor).accept_all()
    return visitor


@given("a visitor with a browser of their own who has refused all cookies", target_fixture="visitor")
def an_own_browser_that_refused(visitor_factory: VisitorFactory) -> Visitor:
    visitor = visitor_factory.arrive_with_own_browser()
    Reading(visitor).visit("home page")
    Choices(visitor).refuse_all()
    return visitor


@given("a visitor who is signed in at a social network", target_fixture="visitor")
@needs("account.network_sign_in")
def a_visitor_with_a_session(visitor_factory: VisitorFactory) -> Visitor:
    visitor = visitor_factory.arrive()
    Account(visitor).sign_in_at_network()
    Reading(visitor).visit_and_mark("home page")
    return visitor


@given("a visitor whose browser rejects all cookies", target_fixture="visitor")
def a_visitor_rejecting_all(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive_blocking(CookiePolicy.NONE)


@given("a visitor whose browser rejects cookies of other sites", target_fixture="visitor")
def a_visitor_rejecting_third_parties(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive_blocking(CookiePolicy.FIRST_PARTY)


@given(parsers.parse("a visitor whose browser rejects the cookies of the {named} services"), target_fixture="visitor")
def a_visitor_rejecting_services(visitor_factory: VisitorFactory, named: CategoryWord) -> Visitor:
    return visitor_factory.arrive_rejecting(service_hosts(named, visitor_factory.profile))


@given("a visitor whose browser rejects the site's own cookies", target_fixture="visitor")
def a_visitor_rejecting_the_site(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive_rejecting(visitor_factory.profile.site.hosts)


@given("a visitor whose browser forgets everything on closing", target_fixture="visitor")
def a_visitor_whose_browser_forgets(visitor_factory: VisitorFactory) -> OwnBrowserVisitor:
    return visitor_factory.arrive_forgetting()


@given("a visitor whose browser asks not to be sold or shared", target_fixture="visitor")
@needs("signals.gpc")
def a_visitor_asking_not_to_be_sold(visitor_factory: VisitorFactory, positive_controls: PositiveControls) -> Visitor:
    visitor = visitor_factory.arrive_asking_not_to_be_sold()
    asking = replace(visitor_factory.resources, spec=visitor.spec)
    visitor.recorder.missed.extend(positive_controls.of_privacy_control(asking))
    return visitor


@given("a visitor on a narrow screen", target_fixture="visitor")
def a_visitor_on_a_narrow_screen(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive(device=NARROW)


@given("a visitor on a narrow screen whose browser asks for dark colours", target_fixture="visitor")
def a_visitor_on_a_narrow_dark_screen(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive_asking_for_dark_colours(device=NARROW)


@given("a visitor whose browser asks for dark colours", target_fixture="visitor")
def a_visitor_in_the_dark(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive_asking_for_dark_colours()


@given("a visitor whose browser asks for less motion", target_fixture="visitor")
def a_visitor_who_wants_less_motion(visitor_factory: VisitorFactory) -> Visitor:
    return watched_for_motion(visitor_factory.arrive_asking_for_less_motion())


@given("a visitor on a phone", target_fixture="visitor")
def a_visitor_on_a_phone(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive_by_phone()


@given("a visitor whose time zone tells no country", target_fixture="visitor")
def a_visitor_from_nowhere(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive_without_country()


@given("a visitor on a tiny screen", target_fixture="visitor")
def a_visitor_on_a_tiny_screen(visitor_factory: VisitorFactory) -> Visitor:
    return visitor_factory.arrive(device=TINY)


@given("a visitor without scripts", target_fixture="caller")
def a_visitor_without_scripts(plain_visitor: PlainVisitor) -> PlainVisitor:
    return plain_visitor


@given(parsers.parse("a visitor without scripts and with {what}"), target_fixture="caller")
def an_unusual_visitor(plain_visitor: PlainVisitor, what: Peculiarity) -> PlainVisitor:
    plain_visitor.headers = UNUSUAL[what]
    return plain_visitor
