"""TC strings on the wire against the visitor's choice."""

from __future__ import annotations

from consentinel.evidence.records import Record
from consentinel.evidence.tcf import Transparency
from consentinel.verdicts import transparency
from consentinel.verdicts.finding import Verdict
from tests.evidence.test_tcf import ALL, REFUSED, SOME
from tests.verdicts.builders import choice, only, request, rest, timeline, visit

BID = "https://www.ads.example/bid?gdpr=1&gdpr_consent="
NOBODY: frozenset[int] = frozenset()


def judged(*records: Record) -> Verdict:
    return transparency.nothing_consented(timeline(visit(), *records, rest()), ())


def test_a_string_of_a_refusal_is_right() -> None:
    assert judged(request(BID + REFUSED)) == Verdict()
    assert judged(choice(5), request(BID + REFUSED)) == Verdict()


def test_consent_before_a_choice_and_after_a_refusal_is_not() -> None:
    found = only(judged(request(BID + SOME)))
    assert "consent for purposes 1, 7 and 8 and consent for vendor 755" in found.sentence
    assert "has not chosen" in found.sentence
    assert "refused everything" in only(judged(choice(5), request(BID + ALL))).sentence


def test_what_was_allowed_in_part_is_not_judged() -> None:
    assert judged(choice(5, "advertising"), request(BID + ALL)) == Verdict()


def test_interests_that_need_consent() -> None:
    told = Transparency(4, NOBODY, frozenset({2, 3, 7}), NOBODY, frozenset({2}), None)
    assert transparency._consented(told) == "a legitimate interest in purpose 3"
    assert transparency._consented(Transparency(4, NOBODY, frozenset({2, 7}), NOBODY, frozenset({2}), None)) == ""


def test_what_cannot_be_read_is_a_doubt() -> None:
    assert judged(request(BID + "xyz")).doubts == (transparency.UNREADABLE,)
