"""What follows from a run: disagreements between repetitions, drift since the baseline, the history, the exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from consentinel.pytest_plugin.options import Settings
from consentinel.pytest_plugin.repeat_table import side_by_side
from consentinel.report import webhook
from consentinel.report.comparison import comparisons
from consentinel.report.exit_codes import (
    BROKEN,
    COULD_NOT_TELL,
    SETUP_FAILED,
    FailOn,
    exit_code,
)
from consentinel.report.history import (
    Drift,
    HistoryError,
    Store,
    diff,
    drift_findings,
    excuse,
    read_exemptions,
    snapshot,
)
from consentinel.report.schema import FindingData, RunData
from consentinel.report.trend import SHOWN_RUNS, Trends


@dataclass(slots=True)
class AfterRun:
    """`lines` are for the terminal; `drift` is None where nothing was compared; `trends` come from the history.

    `unkept`: the history that was asked for could be neither read nor written.
    """

    lines: list[str] = field(default_factory=list)
    drift: Drift | None = None
    unstable: bool = False
    unkept: bool = False
    trends: Trends = field(default_factory=dict)

    def code(self, run: RunData, settings: Settings) -> int:
        """The exit code that says most."""
        fail_on: list[FailOn] = ["inconclusive"] if settings.fail_on_inconclusive else []
        code = exit_code(run, self.drift, fail_on)
        if self.unkept and code != BROKEN:
            return SETUP_FAILED
        return COULD_NOT_TELL if code == 0 and self.unstable else code


def follow_up(run: RunData, settings: Settings, partial: bool) -> AfterRun:
    """Compare, keep and tell. `partial`: only some scenarios were selected, so that none counts as gone."""
    after_run = AfterRun()
    if settings.repeat > 1:
        found = comparisons(run)
        after_run.unstable = bool(found)
        after_run.lines += map(side_by_side, found)
    if settings.history is not None:
        try:
            _compare(run, settings, partial, after_run)
        except HistoryError as error:
            after_run.unkept = True
            after_run.lines.append(str(error))
    return after_run


def notify(run: RunData, settings: Settings, after_run: AfterRun, report: Path) -> str:
    """Send the summary to the webhook, if there is one; why that failed, empty when it did not."""
    address = webhook.address(settings.webhook)
    if not address:
        return ""
    told = webhook.summary(run, after_run.drift, after_run.code(run, settings), str(report))
    return webhook.post(told, address)


def _compare(run: RunData, settings: Settings, partial: bool, after_run: AfterRun) -> None:
    assert settings.history is not None
    with Store(settings.history) as store:
        baseline = store.baseline(run["site"], run["browsers"]) if settings.baseline else None
        number = store.save(run)
        after_run.trends = store.trends(run["site"], SHOWN_RUNS)
    after_run.lines.append(f"Kept as run {number} of {settings.history}.")
    if not settings.baseline:
        return
    if baseline is None:
        after_run.lines.append("There is no accepted run of this site and these browsers to compare with yet.")
        return
    exemptions = read_exemptions(settings.exceptions) if settings.exceptions else ()
    after_run.drift = excuse(diff(baseline, snapshot(run), partial=partial), exemptions, date.today()).drift
    for found in drift_findings(after_run.drift, run):
        after_run.lines.append(found.finding["sentence"])
        _file(run, found.scenario, found.finding)


def _file(run: RunData, scenario: str, finding: FindingData) -> None:
    for one in run["scenarios"]:
        if one["id"] == scenario:
            one["findings"].append(finding)
            return
