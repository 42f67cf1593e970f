"""A value that changes with what pages read of the device, and with nothing else, is a fingerprint of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from consentinel.evidence.records import Value
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import recognisable
from consentinel.verdicts.device_marks import ROUNDS
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, only, request, timeline, visit

MARKS = {number: hashlib.md5(f"device {number}".encode()).hexdigest() for number in (0, 1, 2)}
OTHERS = tuple(hashlib.md5(f"other {number}".encode()).hexdigest() for number in range(6))


def sending(value: str, url: str = f"{HOME}e", **more: Any) -> Timeline:
    told: dict[str, Any] = {"method": "POST", "destination": "empty", "fields": (("d", Value(value)),), **more}
    return timeline(visit(), request(url, **told))


def judged(of: Callable[[int, int], str | None], url: str = f"{HOME}e", **more: Any) -> tuple[Verdict, list[int]]:
    """The verdict where the visitor with a number, the so manieth, sends a value; and who had to be sent."""
    asked: list[int] = []

    def newcomer(number: int) -> Timeline | None:
        asked.append(number)
        value = of(number, len(asked))
        return None if value is None else sending(value, url, **more)

    seen, stranger = (sending(of(0, 0) or "", url, **more) for _ in range(2))
    verdict = recognisable.addresses_are_anonymous(seen, stranger, PROFILE, (), newcomer=newcomer)
    verdict += recognisable.partners_cannot_recognise(seen, stranger, PROFILE, (), newcomer=newcomer)
    return verdict, asked


@pytest.mark.parametrize(
    ("url", "rule"), [(f"{HOME}e", "in an address"), ("https://cdn.example/e", "told to a partner")]
)
def test_what_changes_with_the_devices_readings_alone_is_a_fingerprint(url: str, rule: str) -> None:
    verdict, asked = judged(lambda number, _: MARKS[number], url)
    finding = only(verdict)
    assert finding.rule == f"recognisable by the device: {rule}"
    assert finding.sentence.endswith(f'was told a fingerprint of the device, as "d": {url}')
    assert asked == list(ROUNDS)


def test_a_fingerprint_may_be_two_numbers() -> None:
    verdict, _ = judged(lambda number, _: f"{10136320 + number * 7919}.{6325600 + number * 7907}")
    assert only(verdict).rule == "recognisable by the device: in an address"


@pytest.mark.parametrize(
    "of",
    [
        lambda number: MARKS[number][:8],
        lambda number: MARKS[number][:8].upper(),
        lambda number: str(int(MARKS[number][:8], 16)),
        lambda number: str(int(MARKS[number][:8], 16) - (1 << 32)),
    ],
)
def test_a_fingerprint_may_have_32_bits(of: Callable[[int], str]) -> None:
    verdict, _ = judged(lambda number, _: of(number))
    assert only(verdict).rule == "recognisable by the device: in an address"


@pytest.mark.parametrize(
    ("of", "sent"),
    [
        (lambda number, turn: MARKS[0], [1]),  # the number of a build, a key
        (lambda number, turn: MARKS[0] if turn == 0 else OTHERS[0], [1, 2]),  # of a site that was deployed meanwhile
        (lambda number, turn: MARKS[0] if turn == 0 else OTHERS[turn], [1, 2, 1]),  # that changes by the minute
        (lambda number, turn: MARKS[number] if turn < 4 else OTHERS[0], list(ROUNDS)),
        (lambda number, turn: "en-GB" if number else MARKS[0], [1]),
        (lambda number, turn: MARKS[0] if turn == 0 else None, [1]),
        (lambda number, turn: "en-GB", []),
        (lambda number, turn: f"Mozilla/5.0 (X11) Chrome/156.0.0.{number}", []),
        (lambda number, turn: base64.b64encode(f"screen {1280 + number} x 800".encode()).decode(), []),
        (lambda number, turn: MARKS[number] * 5, []),  # content
        (lambda number, turn: MARKS[0][:8], [1]),  # a short number of a build
        (lambda number, turn: f"{1280 + number}x{800 + number}", []),
        (lambda number, turn: f"{(1280 + number) * (800 + number)}", []),
    ],
)
def test_nothing_else_is_one(of: Callable[[int, int], str | None], sent: list[int]) -> None:
    assert judged(of) == (Verdict(), sent)


@pytest.mark.parametrize("more", [{"destination": "script"}, {"document": True}])
def test_what_no_script_tells_is_none(more: dict[str, Any]) -> None:
    assert judged(lambda number, _: MARKS[number], **more) == (Verdict(), [])


def test_a_mark_is_found_where_the_strangers_device_has_another() -> None:
    verdict = recognisable.addresses_are_anonymous(
        sending(MARKS[0]), sending(OTHERS[0]), PROFILE, (), newcomer=lambda number: sending(MARKS[number])
    )
    assert {one.rule for one in verdict.findings} == {"recognisable by the device: in an address"}
