"""What must hold of what was stored and sent."""

from __future__ import annotations

from pytest_bdd import parsers, then

from pages.company import Company
from pages.reading import Reading
from pages.visitor import Visitor
from sites.profile import Category
from steps.words import categories
from verdicts import anonymity, lifetime, sent, stored, working
from verdicts.court import Court


@then("only functionality items are stored")
def only_functionality(visitor: Visitor, court: Court) -> None:
    court.hear(stored.only(visitor.timeline, visitor.profile, (), court.blind))


@then("only functionality items are stored there")
def only_functionality_there(other: Visitor, court: Court) -> None:
    court.hear(stored.only(other.timeline, other.profile, (), court.blind))


@then(parsers.parse("only functionality items and those for {allowed} are stored"))
def only_functionality_and(visitor: Visitor, court: Court, allowed: str) -> None:
    court.hear(stored.only(visitor.timeline, visitor.profile, categories(allowed), court.blind))


@then(parsers.parse("no {category} items are stored"))
def no_items(visitor: Visitor, court: Court, category: str) -> None:
    court.hear(stored.none_of(visitor.timeline, visitor.profile, categories(category), court.blind))


@then(parsers.parse("no {category} item has been written since"))
def no_item_since(visitor: Visitor, court: Court, category: str) -> None:
    refused = categories(category)
    court.hear(stored.written_since(visitor.timeline, visitor.profile, refused, court.blind, visitor.mark))


@then(parsers.parse("no {category} identifier has been read since"))
def no_identifier_read_since(visitor: Visitor, court: Court, category: str) -> None:
    refused = categories(category)
    court.hear(anonymity.left_unread(visitor.timeline, visitor.profile, refused, court.blind, visitor.mark))


@then("nothing at all is stored")
def nothing_at_all(visitor: Visitor, court: Court) -> None:
    court.hear(stored.nothing_at_all(visitor.timeline, visitor.profile))


@then("no cookie of another site is stored")
def no_cookie_of_another_site(visitor: Visitor, court: Court) -> None:
    court.hear(stored.no_third_party_cookie(visitor.timeline, visitor.profile))


@then("nothing optional is kept outside cookies")
def nothing_outside_cookies(visitor: Visitor, court: Court) -> None:
    court.hear(stored.outside_cookies(visitor.timeline, visitor.profile, (), court.blind))


@then(parsers.parse("what is kept outside cookies belongs to {category} or functionality"))
def what_is_kept_belongs_to(visitor: Visitor, court: Court, category: str) -> None:
    court.hear(stored.outside_cookies(visitor.timeline, visitor.profile, categories(category), court.blind))


@then("every stored item belongs to exactly one category")
def every_item_belongs(visitor: Visitor, court: Court) -> None:
    court.hear(stored.declared_once(visitor.timeline, visitor.profile, court.blind))


@then("every service that was contacted is declared")
def every_service_is_declared(visitor: Visitor, court: Court) -> None:
    court.hear(sent.all_declared(visitor.timeline, visitor.profile, court.blind))


@then("only the site and its technical partners have heard from them")
def only_the_site_heard(visitor: Visitor, court: Court) -> None:
    court.hear(sent.only_allowed(visitor.timeline, visitor.profile, (), court.blind))


@then("only the site and its technical partners have heard from them since")
def only_the_site_heard_since(visitor: Visitor, court: Court) -> None:
    court.hear(sent.only_allowed(visitor.timeline, visitor.profile, (), court.blind, visitor.mark))


@then("no service for any other purpose has heard from them")
def no_other_purpose(visitor: Visitor, court: Court) -> None:
    allowed = [Category(one) for one in visitor.granted or ()]
    court.hear(sent.only_allowed(visitor.timeline, visitor.profile, allowed, court.blind))


