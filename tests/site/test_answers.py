"""A stored value tells its answers in whatever it is packed, and an identifier tells none."""

from __future__ import annotations

import base64

import pytest

from consentinel.drafting.answers import answers_in


@pytest.mark.parametrize(
    ("value", "answers"),
    [
        ("accepted", ["accepted"]),
        ("%7B%22analytics%22%3Atrue%2C%22ads%22%3Afalse%7D", ["true", "false"]),
        (base64.b64encode(b'{"statistics":true,"marketing":false}').decode(), ["true", "false"]),
        ("statistics:1,marketing:0", ["1", "0"]),
        ("GA1.1.903.1", []),
        ("9f3c1b0a-0-1", []),
        ("c2Vzc2lvbg==", []),
        ("YWJjZGVmZ2hpamtsbW5v", []),
        ("", []),
    ],
)
def test_the_answers_of_a_value_are_read_as_it_is_packed(value: str, answers: list[str]) -> None:
    assert answers_in(value) == answers
