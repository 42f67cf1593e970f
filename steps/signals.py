"""Sentences about consent signals to services."""

from __future__ import annotations

from pytest_bdd import parsers, then

from consentinel.site.needs import needs
from consentinel.verdicts import page_rules, privacy_control, signals, transparency
from consentinel.verdicts.judge import Judge
from consentinel.visitor.page import Page
from consentinel.visitor.plain_visitor import PlainVisitor
from consentinel.visitor.sitemap import absolute
from consentinel.visitor.visitor import Visitor

_MODE = "signals.google_consent_mode|signals.microsoft_consent_mode|signals.consent_commands"
_STRINGS = "signals.tcf"


@then(parsers.re(r"no service was told that anything is allowed(?P<since> since)?"))
@needs(_MODE)
def no_service_was_told_of_anything(visitor: Visitor, judge: Judge, since: str | None) -> None:
    begun = visitor.mark if since else 0.0
    judge.require(signals.nothing_allowed_beyond_choice(visitor.timeline, visitor.profile, judge.blind, begun))


@then("each service was told what the visitor allowed")
@needs(_MODE)
def each_service_was_told(visitor: Visitor, judge: Judge) -> None:
    judge.require(signals.signals_the_choice(visitor.timeline, visitor.profile, judge.blind, visitor.mark))


@then("each was told before it was asked to count")
@needs(_MODE)
def each_was_told_in_time(visitor: Visitor, judge: Judge) -> None:
    judge.require(signals.signals_before_counting(visitor.timeline, visitor.profile, judge.blind, visitor.mark))


@then("no service that was told of a refusal can recognise the visitor")
@needs(_MODE)
def no_service_can_recognise(visitor: Visitor, judge: Judge) -> None:
    judge.require(signals.recognises_nobody(visitor.timeline, visitor.profile, judge.blind))


@then(parsers.re(r"no consent string says that anything is allowed(?P<since> since)?"))
@needs(_STRINGS)
def no_string_allows_anything(visitor: Visitor, judge: Judge, since: str | None) -> None:
    begun = visitor.mark if since else 0.0
    judge.require(transparency.nothing_consented(visitor.timeline, visitor.profile, judge.blind, begun))


@then("each consent string says what the visitor allowed")
@needs(_STRINGS)
def each_string_says(visitor: Visitor, judge: Judge) -> None:
    judge.require(transparency.says_what_was_allowed(visitor.timeline, visitor.profile, judge.blind, visitor.mark))


@then("services were told, and the device holds, what the page's own consent string says")
@needs(_STRINGS)
def all_strings_agree(visitor: Visitor, judge: Judge) -> None:
    judge.require(transparency.agrees_with_page(visitor.timeline, visitor.profile, judge.blind, visitor.mark))


@then("no service was told that anything is allowed against their wish")
@needs("signals.gpc", _MODE)
def no_service_was_told_against_the_wish(visitor: Visitor, judge: Judge) -> None:
    judge.require(privacy_control.nothing_told(visitor.timeline, visitor.profile, judge.blind))


@then("no consent string says that anything is allowed against their wish")
@needs("signals.gpc", _STRINGS)
def no_string_allows_against_the_wish(visitor: Visitor, judge: Judge) -> None:
    judge.require(privacy_control.nothing_consented(visitor.timeline, visitor.profile, judge.blind))


@then("nothing about them is sold or shared")
@needs("signals.gpc")
def nothing_is_sold(visitor: Visitor, judge: Judge) -> None:
    judge.require(privacy_control.nothing_sold(visitor.timeline, visitor.profile, judge.blind))


@then("the site says that it honours their wish")
@needs("signals.gpc", "elements.gpc_notice")
def the_site_honours_the_wish(visitor: Visitor, judge: Judge) -> None:
    held, statement = Page(visitor).shows("gpc_notice"), "the site does not say that it honours the browser's wish"
    judge.require(page_rules.expect(visitor.timeline, held, "wish not confirmed", "notice", statement))


@then("the site does not declare that it ignores such wishes")
@needs("signals.gpc")
def no_wish_is_denied(caller: PlainVisitor, plain_judge: Judge) -> None:
    url = absolute(caller.profile, privacy_control.DECLARATION)
    answer = caller.get(url)
    plain_judge.require(privacy_control.not_denied(url, caller.at, answer.status_code, answer.text))
