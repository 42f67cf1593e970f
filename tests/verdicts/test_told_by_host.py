"""A label of an address's host may be the visitor's, as a part of its path may."""

from __future__ import annotations

from consentinel.evidence.records import Record
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import recognisable
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, only, request, timeline, visit
from tests.verdicts.test_anonymity import TOKEN

OTHERS = ("1b9d6bcd4f2a8e03", "5d41402abc4b2a76", "8e0398aa41f75d20")


def asking(*labels: str) -> Timeline:
    """A page for each label, which asks a host of the partner's so called for two pictures."""
    records: list[Record] = [visit()]
    for number, label in enumerate(labels):
        at = 10.0 + 10 * number
        records.append(request(f"{HOME}{number}", at, document=True))
        records += [request(f"https://{label}.cdn.example/{part}.gif", at + 1) for part in ("a", "b")]
    return timeline(*records)


def judged(mine: Timeline, theirs: Timeline) -> Verdict:
    return recognisable.partners_cannot_recognise(mine, theirs, PROFILE, ())


def test_a_host_that_is_called_by_the_visitors_number_recognises() -> None:
    finding = only(judged(asking(*[f"u{TOKEN}"] * 2), asking(*[f"u{OTHERS[0]}"] * 2)))
    assert finding.sentence.startswith(f"The service at u{TOKEN}.cdn.example was told something that recognises")
    assert '"its host"' in finding.sentence


def test_a_host_that_everybody_asks_recognises_nobody() -> None:
    mine = asking(OTHERS[0], OTHERS[1], OTHERS[0])
    assert judged(mine, asking(OTHERS[0], OTHERS[1], OTHERS[0])) == Verdict()
    assert judged(asking("images", "img2", "images"), asking("fonts")) == Verdict()


def test_a_host_that_each_load_calls_anew_recognises_nobody() -> None:
    assert judged(asking(TOKEN, OTHERS[0], OTHERS[1]), asking(OTHERS[2])) == Verdict()
