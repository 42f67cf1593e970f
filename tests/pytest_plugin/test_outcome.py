"""How what a step raised becomes an outcome: only a broken promise fails, and only nothing passes."""

from __future__ import annotations

import pytest
import requests
from selenium.common.exceptions import TimeoutException, WebDriverException

from consentinel.browser.errors import BrowserGone, BrowserMissing, CommandFailed
from consentinel.consent.base import ConsentFailure, NotOffered
from consentinel.evidence.proxy import ProxyFailure
from consentinel.pytest_plugin.outcome import outcome_of
from consentinel.verdicts.judge import CannotTell, PromiseBroken
from consentinel.visitor.errors import MissingEntry, NotAllowed, SiteUnavailable


def test_nothing_raised_is_a_pass() -> None:
    assert outcome_of(None) == ("passed", "")


def test_a_broken_promise_fails_and_its_findings_say_why() -> None:
    assert outcome_of(PromiseBroken("P10", ())) == ("failed", "")


@pytest.mark.parametrize(
    "error", [MissingEntry("pages.basket"), NotAllowed("allow.orders"), NotOffered("no such category")]
)
def test_what_this_site_does_not_have_is_skipped_with_its_reason(error: Exception) -> None:
    assert outcome_of(error) == ("skipped", str(error))


@pytest.mark.parametrize(
    "error",
    [
        CannotTell(("blind",)),
        ConsentFailure("no dialog"),
        SiteUnavailable("answered 403"),
        BrowserGone("gone"),
        BrowserMissing("not installed"),
        CommandFailed("no such frame", "gone"),
        ProxyFailure("no port"),
        requests.ConnectionError("refused"),
    ],
)
def test_what_keeps_a_scenario_from_being_judged_is_never_a_verdict(error: Exception) -> None:
    assert outcome_of(error) == ("inconclusive", str(error))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (WebDriverException("element click intercepted\n  (Session info)"), "element click intercepted"),
        (TimeoutException(None), "TimeoutException"),
        (WebDriverException(" \n"), "WebDriverException"),
    ],
)
def test_a_failed_click_is_the_browsers_refusal_in_one_line(error: WebDriverException, told: str) -> None:
    assert outcome_of(error) == ("inconclusive", f"the browser refused: {told}")


@pytest.mark.parametrize("error", [AssertionError("x"), KeyError("x"), ValueError("x")])
def test_an_error_of_the_harness_is_its_own_and_no_verdict(error: Exception) -> None:
    outcome, reason = outcome_of(error)
    assert outcome == "inconclusive"
    assert reason.startswith(f"the harness itself failed: {type(error).__name__}")
