"""What a further visitor with the same device sends as well, and what a site shows all at one time, is of some few."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.records import Record
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import recognisable
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, cookie, only, request, state, timeline, visit
from tests.verdicts.test_anonymity import TOKEN

OTHERS = ("1b9d6bcd4f2a8e03", "5d41402abc4b2a76", "8e0398aa41f75d20", "6e23c3a1be4f0d27")


def walked(value: str, form: str, destination: str) -> Timeline:
    records: list[Record] = [visit()]
    for at in (10.0, 20.0):
        records.append(request(HOME, at, document=True))
        more: dict[str, Any] = {"destination": destination}
        records.append(request(f"{HOME}{form.format(value)}", at + 1, **more))
    return timeline(*records)


def judged(form: str, destination: str, *values: str) -> tuple[Verdict, list[int]]:
    """The verdict on the visitor with the first value, a stranger with the second; the others are of newcomers."""
    asked: list[int] = []

    def newcomer(number: int) -> Timeline | None:
        asked.append(number)
        return walked(values[1 + len(asked)], form, destination) if len(asked) < len(values) - 1 else None

    seen, stranger = (walked(value, form, destination) for value in values[:2])
    verdict = recognisable.addresses_are_anonymous(seen, stranger, PROFILE, (), lambda: stranger, newcomer)
    return verdict, asked


FILE, SIGNED, PICTURE, TOLD = "app.{}.js", "photo?w=640&s={}", "signed/{}/photo.jpg", "e?id={}"


@pytest.mark.parametrize(
    ("form", "destination"),
    [(FILE, "script"), (SIGNED, "image"), (PICTURE, "image"), ("c?v={}", "style"), (TOLD, "empty")],
)
def test_what_another_newcomer_sends_too_recognises_nobody(form: str, destination: str) -> None:
    verdict, asked = judged(form, destination, TOKEN, OTHERS[0], TOKEN, TOKEN, TOKEN, TOKEN)
    assert verdict == Verdict()
    assert asked[0] == 0
    assert judged(form, destination, TOKEN, OTHERS[0], OTHERS[1], OTHERS[0], TOKEN)[0] == Verdict()


@pytest.mark.parametrize(("form", "destination"), [(FILE, "script"), (SIGNED, "image"), (TOLD, "empty")])
def test_what_nobody_else_sends_recognises(form: str, destination: str) -> None:
    verdict, asked = judged(form, destination, TOKEN, *OTHERS)
    assert only(verdict).rule == "recognisable: in an address"
    assert asked == [0, 0, 0]


@pytest.mark.parametrize(("form", "destination"), [("e?id={}", "empty"), ("p.gif?id={}", "image"), ("e/{}/x", "empty")])
def test_a_short_mark_of_the_device_and_one_in_a_path_are_no_kind_of_it(form: str, destination: str) -> None:
    short = ("a1b2c3d4", "d4c3b2a1")
    assert only(judged(form, destination, *short, short[0])[0]).rule == "recognisable: in an address"


NEWEST = ("8812345678", "8812345691", "8812345702")


@pytest.mark.parametrize("form", ["news?after={}", "build/{}/app.js", "e?build={}"])
def test_what_a_site_shows_whoever_comes_at_one_time_recognises_nobody(form: str) -> None:
    before, now, later = NEWEST
    assert judged(form, "empty", before, now, now)[0] == Verdict()
    assert judged(form, "empty", before, now, later, later)[0] == Verdict()


def test_what_changes_while_visitors_are_there_is_what_the_site_shows() -> None:
    def saw(*values: str) -> Timeline:
        walks = [walked(value, "news?after={}", "empty") for value in values]
        return timeline(*(record for walk in walks for record in walk.records))

    numbers = [str(8812345678 + 13 * step) for step in range(5)]
    mine, theirs, third = saw(*numbers[:2]), saw(*numbers[1:3]), saw(*numbers[2:4])
    further = (theirs, PROFILE, (), lambda: None, lambda _: third)
    assert recognisable.addresses_are_anonymous(mine, *further) == Verdict()
    own = [saw(value, number) for value, number in zip((TOKEN, *OTHERS), numbers, strict=True)]
    each = (own[1], PROFILE, (), lambda: None, lambda _: own.pop())
    assert only(recognisable.addresses_are_anonymous(own[0], *each)).rule == "recognisable: in an address"


def test_the_number_of_each_visitor_is_none_that_a_site_shows() -> None:
    assert only(judged("news?after={}", "empty", *NEWEST)[0]).rule == "recognisable: in an address"
    beside = (f"{NEWEST[0]}-{TOKEN}", *(f"{NEWEST[1]}-{other}" for other in OTHERS))
    assert only(judged("news?after={}", "empty", *beside)[0]).rule == "recognisable: in an address"


def test_a_number_that_is_kept_is_the_visitors_though_others_send_one_and_the_same() -> None:
    mine, theirs = (walked(value, "news?after={}", "empty") for value in NEWEST[:2])
    kept = timeline(*mine.records, state(30.0, cookie("seen", NEWEST[0])))
    further = (kept, theirs, PROFILE, (), lambda: None, lambda _: theirs)
    assert only(recognisable.addresses_are_anonymous(*further)).rule == "recognisable: in an address"
    assert recognisable.addresses_are_anonymous(mine, *further[1:]) == Verdict()
