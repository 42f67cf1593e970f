"""Accepted exceptions: changes that somebody has looked at and allowed for a while. One TOML file:

    [[accepted]]
    name = "_gcl_*"                  # * stands for any run of characters
    cause = "dfb787d7"               # or instead: the id that the report gives the change
    host = "*.shop.example"          # optional; a leading *. also covers its sub-domains
    kind = "cookie"                  # optional
    change = "new"                   # optional: new, gone or changed
    reason = "campaign of the autumn sale, asked for by marketing"
    expires = 2027-01-31             # the last day on which it holds

An exception without a reason or an expiry date is refused. From the day after its date it covers nothing any more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from consentinel.report.history.drift import Change, Drift
from consentinel.report.history.errors import HistoryError
from consentinel.report.history.findings import cause_of

Text = Annotated[str, Field(min_length=1)]


class Exemption(BaseModel):
    """One accepted exception."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text = "*"
    cause: Text | None = None
    reason: Annotated[str, Field(min_length=1, pattern=r"\S")]
    expires: Annotated[date, Field(strict=True)]
    host: Text = "*"
    kind: Text | None = None
    change: Literal["new", "gone", "changed"] | None = None

    @model_validator(mode="after")
    def _speaks_of_something(self) -> Exemption:
        if not {"name", "cause"} & self.model_fields_set:
            raise ValueError("it gives neither name nor cause")
        return self

    def covers(self, change: Change) -> bool:
        """Return whether the exception is about this change, on any day."""
        return (
            self.cause in (None, cause_of(change))
            and self.change in (None, change.what)
            and self.kind in (None, change.kind)
            and _name_matches(self.name, change.name)
            and _host_matches(self.host, change.host)
        )

    def holds_on(self, today: date) -> bool:
        """Return whether the exception is valid on this day. Its date is the last valid day."""
        return today <= self.expires


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    accepted: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Excused:
    """A drift with its exceptions applied. `lapsed` are those whose day is past though the change is still there."""

    drift: Drift
    lapsed: tuple[Exemption, ...]


def read_exemptions(path: Path) -> tuple[Exemption, ...]:
    """Return the exceptions in this file. Raises HistoryError with file, key and remedy in one line."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise HistoryError(f"--exceptions {path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise HistoryError(f"--exceptions {path}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise HistoryError(f"{path}: not valid TOML: {error}") from error
    try:
        return _File.model_validate(content).accepted
    except ValidationError as error:
        raise HistoryError(f"{path}: {_explain(error)}") from error


def excuse(drift: Drift, exemptions: Iterable[Exemption], today: date) -> Excused:
    """Mark each change that an exception covers today. Nothing is removed."""
    known = tuple(exemptions)
    live = [exemption for exemption in known if exemption.holds_on(today)]
    changes = tuple(_marked(change, live) for change in drift.changes)
    lapsed = tuple(
        exemption
        for exemption in known
        if not exemption.holds_on(today) and any(exemption.covers(change) and not change.accepted for change in changes)
    )
    notes = tuple(
        f'the exception for "{it.cause or it.name}" ended on {it.expires:%Y-%m-%d} and covers nothing' for it in lapsed
    )
    return Excused(replace(drift, changes=changes, notes=drift.notes + notes), lapsed)


def _marked(change: Change, live: Iterable[Exemption]) -> Change:
    for exemption in live:
        if exemption.covers(change):
            return replace(change, accepted=f"{exemption.reason} (until {exemption.expires:%Y-%m-%d})")
    return change


def _name_matches(pattern: str, name: str) -> bool:
    """A folded name is itself a pattern, whose `*` is read as any other character."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name, re.DOTALL) is not None


def _host_matches(pattern: str, host: str) -> bool:
    if pattern == "*":
        return True
    name = pattern.lower()
    if name.startswith("*."):
        return host == name[2:] or host.endswith(name[1:])
    return host == name


_REMEDIES = {
    "missing": "give it",
    "value_error": "give one of them",
    "extra_forbidden": "remove it, or correct its spelling",
    "date_type": "write it without quotes, as expires = 2027-01-31",
}


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    place = [f"exception {part + 1}" if isinstance(part, int) else str(part) for part in first["loc"]]
    remedy = _REMEDIES.get(first["type"], "correct it")
    return f"{', '.join(place)}: {first['msg'].lower()}; {remedy}"
