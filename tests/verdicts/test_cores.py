"""What stays the same beside a counter, a time or in a packed text recognises, although the value always differs."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from consentinel.evidence.records import Record
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import recognisable
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, only, request, timeline, visit
from tests.verdicts.test_anonymity import TOKEN

OTHER = "1b9d6bcd4f2a8e03"
UUID = {TOKEN: "7c9e6679-f3a1-4b02-8d3e-5d41402abc4b", OTHER: "1b9d6bcd-4f2a-4e03-9c1a-6e23c3a1be4f"}
NOW = 1795732859
FRESH = ("5d41402abc4b2a76", "8e0398aa41f75d20", "6e23c3a1be4f0d27", "9f86d081884c7d65")

Form = Callable[[str, int], str]


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def walked(form: Form, who: str) -> Timeline:
    records: list[Record] = [visit()]
    for number in range(3):
        records.append(request(f"{HOME}{number}", 10.0 + number, document=True))
        records.append(request(f"https://cdn.example/f?uid={form(who, number)}", 10.1 + number))
    return timeline(*records)


def judged(form: Form) -> Verdict:
    mine, theirs = walked(form, TOKEN), walked(form, OTHER)
    return recognisable.partners_cannot_recognise(mine, theirs, PROFILE, (), lambda: theirs)


@pytest.mark.parametrize(
    "form",
    [
        lambda who, number: f"{who}-{number + 1}",
        lambda who, number: f"{who}_{NOW + 13 * number}",
        lambda who, number: f"v1~{who}~{NOW * 1000 + 977 * number}",
        lambda who, number: f"{number}/{who}/view",
        lambda who, number: f"{UUID[who]}-{number}",
        lambda who, number: packed(f"{who}:{number}"),
        lambda who, number: packed(f'{{"event": "view", "id": "{who}", "n": {number}}}'),
    ],
)
def test_what_stays_beside_what_changes_recognises(form: Form) -> None:
    assert only(judged(form)).rule == "recognisable: told to a partner"


@pytest.mark.parametrize(
    "form",
    [
        lambda who, number: f"{NOW + 13 * number}-{FRESH[number]}",
        lambda who, number: f"{TOKEN}-{number + (who == OTHER)}",  # the number of a build, with a variant
        lambda who, number: f"0192d3f4-{UUID[who][9:19]}{number}{number}{FRESH[number][:9]}-{FRESH[number][:12]}",
        lambda who, number: packed(f'{{"event": "view", "nonce": "{FRESH[number]}", "build": "{TOKEN}"}}'),
        lambda who, number: f"checkout-{number}",
    ],
)
def test_what_changes_beside_what_everybody_sends_recognises_nobody(form: Form) -> None:
    assert judged(form) == Verdict()
