"""Runs a plan in one pytest process for each browser, which uses one browser, proxy and site for all deployments."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from consentinel.proof.plan import Plan
from consentinel.proof.sentences import features


class ProofFailed(Exception):
    """The features could not be run. The message is pytest's output."""


def play(plan: Plan, browser: str, results: Path, *, jobs: int = 1, repeat: int = 1) -> None:
    """Run a plan in one browser, site by site, and append rows to `results`. Raises ProofFailed."""
    for site, part in plan.by_site().items():
        _play(part, site, browser, results, jobs=jobs, repeat=repeat)


def _play(plan: Plan, site: str, browser: str, results: Path, *, jobs: int, repeat: int) -> None:
    with tempfile.TemporaryDirectory(prefix="proof-") as folder:
        file = Path(folder, "plan.json")
        plan.write(file)
        command = [
            *(
                sys.executable,
                "-m",
                "pytest",
                "-p",
                "consentinel.proof.pytest_options",
                "-q",
                "--no-header",
                "-r",
                "",
                "--tb=no",
            ),
            *(
                "-p",
                "no:cacheprovider",
                str(features()),
                "--site",
                site,
                "--browser",
                browser,
                "--deployments",
                ",".join(plan.promises),
            ),
            *("--no-evidence", "--no-pictures", "--report", folder, "--repeat", str(repeat), str(features())),
            *("--proof-plan", str(file), "--proof-results", str(results)),
            *(("-m", plan.marked) if plan.marked else ()),
            *(("-n", str(jobs), "--dist", "loadgroup") if jobs > 1 else ()),
        ]
        ended = subprocess.run(command, check=False)
    if ended.returncode not in (0, 1):
        raise ProofFailed(f"the features could not be played in {browser}: pytest ended with {ended.returncode}")
