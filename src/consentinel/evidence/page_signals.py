"""Makes records of what the script in the page notes of consent. No function here raises for what a page says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from consentinel.evidence.guarded import json_of, number_of
from consentinel.evidence.records import Signal, Value
from consentinel.evidence.signal_records import MAKERS, ConsentCommand, ConsentString, PrivacyPreference
from consentinel.evidence.signals import Purpose
from consentinel.evidence.stack_trace import script_of


def signal_of(raw: Mapping[str, Any]) -> Signal | None:
    """Return the record of a note about consent; None for a note of anything else."""
    read = _READERS.get(str(raw["operation"]))
    return read(raw) if read else None


def command_of(raw: Mapping[str, Any]) -> ConsentCommand:
    """Return the command that a page's script noted. A state or region that is no text is left out."""
    fields = _fields_of(raw)
    states = tuple((str(purpose), fields[purpose]) for purpose in Purpose if isinstance(fields.get(purpose), str))
    regions = fields.get("regions")
    return ConsentCommand(
        at=float(raw["at"]) / 1000,
        name=str(raw["name"]),
        states=states,
        regions=tuple(one for one in regions if isinstance(one, str)) if isinstance(regions, list) else (),
        wait_ms=number_of(fields.get("wait")),
        works=fields.get("works") is True,
        script=script_of(str(raw["stack"])),
        frame=str(raw["frame"]),
        maker=next((one for one in MAKERS if one == fields.get("maker")), "google"),
    )


def string_of(raw: Mapping[str, Any]) -> ConsentString:
    """Return what a page's API said. A string that is no text counts as none."""
    fields = _fields_of(raw)
    applies = fields.get("applies")
    return ConsentString(
        at=float(raw["at"]) / 1000,
        api="gpp" if raw["name"] == "gpp" else "tcf",
        text=Value(_text(fields.get("text"))),
        event=_text(fields.get("event")),
        applies=applies if isinstance(applies, bool) else None,
        frame=str(raw["frame"]),
    )


def preference_of(raw: Mapping[str, Any]) -> PrivacyPreference:
    """Return the visitor's wishes, as the browser shows them to a document."""
    fields = _fields_of(raw)
    gpc, dnt = fields.get("gpc"), fields.get("dnt")
    return PrivacyPreference(
        at=float(raw["at"]) / 1000,
        gpc=gpc if isinstance(gpc, bool) else None,
        dnt=dnt if isinstance(dnt, str) else None,
        frame=str(raw["frame"]),
    )


def _fields_of(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    read = json_of(str(raw["value"]))
    return read if isinstance(read, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Signal]] = {
    "consent command": command_of,
    "consent string": string_of,
    "privacy preference": preference_of,
}
"""By the operation of a page's note."""
