"""Runs of the clean site that were made elsewhere, as rows of the proof: a soak plays what the proof would play."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from consentinel.proof.plan import CLEAN
from consentinel.proof.results import Played, played
from consentinel.proof.sentences import stopped_at
from consentinel.reference_site.hosts import SITE
from consentinel.report.reader import read_run


def rows(path: Path) -> list[Played]:
    """Return the scenarios of a `run.json`. Raises ValueError where it is no whole run of the clean reference site."""
    run = read_run(path)
    if urlsplit(run["base_url"]).hostname != SITE:
        raise ValueError(f"{path}: a run of {run['base_url']}, not of the clean reference site")
    if not run["complete"]:
        raise ValueError(f"{path}: the run was interrupted, so it is no whole run")
    return [
        played(CLEAN, data["id"], run["browsers"].get(data["browser"], ""), stopped_at(data), data)
        for data in run["scenarios"]
    ]
