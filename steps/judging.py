"""What must hold of what was stored and sent."""

from __future__ import annotations

from pytest_bdd import parsers, then

from consentinel.policy.policy_file import PolicyFile
from consentinel.site.needs import needs
from consentinel.site.profile import Category
from consentinel.suite.pages.reading import Reading
from consentinel.suite.steps.words import (
    CategoryWord,
    CategoryWords,
    allowed_by,
    categories,
    category,
    granted_by,
    objectionable,
)
from consentinel.verdicts import (
    allowed_works,
    anonymity,
    lifetime,
    marks,
    named_services,
    register,
    rejected,
    sent,
    statistics,
    stored,
)
from consentinel.verdicts import (
    policy_limits as limits,
)
from consentinel.verdicts.judge import Judge
from consentinel.visitor.choices import Choices
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory


@then("only functionality items are stored")
def only_functionality(visitor: Visitor, judge: Judge) -> None:
    judge.require(stored.only(visitor.timeline, visitor.profile, (), judge.blind))


@then("only functionality items are stored there")
def only_functionality_there(other_visitor: Visitor, judge: Judge) -> None:
    judge.require(stored.only(other_visitor.timeline, other_visitor.profile, (), judge.blind))


@then(parsers.parse("only functionality items and those for {allowed} are stored"))
def only_functionality_and(visitor: Visitor, judge: Judge, allowed: CategoryWords) -> None:
    judge.require(stored.only(visitor.timeline, visitor.profile, categories(allowed, visitor.profile), judge.blind))


@then(parsers.parse("no {refused} items are stored"))
def no_items(visitor: Visitor, judge: Judge, refused: CategoryWords) -> None:
    judge.require(stored.none_of(visitor.timeline, visitor.profile, categories(refused, visitor.profile), judge.blind))


@then(parsers.parse("no {named} item has been written since"))
def no_item_since(visitor: Visitor, judge: Judge, named: CategoryWords) -> None:
    refused = categories(named, visitor.profile)
    judge.require(stored.written_since(visitor.timeline, visitor.profile, refused, judge.blind, visitor.mark))


@then(parsers.parse("no {named} identifier has been read since"))
def no_identifier_read_since(visitor: Visitor, judge: Judge, named: CategoryWords) -> None:
    refused = categories(named, visitor.profile)
    judge.require(anonymity.left_unread(visitor.timeline, visitor.profile, refused, judge.blind, visitor.mark))


@then("nothing at all is stored")
def nothing_at_all(visitor: Visitor, judge: Judge) -> None:
    judge.require(stored.nothing_at_all(visitor.timeline, visitor.profile))


@then("no cookie of another site is stored")
def no_cookie_of_another_site(visitor: Visitor, judge: Judge) -> None:
    judge.require(stored.no_third_party_cookie(visitor.timeline, visitor.profile))


