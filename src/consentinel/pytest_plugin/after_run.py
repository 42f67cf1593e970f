"""Evaluates a finished run: unstable repetitions, drift since the baseline, the history, the exit code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from consentinel.policy.policy_file import PolicyFile
from consentinel.pytest_plugin.options import Settings
from consentinel.pytest_plugin.repeat_table import side_by_side
from consentinel.report import webhook
from consentinel.report.cards import payload, service_of
from consentinel.report.comparison import comparisons
from consentinel.report.exit_codes import (
    BROKEN,
    COULD_NOT_TELL,
    SETUP_FAILED,
    FailOn,
    exit_code,
)
from consentinel.report.history import (
    LOOKED_THROUGH,
    Drift,
    HistoryError,
    Store,
    diff,
    drift_findings,
    excuse,
    policy_changes,
    read_exemptions,
    register_changes,
    snapshot,
)
from consentinel.report.schema import FindingData, RunData
from consentinel.report.trend import SHOWN_RUNS, Trends


@dataclass(slots=True)
class AfterRun:
    """The results of the evaluation. `lines` are printed in the terminal; `trends` come from the history.

    `drift` is None if there was no baseline to compare with. `history_failed` is true if the history that the options
    name could not be read or written. `unstable` is true if repetitions of a scenario disagree.
    """

    lines: list[str] = field(default_factory=list)
    drift: Drift | None = None
    unstable: bool = False
    history_failed: bool = False
    trends: Trends = field(default_factory=dict)

    def code(self, run: RunData, settings: Settings) -> int:
        """Return the exit code for the most serious result."""
        fail_on: list[FailOn] = ["inconclusive"] if settings.fail_on_inconclusive else []
        code = exit_code(run, self.drift, fail_on)
        if self.history_failed and code != BROKEN:
            return SETUP_FAILED
        return COULD_NOT_TELL if code == 0 and self.unstable else code


def follow_up(run: RunData, settings: Settings, partial: bool, policy: PolicyFile | None = None) -> AfterRun:
    """Compare repetitions, save the run in the history and compare it with the baseline.

    `partial` says that only some scenarios were selected, so a missing scenario does not count as removed. `policy` is
    the site's policy file, whose register is held against the history.
    """
    after_run = AfterRun()
    if settings.repeat > 1:
        disagreements = comparisons(run)
        after_run.unstable = bool(disagreements)
        after_run.lines += map(side_by_side, disagreements)
    try:
        _compare_policy(run, settings, after_run)
        if settings.history is not None:
            _compare(run, settings, partial, policy, after_run)
    except HistoryError as error:
        after_run.history_failed = True
        after_run.lines.append(str(error))
    return after_run


def notify(run: RunData, settings: Settings, after_run: AfterRun, report: Path) -> str:
    """Send the summary to the webhook, if one is set. Return the reason of a failure, or an empty string."""
    address = webhook.address(settings.webhook)
    if not address:
        return ""
    summary = webhook.summary(run, after_run.drift, after_run.code(run, settings), str(report))
    return webhook.post(payload(summary, settings.webhook_for or service_of(address)), address)


def _compare(run: RunData, settings: Settings, partial: bool, policy: PolicyFile | None, after_run: AfterRun) -> None:
    assert settings.history is not None
    with Store(settings.history) as store:
        baseline = store.baseline(run["site"], run["browsers"]) if settings.baseline else None
        number = store.save(run)
        after_run.trends = store.trends(run["site"], SHOWN_RUNS)
        unseen = register_changes(policy, store.whole(run["site"], LOOKED_THROUGH)) if policy else ()
    after_run.lines.append(f"Kept as run {number} of {settings.history}.")
    if unseen and run["complete"]:
        _take_in(Drift(changes=unseen), run, settings, after_run)
    if not settings.baseline:
        return
    if baseline is None:
        after_run.lines.append("There is no accepted run of this site and these browsers to compare with yet.")
        return
    _take_in(diff(baseline, snapshot(run), partial=partial), run, settings, after_run)


def _compare_policy(run: RunData, settings: Settings, after_run: AfterRun) -> None:
    """Compare the published policy with the policy file, which is its baseline: no history is needed."""
    if changes := policy_changes(run):
        _take_in(Drift(changes=changes), run, settings, after_run)


def _take_in(drift: Drift, run: RunData, settings: Settings, after_run: AfterRun) -> None:
    """Apply the exceptions to a drift, add it to the one before, and add its findings to the run."""
    exemptions = read_exemptions(settings.exceptions) if settings.exceptions else ()
    excused = excuse(drift, exemptions, date.today()).drift
    for drifted in drift_findings(excused, run):
        after_run.lines.append(drifted.finding["sentence"])
        _add_finding(run, drifted.scenario, drifted.finding)
    before = after_run.drift.changes if after_run.drift else ()
    after_run.drift = replace(excused, changes=before + excused.changes)


def _add_finding(run: RunData, scenario_id: str, finding: FindingData) -> None:
    for scenario in run["scenarios"]:
        if scenario["id"] == scenario_id:
            scenario["findings"].append(finding)
            return
