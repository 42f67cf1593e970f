"""Secrets in what pytest itself reports, and words of the record that a password may equal."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.secrets import Secrets
from consentinel.pytest_plugin.scenario_secrets import keep_secrets, secrets_of
from consentinel.pytest_plugin.serialize import discreet
from tests.pytest_plugin.test_secrets import PASSWORD, SECRETIVE, environment

__all__ = ["environment"]


def test_what_the_record_says_of_itself_stays_even_if_a_password_is_such_a_word() -> None:
    item = {"kind": "cookie", "name": "cookie", "items": [{"host": "cookie.example", "change": "added"}]}

    assert discreet(item, Secrets(["cookie", "added"])) == {
        "kind": "cookie",
        "name": "(secret)",
        "items": [{"host": "(secret).example", "change": "added"}],
    }


@pytest.mark.parametrize(
    ("longrepr", "kept"),
    [
        (f"E  {PASSWORD}", "E  (secret)"),
        (("a.feature", 1, f"could not tell: {PASSWORD}"), ("a.feature", 1, "could not tell: (secret)")),
        (ValueError(f"E  {PASSWORD}"), "E  (secret)"),
        ("nothing", "nothing"),
        (None, None),
    ],
)
def test_what_junit_tells_of_a_failure_holds_none(longrepr: Any, kept: Any) -> None:
    report = pytest.TestReport(
        "a", ("a", 1, "a"), {}, "failed", longrepr, "call", [("Captured log", f"typed {PASSWORD}")]
    )

    keep_secrets(report, secrets_of(SECRETIVE, []))

    assert report.sections == [("Captured log", "typed (secret)")]
    if isinstance(kept, str):
        assert str(report.longrepr).endswith(kept)
    else:
        assert report.longrepr == kept
    assert PASSWORD not in str(report.longrepr)
