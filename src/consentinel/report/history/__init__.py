"""The history of runs, and what changed from one to the next.

with Store(Path("reports/history.sqlite")) as store:
    baseline = store.baseline(run["site"], run["browsers"])
    number = store.save(run)
if baseline is not None:
    drift = excuse(diff(baseline, snapshot(run)), read_exemptions(file), date.today()).drift
    found = drift_findings(drift, run)
"""

from consentinel.report.history.accepted import (
    Excused,
    Exemption,
    excuse,
    read_exemptions,
)
from consentinel.report.history.drift import Change, Drift, diff
from consentinel.report.history.errors import HistoryError
from consentinel.report.history.findings import DriftFinding, drift_findings, sentence
from consentinel.report.history.policy_drift import policy_changes
from consentinel.report.history.register_drift import LOOKED_THROUGH, RUNS, register_changes, unseen_rows
from consentinel.report.history.snapshot import Snapshot, snapshot
from consentinel.report.history.store import RunRow, Store, TrendPoint

__all__ = [
    "LOOKED_THROUGH",
    "RUNS",
    "Change",
    "Drift",
    "DriftFinding",
    "Excused",
    "Exemption",
    "HistoryError",
    "RunRow",
    "Snapshot",
    "Store",
    "TrendPoint",
    "diff",
    "drift_findings",
    "excuse",
    "policy_changes",
    "read_exemptions",
    "register_changes",
    "sentence",
    "snapshot",
    "unseen_rows",
]
