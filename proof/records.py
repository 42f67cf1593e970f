"""Runs of the clean site that were made elsewhere, as rows of the proof: a soak plays what the proof would play."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from proof.plan import CLEAN
from proof.results import Played, played
from proof.sentences import stopped_at
from reference_site.hosts import SITE
from report.schema import RunData


def rows(path: Path) -> list[Played]:
    """The scenarios of a `run.json`. Raises ValueError where it is no whole run of the clean reference site."""
    try:
        run = TypeAdapter(RunData).validate_json(path.read_bytes())
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}; name the run.json of a run of the reference site") from error
    except ValidationError as error:
        raise ValueError(f"{path}: not a run.json: {error.errors()[0]['msg']}") from error
    if urlsplit(run["base_url"]).hostname != SITE:
        raise ValueError(f"{path}: a run of {run['base_url']}, not of the clean reference site")
    if not run["complete"]:
        raise ValueError(f"{path}: the run was interrupted, so it is no whole run")
    return [
        played(CLEAN, data["id"], run["browsers"].get(data["browser"], ""), stopped_at(data), data)
        for data in run["scenarios"]
    ]
