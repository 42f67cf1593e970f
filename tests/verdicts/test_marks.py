"""What brought the visitor is kept nowhere that must work without consent, and told to nobody who needs it."""

from __future__ import annotations

import base64

import pytest

from consentinel.evidence.records import Kind, Record
from consentinel.site.profile import Category
from consentinel.verdicts.marks import kept_out, told_nobody
from tests.verdicts.builders import HOME, PROFILE, choice, cookie, item, only, request, rest, state, timeline, visit

CLICK = "gk5a311d7c32eaa39774"
ARRIVED = (visit(1.0, "arrives from an advertisement"), request(f"{HOME}?gclid={CLICK}", 2.0, document=True))
CARTON = f"https://fonts.cdn.example/a.css?from={CLICK}"


def kept(*records: Record) -> tuple[str, ...]:
    verdict = kept_out(timeline(*ARRIVED, *records, rest(90.0)), PROFILE, ())
    assert verdict.doubts == ()
    return tuple(finding.name for finding in verdict.findings)


@pytest.mark.parametrize(
    "value",
    [
        CLICK,
        f"%7B%22from%22%3A%22{CLICK.upper()}%22%7D",
        base64.b64encode(f"?gclid={CLICK}".encode()).decode(),
        f"?gclid={CLICK}".encode().hex(),
    ],
)
def test_no_functionality_item_holds_it_in_whatever_form(value: str) -> None:
    assert kept(state(3.0, cookie("session", value))) == ("session",)
    assert kept(state(3.0, item(Kind.LOCAL_STORAGE, "ui", value))) == ("ui",)
    assert kept(state(3.0, cookie("stray", value))) == ("stray",)


def test_an_item_that_needs_consent_is_judged_by_consent_and_not_by_this() -> None:
    assert kept(state(3.0, cookie("_ga", CLICK))) == ()


def test_who_allowed_something_may_have_allowed_what_nobody_declared() -> None:
    assert kept(choice(2.5, "advertising"), state(3.0, cookie("_uetmsclkid", CLICK))) == ()
    assert kept(choice(2.5, "advertising"), state(3.0, cookie("session", CLICK))) == ("session",)


def test_the_site_from_which_the_visitor_came_is_a_mark_of_an_arrival() -> None:
    kept_by = state(4.0, cookie("session", "from=https%3A%2F%2Fsearch.example%3A8443%2F"))
    search = "https://search.example:8443/"
    arrived = request(f"{HOME}?gclid={CLICK}", 3.0, document=True, referer=search)
    assert kept(arrived, kept_by) == ("session",)
    assert kept(request(HOME, 3.0, document=True, referer=search), kept_by) == (), "say, back from signing in"
    assert kept(request(f"{HOME}?gclid={CLICK}", 3.0, document=True, referer=HOME), kept_by) == ()


@pytest.mark.parametrize("value", ["en", "gclid", "summer sale", "gk5a311d"])
def test_words_that_stand_for_themselves_are_no_marks(value: str) -> None:
    assert kept(state(3.0, cookie("session", value))) == ()


def test_short_values_are_words() -> None:
    records = (request(f"{HOME}?utm_campaign=spring", 2.0, document=True), state(3.0, cookie("session", "spring")))
    verdict = kept_out(timeline(*records, rest(90.0)), PROFILE, ())
    assert verdict.findings == ()
    assert verdict.doubts == ("the record shows no address that says what brought the visitor",)


def test_a_partner_that_receives_the_mark_is_a_finding() -> None:
    found = only(told_nobody(timeline(*ARRIVED, request(CARTON, 3.0), rest(90.0)), PROFILE, (), ()))
    assert (found.host, found.name, found.rule) == ("fonts.cdn.example", "/a.css", "campaign told")
    assert found.sentence.startswith(
        'The service at fonts.cdn.example was told what brought the visitor, the value of "gclid": GET https://fonts'
    )


def test_a_mark_in_the_referrer_is_a_finding_too() -> None:
    told = request("https://fonts.cdn.example/a.css", 3.0, referer=f"{HOME}?gclid={CLICK}")
    assert only(told_nobody(timeline(*ARRIVED, told, rest(90.0)), PROFILE, (), ())).host == "fonts.cdn.example"


def test_the_site_itself_and_whoever_is_allowed_may_know() -> None:
    own = request(f"{HOME}log?page=%3Fgclid%3D{CLICK}", 3.0)
    counted = request(f"https://a.metrics.example/c?dl=%3Fgclid%3D{CLICK}", 4.0)
    record = timeline(*ARRIVED, own, counted, rest(90.0))
    assert told_nobody(record, PROFILE, (Category.ANALYTICS,), ()).findings == ()
    assert only(told_nobody(record, PROFILE, (), ())).host == "a.metrics.example"


def test_the_sites_own_address_for_counting_is_a_service() -> None:
    counted = request(f"https://stats.shop.example/c?dl={CLICK}", 4.0)
    assert only(told_nobody(timeline(*ARRIVED, counted, rest(90.0)), PROFILE, (), ())).category == "analytics"
