"""How what a step raised becomes an outcome: only a broken promise fails, and only nothing passes."""

from __future__ import annotations

import pytest
import requests
from selenium.common.exceptions import TimeoutException, WebDriverException
from urllib3.exceptions import HTTPError

from consentinel.browser.errors import BrowserGone, BrowserMissing, CommandFailed
from consentinel.consent.base import ConsentFailure, NotOffered
from consentinel.evidence.proxy import ProxyFailure
from consentinel.pytest_plugin.outcome import fault_of, outcome_of
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


@pytest.mark.parametrize(
    ("error", "told", "fault"),
    [
        (KeyError("x"), "a step failed unexpectedly: KeyError: 'x' (pytest_plugin/test_outcome.py:", "exception"),
        (
            ValueError("one\ntwo"),
            "a step failed unexpectedly: ValueError: one (pytest_plugin/test_outcome.py:",
            "exception",
        ),
        (RuntimeError(), "a step failed unexpectedly: RuntimeError (pytest_plugin/test_outcome.py:", "exception"),
        (
            AssertionError("1 == 2"),
            "a step's own assertion failed: 1 == 2 (pytest_plugin/test_outcome.py:",
            "assertion",
        ),
        (
            AssertionError(),
            "a step's own assertion failed: it says nothing (pytest_plugin/test_outcome.py:",
            "assertion",
        ),
        (pytest.fail.Exception("no"), "a step's own assertion failed: no (pytest_plugin/test_outcome.py:", "assertion"),
    ],
)
def test_an_error_is_an_outcome_of_its_own_which_names_its_place(error: Exception, told: str, fault: str) -> None:
    with pytest.raises(type(error)) as raised:
        raise error
    outcome, reason = outcome_of(raised.value)
    assert (outcome, fault_of(raised.value)) == ("error", fault)
    assert reason.startswith(told)


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert outcome_of(KeyError("x")) == ("error", "a step failed unexpectedly: KeyError: 'x' (no place is known)")


@pytest.mark.parametrize(
    "error", [None, PromiseBroken("P10", ()), CannotTell(("blind",)), MissingEntry("pages.basket")]
)
def test_a_verdict_a_doubt_and_a_skip_are_no_faults(error: Exception | None) -> None:
    assert fault_of(error) == ""


def test_a_driver_that_is_gone_is_no_error_of_a_step() -> None:
    told = "the browser's driver does not answer any more: refused"
    assert outcome_of(HTTPError("refused\nand more")) == ("inconclusive", told)


def test_a_step_may_skip_its_scenario() -> None:
    assert outcome_of(pytest.skip.Exception("not here")) == ("skipped", "not here")


def test_of_several_errors_while_memory_was_freed_the_first_is_named() -> None:
    warning = pytest.PytestUnraisableExceptionWarning("Exception ignored in: <socket>")
    warning.__cause__ = ResourceWarning("unclosed <socket>")
    group = ExceptionGroup("multiple unraisable exception warnings", [warning, RuntimeError("another")])
    outcome, reason = outcome_of(group)
    named = "something failed while memory was freed: ResourceWarning: unclosed <socket>"
    assert (outcome, reason) == ("error", f"{named} (no place is known), and 1 more")