@then(parsers.re(r"no (?P<category>\w+) service has heard from them(?P<since> since)?"))
def no_service_heard(visitor: Visitor, court: Court, category: str, since: str | None) -> None:
    begun = visitor.mark if since else 0.0
    court.hear(sent.nothing_to(visitor.timeline, visitor.profile, categories(category), court.blind, begun))


@then(parsers.parse("{category} cookies are at work"))
def cookies_are_at_work(visitor: Visitor, court: Court, category: str) -> None:
    court.hear(working.at_work(visitor.timeline, visitor.profile, Category(category)))


@then("every page view was counted")
def every_page_view_was_counted(visitor: Visitor, court: Court) -> None:
    pages = visitor.visited_since_choice()
    court.hear(working.told_of_pages(visitor.timeline, visitor.profile, Category.ANALYTICS, pages))


@then("the campaign was counted")
def the_campaign_was_counted(visitor: Visitor, court: Court) -> None:
    words = visitor.campaign_words()
    court.hear(working.told_of(visitor.timeline, visitor.profile, Category.ANALYTICS, "the campaign", words))


@then("the error was counted")
def the_error_was_counted(visitor: Visitor, court: Court) -> None:
    words = visitor.page_words()
    court.hear(working.told_of(visitor.timeline, visitor.profile, Category.ANALYTICS, "the error", words))


@then("the feature test was counted")
def the_feature_test_was_counted(visitor: Visitor, court: Court) -> None:
    pair = Reading(visitor).feature_test()
    court.hear(working.told_parameter(visitor.timeline, visitor.profile, Category.ANALYTICS, "the feature test", pair))


@then("the network has recognised the visitor")
def the_network_recognised(visitor: Visitor, court: Court) -> None:
    court.hear(working.recognised(visitor.timeline, visitor.profile, Category.SOCIAL, visitor.mark))


@then("no stored value names the visitor")
def no_value_names_the_visitor(visitor: Visitor, court: Court) -> None:
    court.hear(anonymity.names_nobody(visitor.timeline, visitor.profile, court.blind))


@then("no other service was told who the visitor is")
def no_service_was_told(visitor: Visitor, court: Court) -> None:
    court.hear(anonymity.told_nobody(visitor.timeline, visitor.profile, court.blind))


@then("no functionality value has reached another service")
def no_functionality_value_reached(visitor: Visitor, court: Court) -> None:
    court.hear(anonymity.functionality_stays_home(visitor.timeline, visitor.profile, court.blind))


@then("no identifier has come back with its old value")
def no_identifier_came_back(visitor: Visitor, court: Court) -> None:
    court.hear(anonymity.came_back(visitor.timeline, visitor.profile, court.blind, visitor.forgotten))


@then("the two profiles share no identifier")
def the_profiles_share_nothing(visitor: Visitor, other: Visitor, court: Court) -> None:
    court.hear(anonymity.share_nothing(visitor.timeline, other.timeline, visitor.profile))


@then("technical partners were told nothing that recognises the visitor")
def partners_were_told_nothing(visitor: Visitor, company: Company, court: Court) -> None:
    stranger = company.stranger_like(visitor).timeline
    court.hear(anonymity.partners_cannot_recognise(visitor.timeline, stranger, visitor.profile, court.blind))


@then("no address carries anything that recognises the visitor")
def no_address_carries_anything(visitor: Visitor, company: Company, court: Court) -> None:
    stranger = company.stranger_like(visitor).timeline
    court.hear(anonymity.addresses_are_anonymous(visitor.timeline, stranger, visitor.profile, court.blind))


@then("nothing is kept for longer than the policy's limit")
def nothing_is_kept_too_long(visitor: Visitor, court: Court) -> None:
    court.hear(lifetime.bounded(visitor.timeline, visitor.profile, court.blind))


@then("the choice is not kept for longer than agreed")
def the_choice_is_not_prolonged(visitor: Visitor, court: Court) -> None:
    court.hear(lifetime.not_prolonged(visitor.timeline, visitor.profile, visitor.mark, visitor.away))
