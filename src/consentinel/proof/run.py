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
        command = [sys.executable, "-m", "pytest", str(features()), "-p", "consentinel.proof.pytest_options"]
        command += ["-q", "--no-header", "-r", "", "--tb=no", "-p", "no:cacheprovider", "--report", folder]
        command += ["--site", site, "--browser", browser, "--deployments", ",".join(plan.promises)]
        command += ["--no-evidence", "--no-pictures", "--repeat", str(repeat)]
        command += ["--proof-plan", str(file), "--proof-results", str(results)]
        if plan.marked:
            command += ["-m", plan.marked]
        if jobs > 1:
            command += ["-n", str(jobs), "--dist", "loadgroup"]
        ended = subprocess.run(command, check=False)
    if ended.returncode not in (0, 1):
        raise ProofFailed(f"the features could not be played in {browser}: pytest ended with {ended.returncode}")
