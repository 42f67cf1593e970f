"""How a scenario ended, in the four outcomes of a run, and why."""

from __future__ import annotations

from requests import RequestException
from selenium.common.exceptions import WebDriverException

from consentinel.browser.errors import BrowserError
from consentinel.browser.grid import GridUnreachable
from consentinel.browser.wait import WaitFailed
from consentinel.consent.base import ConsentFailure, NotOffered
from consentinel.evidence.proxy import ProxyFailure
from consentinel.report.schema import Outcome
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

NOT_HERE = (MissingEntry, NotAllowed, NotOffered)


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
        case WebDriverException():
            first = str(error.msg or "").strip().partition("\n")[0] or type(error).__name__
            return "inconclusive", f"the browser refused: {first}"
        case _:
            return "inconclusive", f"the harness itself failed: {type(error).__name__}: {error}"