@then("nothing stands in for the cookies that their browser rejects")
def nothing_stands_in(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    def choose(ordinary: Visitor) -> None:
        Choices(ordinary).allow_only(granted_by(visitor.granted, visitor.profile))

    ordinary = visitor_factory.ordinary_after(visitor, choose).timeline
    origins = visitor.spec.rejected
    judge.require(rejected.nothing_stands_in(visitor.timeline, ordinary, visitor.profile, origins, judge.blind))


@then("nothing optional is kept outside cookies")
def nothing_outside_cookies(visitor: Visitor, judge: Judge) -> None:
    judge.require(stored.outside_cookies(visitor.timeline, visitor.profile, (), judge.blind))


@then(parsers.parse("what is kept outside cookies belongs to {named} or functionality"))
def what_is_kept_belongs_to(visitor: Visitor, judge: Judge, named: CategoryWords) -> None:
    allowed = categories(named, visitor.profile)
    judge.require(stored.outside_cookies(visitor.timeline, visitor.profile, allowed, judge.blind))


@then("every stored item belongs to exactly one category")
def every_item_belongs(visitor: Visitor, judge: Judge) -> None:
    judge.require(stored.declared_once(visitor.timeline, visitor.profile, judge.blind))


@then("every service that was contacted is declared")
def every_service_is_declared(visitor: Visitor, judge: Judge) -> None:
    judge.require(sent.all_declared(visitor.timeline, visitor.profile, judge.blind))


@then("only the site and its technical partners have heard from them")
def only_the_site_heard(visitor: Visitor, judge: Judge) -> None:
    judge.require(sent.only_allowed(visitor.timeline, visitor.profile, (), judge.blind))


@then("only the site and its technical partners have heard from them since")
def only_the_site_heard_since(visitor: Visitor, judge: Judge) -> None:
    judge.require(sent.only_allowed(visitor.timeline, visitor.profile, (), judge.blind, visitor.mark))


@then("only the site and its technical partners have heard from them there")
def only_the_site_heard_there(other_visitor: Visitor, judge: Judge) -> None:
    judge.require(sent.only_allowed(other_visitor.timeline, other_visitor.profile, (), judge.blind))


@then("no service for any other purpose has heard from them")
def no_other_purpose(visitor: Visitor, judge: Judge) -> None:
    allowed = granted_by(visitor.granted, visitor.profile)
    judge.require(sent.only_allowed(visitor.timeline, visitor.profile, allowed, judge.blind))


@then(parsers.re(r"no (?P<named>[\w-]+) service has heard from them(?P<since> since)?"))
def no_service_heard(visitor: Visitor, judge: Judge, named: CategoryWords, since: str | None) -> None:
    begun, refused = visitor.mark if since else 0.0, categories(named, visitor.profile)
    judge.require(sent.nothing_to(visitor.timeline, visitor.profile, refused, judge.blind, begun))


@then(parsers.parse("{allowed} cookies are at work"))
def cookies_are_at_work(visitor: Visitor, judge: Judge, allowed: CategoryWords) -> None:
    judge.require(allowed_works.at_work(visitor.timeline, visitor.profile, category(allowed, visitor.profile)))


@then("every category that they allowed is at work")
def every_category_is_at_work(visitor: Visitor, judge: Judge) -> None:
    judge.require(
        allowed_works.all_at_work(visitor.timeline, visitor.profile, allowed_by(visitor.granted, visitor.profile))
    )


@then(parsers.parse("every category that they allowed but {rejected_one} is at work"))
def every_other_category_is_at_work(visitor: Visitor, judge: Judge, rejected_one: CategoryWord) -> None:
    allowed = allowed_by(visitor.granted, visitor.profile)
    others = [one for one in allowed if one != category(rejected_one, visitor.profile)]
    judge.require(allowed_works.all_at_work(visitor.timeline, visitor.profile, others))


@then("every page view was counted")
def every_page_view_was_counted(visitor: Visitor, judge: Judge) -> None:
    pages = visitor.visited_since_choice()
    judge.require(
        allowed_works.reports_pages(visitor.timeline, visitor.profile, category("analytics", visitor.profile), pages)
    )


@then("the campaign was counted")
def the_campaign_was_counted(visitor: Visitor, judge: Judge) -> None:
    words = Reading(visitor).campaign_words()
    judge.require(
        allowed_works.reports_words(visitor.timeline, visitor.profile, Category.ANALYTICS, "the campaign", words)
    )


@then("the error was counted")
def the_error_was_counted(visitor: Visitor, judge: Judge) -> None:
    words = Reading(visitor).page_words()
    judge.require(
        allowed_works.reports_words(visitor.timeline, visitor.profile, Category.ANALYTICS, "the error", words)
    )


@then("the feature test was counted")
@needs("elements.feature_test_parameter", "elements.feature_test")
def the_feature_test_was_counted(visitor: Visitor, judge: Judge) -> None:
    pair = Reading(visitor).feature_test()
    judge.require(
        allowed_works.reports_parameter(visitor.timeline, visitor.profile, Category.ANALYTICS, "the feature test", pair)
    )


@then("no functionality item holds what brought them")
def no_item_holds_what_brought_them(visitor: Visitor, judge: Judge) -> None:
    judge.require(marks.kept_out(visitor.timeline, visitor.profile, judge.blind))


@then("no service was told what brought them without consent")
def no_service_was_told_what_brought_them(visitor: Visitor, judge: Judge) -> None:
    allowed = granted_by(visitor.granted, visitor.profile)
    judge.require(marks.told_nobody(visitor.timeline, visitor.profile, allowed, judge.blind))


@then("nothing that they objected to has been written since")
def nothing_objected_to_since(visitor: Visitor, judge: Judge) -> None:
    named = objectionable(visitor.profile)
    before = allowed_works.was_at_work(visitor.timeline, visitor.profile, named, visitor.mark)
    judge.require(before + stored.written_since(visitor.timeline, visitor.profile, named, judge.blind, visitor.mark))


@then("nobody that they objected to has heard from them since")
def nobody_objected_to_heard(visitor: Visitor, judge: Judge) -> None:
    named = objectionable(visitor.profile)
    before = allowed_works.was_at_work(visitor.timeline, visitor.profile, named, visitor.mark)
    judge.require(before + sent.nothing_to(visitor.timeline, visitor.profile, named, judge.blind, visitor.mark))


@then("nothing is kept for longer than the limit")
def nothing_is_kept_too_long(visitor: Visitor, judge: Judge) -> None:
    judge.require(lifetime.bounded(visitor.timeline, visitor.profile, judge.blind))


@then("the policy's register lists everything that is stored")
def the_register_lists_everything(visitor: Visitor, policy_register: PolicyFile, judge: Judge) -> None:
    judge.require(register.lists_everything(visitor.timeline, visitor.profile, policy_register, judge.blind))


@then("nothing is kept for longer than the policy says")
def nothing_is_kept_longer_than_said(visitor: Visitor, policy_limits: PolicyFile, judge: Judge) -> None:
    judge.require(limits.kept_as_said(visitor.timeline, visitor.profile, policy_limits, judge.blind))


@then("the choice is kept for as long as the policy says")
def the_choice_lasts(visitor: Visitor, policy_of_choice: PolicyFile, judge: Judge) -> None:
    judge.require(limits.choice_lasts(visitor.timeline, visitor.profile, policy_of_choice, judge.blind))


@then("only services that the policy names have heard from them")
def only_named_services(visitor: Visitor, policy_services: PolicyFile, judge: Judge) -> None:
    judge.require(named_services.only_named(visitor.timeline, visitor.profile, policy_services, judge.blind))


@then("statistics without consent keep to their conditions")
def statistics_keep_to_conditions(visitor: Visitor, judge: Judge) -> None:
    since, away = visitor.mark, visitor.away
    judge.require(statistics.keep_to_conditions(visitor.timeline, visitor.profile, judge.blind, since, away))


@then("the choice is not kept for longer than agreed")
def the_choice_is_not_prolonged(visitor: Visitor, judge: Judge) -> None:
    judge.require(lifetime.not_prolonged(visitor.timeline, visitor.profile, visitor.mark, visitor.away))
