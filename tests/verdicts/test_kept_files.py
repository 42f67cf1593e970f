"""A kept file recognises a browser where its tag or date was given to it alone and the server has confirmed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.utils import formatdate
from itertools import count, cycle, repeat
from typing import Any

import pytest

from consentinel.evidence.records import Request, Value
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.kept_files import STRANGERS, opaque, recognised_by_file
from tests.verdicts.builders import HOME, PROFILE, only, request, timeline, visit

TAG = '"7f3c9a1e5b2d4860"'
FILE = f"{HOME}plan.svg"
REMOVED = 30.0


def answer(at: float, etag: str = TAG, known: str = "", status: int = 200, **more: Any) -> Request:
    return request(FILE, at, etag=Value(etag), if_none_match=Value(known), status=status, **more)


def each_their_own() -> Iterator[str]:
    yield from (f'"{number:016x}"' for number in count(0x1A2B3C4D5E6F7081, 0x1111111111111))


def judged(again: Request, tags: Iterable[str], first: str = TAG) -> Verdict:
    seen = timeline(visit(), answer(10.0, first), visit(40.0), again)
    return recognised_by_file(seen, PROFILE, REMOVED, lambda url, header: iter(tags))


@pytest.mark.parametrize(
    "again",
    [answer(41.0, known=TAG, status=304), answer(41.0, "", TAG, 304), answer(41.0, known=f"W/{TAG}")],
    ids=["not modified", "not modified, without a tag", "sent again"],
)
def test_a_tag_of_one_browser_alone_that_is_confirmed_recognises_it(again: Request) -> None:
    finding = only(judged(again, each_their_own()))
    assert (finding.rule, finding.kind, finding.name) == ("recognised by a file", "request", "/plan.svg")
    assert "another one for each visitor" in finding.sentence


@pytest.mark.parametrize(
    ("again", "tags"),
    [
        (answer(41.0, known=TAG, status=304), repeat(TAG)),
        (answer(41.0, known=TAG, status=304), repeat(f"W/{TAG}")),
        (answer(41.0, known=TAG, status=304), cycle([f'"{one}"' for one in ("5f3a9c1e7b2d", "8d41b07a26f9")])),
        (answer(41.0, known=TAG, status=304), repeat("")),
        (answer(41.0, '"c2907e53d8b1f00d"', TAG), each_their_own()),
        (answer(41.0), each_their_own()),
        (answer(41.0, known='"another-of-old"', status=304), each_their_own()),
    ],
    ids=["everybody's", "weakened", "of a cluster", "given to none", "not confirmed", "not sent", "not given before"],
)
def test_an_ordinary_tag_recognises_nobody(again: Request, tags: Iterable[str]) -> None:
    assert judged(again, tags) == Verdict()


def test_a_tag_that_says_little_recognises_nobody() -> None:
    short = '"v2"'
    assert judged(answer(41.0, short, short, 304), each_their_own(), first=short) == Verdict()


def test_where_too_few_strangers_are_answered_nobody_can_tell() -> None:
    few = [tag for _, tag in zip(range(STRANGERS - 1), each_their_own(), strict=False)]
    verdict = judged(answer(41.0, known=TAG, status=304), few)
    assert not verdict.findings
    assert "did not answer" in verdict.doubts[0]


def test_what_an_entity_tag_says_is_read_without_its_marks() -> None:
    assert {opaque(tag) for tag in (TAG, f"W/{TAG}", f" {TAG} ")} == {TAG.strip('"')}


OF_OLD = "Tue, 04 Mar 2008 11:22:33 GMT"
GIVEN = 1_764_000_000.0


def dated(at: float, date: str = OF_OLD, known: str = "", status: int = 200) -> Request:
    changed = {"last_modified": Value(date), "if_modified_since": Value(known)}
    return request(FILE, at, status=status, **changed)


def dates() -> Iterator[str]:
    return (formatdate(1_100_000_000 + number * 7_000_001, usegmt=True) for number in count(1))


def judged_by_date(first: Request, again: Request, others: Iterable[str]) -> Verdict:
    asked: dict[str, Iterable[str]] = {"etag": repeat(""), "last-modified": others}
    seen = timeline(first, again)
    return recognised_by_file(seen, PROFILE, GIVEN + 30, lambda url, header: iter(asked[header]))


@pytest.mark.parametrize("date", [OF_OLD, "7f3c9a1e5b2d4860"], ids=["a date", "no date at all"])
def test_a_date_of_one_browser_alone_that_is_confirmed_recognises_it(date: str) -> None:
    finding = only(judged_by_date(dated(GIVEN, date), dated(GIVEN + 40, "", date, 304), dates()))
    assert finding.name == "/plan.svg"
    assert "date of the last change" in finding.sentence


@pytest.mark.parametrize(
    ("date", "status", "others"),
    [
        (OF_OLD, 304, repeat(OF_OLD)),
        (OF_OLD, 200, dates()),
        (formatdate(GIVEN - 5, usegmt=True), 304, dates()),
        (OF_OLD, 304, cycle(["Tue, 04 Mar 2008 11:22:40 GMT", "Tue, 04 Mar 2008 11:22:51 GMT"])),
    ],
    ids=["everybody's", "not confirmed", "of this moment", "of a cluster"],
)
def test_an_ordinary_date_recognises_nobody(date: str, status: int, others: Iterable[str]) -> None:
    now = formatdate(GIVEN + 40, usegmt=True)
    again = dated(GIVEN + 40, "" if status == 304 else now, date, status)
    assert judged_by_date(dated(GIVEN, date), again, others) == Verdict()
