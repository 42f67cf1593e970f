"""What a visitor must see of social networks: their buttons, their links, and what the site says in their place."""

from __future__ import annotations

from pytest_bdd import then

from consentinel.site.needs import needs
from consentinel.suite.pages.reading import Reading
from consentinel.suite.pages.social import Sharing
from consentinel.verdicts import page_rules
from consentinel.verdicts.judge import Judge
from consentinel.visitor.page import Page
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory


@then("the share buttons say why they are off")
@needs("pages.shared", "elements.share_notice", "elements.share_buttons")
def the_share_buttons_are_off(visitor: Visitor, judge: Judge) -> None:
    Sharing(visitor).visit_article()
    held = Page(visitor).shows("share_notice") and not Page(visitor).shows("share_buttons")
    statement = "no notice says why the share buttons are off"
    judge.require(page_rules.expect(visitor.timeline, held, "not explained", "share notice", statement, "social"))


@then("the page says why signing in through the network is off")
@needs("elements.social_sign_in_notice", "elements.social_sign_in")
def signing_in_through_the_network_is_off(visitor: Visitor, judge: Judge) -> None:
    held = Page(visitor).shows("social_sign_in_notice") and not Page(visitor).shows("social_sign_in")
    statement = "no notice says why signing in through the network is off"
    judge.require(page_rules.expect(visitor.timeline, held, "not explained", "sign-in notice", statement, "social"))


@then("a plain link leads to the network")
@needs("elements.network_link")
def a_link_leads_to_the_network(visitor: Visitor, judge: Judge) -> None:
    judge.require(page_rules.leads(visitor.timeline, Reading(visitor).link("network_link"), "social network"))


@then("that link carries nothing that recognises the visitor")
@needs("elements.network_link")
def that_link_carries_nothing(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    stranger = Reading(visitor_factory.stranger_like(visitor))
    mine, theirs = Reading(visitor).link("network_link"), stranger.link("network_link")
    judge.require(page_rules.recognises_nobody(visitor.timeline, mine, theirs, "social network"))


@then("the network's own buttons are there")
@needs("pages.shared", "elements.share_buttons")
def the_networks_buttons_are_there(visitor: Visitor, judge: Judge) -> None:
    Sharing(visitor).visit_article()
    held, statement = (
        Page(visitor).shows("share_buttons"),
        "the network's buttons are missing, although social is allowed",
    )
    judge.require(page_rules.expect(visitor.timeline, held, "does not work", "share buttons", statement, "social"))


@then("the article was shared")
@needs("elements.share_done", "elements.share_buttons")
def the_article_was_shared(visitor: Visitor, judge: Judge) -> None:
    held = Sharing(visitor).was_shared()
    statement = "the article could not be shared, although social cookies are allowed"
    judge.require(page_rules.expect(visitor.timeline, held, "does not work", "share", statement, "social"))


@then("the network remembers how they share")
@needs("pages.shared", "elements.share_preference_kept", "elements.share_buttons")
def the_network_remembers(visitor: Visitor, judge: Judge) -> None:
    held, statement = Sharing(visitor).remembers_preference(), "the network does not remember how the visitor shares"
    judge.require(page_rules.expect(visitor.timeline, held, "forgotten", "sharing preference", statement, "social"))
