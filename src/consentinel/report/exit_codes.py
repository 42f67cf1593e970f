"""The exit codes of a run. Documented for pipelines in docs/exit-codes.md.

pytest owns 0 to 6, sysexits.h owns 64 to 78, shells own 126 and above: ours are 10 to 12.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal

from consentinel.report.history.drift import Drift
from consentinel.report.schema import RunData

FailOn = Literal["inconclusive"]

KEPT: Final = 0
"""All that was asked was answered, and every promise asked about was kept (pytest: OK)."""
BROKEN: Final = 1
"""At least one scenario failed, or an assertion of a step's own did (pytest: TESTS_FAILED)."""
INTERRUPTED: Final = 2
"""The run was cut short, or a worker crashed, and nothing had failed until then (pytest: INTERRUPTED)."""
SETUP_FAILED: Final = 4
"""A wrong profile or option, no site, no browser, no Grid: nothing was judged (pytest: USAGE_ERROR)."""
NOTHING_RAN: Final = 5
"""No scenario was selected, or each that was selected was skipped (pytest: NO_TESTS_COLLECTED)."""
COULD_NOT_TELL: Final = 10
"""No scenario failed, but some were inconclusive, and `--fail-on inconclusive` was given or none passed."""
DRIFT: Final = 11
"""All was kept, but items are new, gone or changed since the baseline and no exception covers them."""

ERROR: Final = 12
"""No scenario failed, but something went wrong in the harness or in a step, which is no answer about the site."""

SOFT: Final = frozenset({KEPT, NOTHING_RAN, COULD_NOT_TELL, DRIFT})
"""The codes of runs in which no scenario failed and no error occurred."""


def exit_code(run: RunData, drift: Drift | None, fail_on: Collection[FailOn]) -> int:
    """Return the code of the most serious result: broken, error, cut short, could not tell, drift, kept, in this order.

    `drift` is None where no baseline was asked for.
    """
    outcomes = {scenario["outcome"] for scenario in run["scenarios"]}
    fails_on_doubt = "inconclusive" in fail_on or "passed" not in outcomes
    faults = {scenario.get("fault") for scenario in run["scenarios"]}
    holds = (
        (BROKEN, "failed" in outcomes or "assertion" in faults),
        (ERROR, "error" in outcomes),
        (INTERRUPTED, not run["complete"]),
        (NOTHING_RAN, outcomes <= {"skipped"}),
        (COULD_NOT_TELL, "inconclusive" in outcomes and fails_on_doubt),
        (DRIFT, drift is not None and bool(drift.open)),
    )
    return next((code for code, is_so in holds if is_so), KEPT)
