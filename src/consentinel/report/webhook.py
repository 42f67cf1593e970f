"""The summary of a run as JSON, sent to an address of the team's choice. A failure is one line and breaks no run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from typing import Any

import requests
from typing_extensions import TypedDict

from consentinel.evidence.guarded import host_of
from consentinel.report.cause_words import things_in_words
from consentinel.report.history.drift import Drift
from consentinel.report.history.findings import sentence as drift_sentence
from consentinel.report.promises import answers, parted
from consentinel.report.schema import CauseData, RunData
from consentinel.report.summary import sentence
from consentinel.report.text import plain

ENVIRONMENT = "CONSENTINEL_WEBHOOK"
"""The variable that holds the address; it often holds a secret, so it is better there than in an option."""
TIMEOUT_S = 10.0
CHANGES_LIMIT = 50
SENTENCE_LIMIT = 600


class CauseSummary(TypedDict):
    """One cause of broken promises, as `consentinel.report.schema.CauseData` has it; `scenarios` counts them."""

    id: str
    undeclared: bool
    sentence: str
    advice: str
    promises: list[str]
    scenarios: int
    items: str
    """What it consists of, by kind and name; empty where it is one item, which the sentence names."""


class Summary(TypedDict):
    """What is sent. `text` is the verdict in one sentence, under the key that chat services show."""

    text: str
    tool: str
    site: str
    base_url: str
    started: float
    seconds: float
    complete: bool
    exit_code: int
    browsers: dict[str, str]
    outcomes: dict[str, int]
    promises: dict[str, str]
    rules: dict[str, str]
    causes: list[CauseSummary]
    drift: list[str]
    problems: list[str]
    report: str


def address(option: str | None) -> str:
    """Return the webhook's address from the option or the environment, or an empty string if neither is set."""
    return option or os.environ.get(ENVIRONMENT, "")


def summary(run: RunData, drift: Drift | None, code: int, report: str = "") -> Summary:
    """Return the summary of this run. `report` is where people find the report, as the pipeline knows it."""
    promised, ruled = parted(answers(run))
    return Summary(
        text=sentence(run),
        tool=run["tool"],
        site=run["site"],
        base_url=run["base_url"],
        started=run["started"],
        seconds=run["seconds"],
        complete=run["complete"],
        exit_code=code,
        browsers=run["browsers"],
        outcomes=dict(Counter(scenario["outcome"] for scenario in run["scenarios"])),
        promises={answer.id: answer.state for answer in promised},
        rules={answer.id: answer.state for answer in ruled},
        causes=[_cause(cause) for cause in run["causes"][:CHANGES_LIMIT]],
        drift=[drift_sentence(change) for change in drift.open[:CHANGES_LIMIT]] if drift else [],
        problems=run["problems"],
        report=report,
    )


def post(content: Mapping[str, Any], url: str) -> str:
    """Send it. Returns an empty string, or one line that says what failed, and keeps the address's path secret."""
    try:
        answer = requests.post(url, json=content, timeout=TIMEOUT_S, allow_redirects=False)
    except (requests.RequestException, ValueError) as error:
        return f"webhook: {_host(url)} could not be reached: {type(error).__name__}"
    if answer.status_code >= 300:
        return f"webhook: {_host(url)} answered {answer.status_code}"
    return ""


def _cause(cause: CauseData) -> CauseSummary:
    return CauseSummary(
        id=cause["id"],
        undeclared=cause["undeclared"],
        sentence=plain(cause["sentence"], SENTENCE_LIMIT),
        advice=cause["advice"],
        promises=cause["promises"],
        scenarios=len(cause["scenarios"]),
        items=plain(things_in_words(cause), SENTENCE_LIMIT),
    )


def _host(url: str) -> str:
    return host_of(url) or "the address given"
