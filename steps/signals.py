"""Sentences about consent signals to services."""

from __future__ import annotations

from pytest_bdd import parsers, then

from consentinel.site.needs import needs
from consentinel.verdicts import signals
from consentinel.verdicts.judge import Judge
from consentinel.visitor.visitor import Visitor

_MODE = "signals.google_consent_mode"


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
