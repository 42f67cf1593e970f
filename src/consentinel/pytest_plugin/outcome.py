"""Maps the exception that ended a scenario to one of the five outcomes and a reason."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from requests import RequestException
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from consentinel.browser.errors import BrowserError
from consentinel.browser.grid import GridUnreachable
from consentinel.browser.wait import WaitFailed
from consentinel.consent.base import ConsentFailure, NotOffered
from consentinel.evidence.proxy import ProxyFailure
from consentinel.policy.standing import NotPromised
from consentinel.report.schema import Fault, Outcome
from consentinel.verdicts.judge import CannotTell, NoOccasion, PromiseBroken
from consentinel.visitor.errors import MissingEntry, NotAllowed, SiteUnavailable


class SetUpFailed(Exception):
    """No further scenario can be judged, because there is no browser or no Grid. The message is one line."""


# Errors that end the run, with exit code 4.
ENDS_THE_RUN = (SetUpFailed, GridUnreachable)

# Errors that prevent a verdict. None of them says anything about the site.
UNJUDGED = (
    SetUpFailed,
    CannotTell,
    ConsentFailure,
    SiteUnavailable,
    WaitFailed,
    BrowserError,
    ProxyFailure,
    RequestException,
)

NOT_HERE = (MissingEntry, NotAllowed, NotOffered, NotPromised, NoOccasion, pytest.skip.Exception)

ASSERTIONS = (AssertionError, pytest.fail.Exception)
"""The errors of a step's own assertions. PromiseBroken, which is a verdict, is checked first."""


def outcome_of(error: BaseException | None) -> tuple[Outcome, str]:
    """Return the outcome and its reason for the exception that a scenario raised."""
    match error:
        case None:
            return "passed", ""
        case PromiseBroken():
            return "failed", ""
        case _ if isinstance(error, NOT_HERE):
            return "skipped", str(error)
        case _ if isinstance(error, UNJUDGED):
            return "inconclusive", str(error)
        case WebDriverException() | HTTPError():
            return "inconclusive", _refused(error)
        case _:
            return "error", _explained(error)


def fault_of(error: BaseException | None) -> Fault:
    """Return the kind of error, or an empty string for a verdict, a doubt or a reason to skip."""
    if outcome_of(error)[0] != "error":
        return ""
    return "assertion" if isinstance(error, ASSERTIONS) else "exception"


def _refused(error: WebDriverException | HTTPError) -> str:
    if isinstance(error, HTTPError):
        return f"the browser's driver does not answer any more: {_first_line(error)}"
    first = str(error.msg or "").strip().partition("\n")[0] or type(error).__name__
    return f"the browser refused: {first}"


def _explained(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        first, *others = error.exceptions
        return f"{_explained(first)}{f', and {len(others)} more' if others else ''}"
    if isinstance(error, pytest.PytestUnraisableExceptionWarning):
        cause = error.__cause__ or error
        return (
            f"something failed while memory was freed: {type(cause).__name__}: {_first_line(cause)} ({_place(cause)})"
        )
    if isinstance(error, pytest.PytestUnhandledThreadExceptionWarning):
        cause = error.__cause__ or error
        return f"a thread died: {type(cause).__name__}: {_first_line(cause)} ({_place(cause)})"
    message = _first_line(error)
    if isinstance(error, ASSERTIONS):
        return f"a step's own assertion failed: {message or 'it says nothing'} ({_place(error)})"
    described = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return f"a step failed unexpectedly: {described} ({_place(error)})"


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]


def _place(error: BaseException) -> str:
    """Return the file and line that raised the error, outside installed packages if there is such a frame."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    if not own:
        return "no place is known"
    path = Path(own[-1].filename)
    return f"{path.parent.name}/{path.name}:{own[-1].lineno}"
