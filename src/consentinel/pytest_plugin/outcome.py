"""How a scenario ended, in the five outcomes of a run, and why."""

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
from consentinel.report.schema import Fault, Outcome
from consentinel.verdicts.judge import CannotTell, PromiseBroken
from consentinel.visitor.errors import MissingEntry, NotAllowed, SiteUnavailable


class SetUpFailed(Exception):
    """Nothing more can be judged in this run: no browser, no Grid. The message is one line."""


# What ends the run, with exit code 4.
ENDS_THE_RUN = (SetUpFailed, GridUnreachable)

# What keeps a scenario from being judged. None of it says anything about the site.
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

NOT_HERE = (MissingEntry, NotAllowed, NotOffered, pytest.skip.Exception)

ASSERTIONS = (AssertionError, pytest.fail.Exception)
"""What a step raises where it asserts something itself. PromiseBroken, which is a verdict, is asked for first."""


def outcome_of(error: BaseException | None) -> tuple[Outcome, str]:
    """The outcome and its reason, for what a scenario's steps raised."""
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
    """What kind of error this is; empty for what is no error but a verdict, a doubt or a reason to skip."""
    if outcome_of(error)[0] != "error":
        return ""
    return "assertion" if isinstance(error, ASSERTIONS) else "exception"


def _refused(error: WebDriverException | HTTPError) -> str:
    if isinstance(error, HTTPError):
        return f"the browser's driver does not answer any more: {_first_line(error)}"
    first = str(error.msg or "").strip().partition("\n")[0] or type(error).__name__
    return f"the browser refused: {first}"


def _explained(error: BaseException) -> str:
    if isinstance(error, pytest.PytestUnhandledThreadExceptionWarning):
        cause = error.__cause__ or error
        return f"a thread died: {type(cause).__name__}: {_first_line(cause)} ({_place(cause)})"
    said = _first_line(error)
    if isinstance(error, ASSERTIONS):
        return f"a step's own assertion failed: {said or 'it says nothing'} ({_place(error)})"
    told = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"a step failed unexpectedly: {told} ({_place(error)})"


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]


def _place(error: BaseException) -> str:
    """Where it was raised, outside of installed packages where there is such a place: file and line."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    if not own:
        return "no place is known"
    path = Path(own[-1].filename)
    return f"{path.parent.name}/{path.name}:{own[-1].lineno}"
