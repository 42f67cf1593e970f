"""Writes the selectors of a dialog without a page object: as tried, or as a start for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consentinel.drafting.proposal import labels
from consentinel.drafting.survey import Proposal, Survey
from consentinel.drafting.toml import listed, text


def about(survey: Survey) -> list[str]:
    """Return remarks about the whole dialog, which the draft puts before its selectors."""
    found, unknown = survey.dialog, "? No known consent manager was recognised"
    if found is None:
        return [
            f"{unknown}, and no dialog was found by its buttons.",
            'If the site asks, write manager = "described" and describe its dialog in a table [consent.dialog].',
        ]
    seen = f"{unknown}, but a dialog was seen, with the buttons {labels(found.buttons)}."
    if survey.manager and found.pays:
        return [
            seen,
            "? Nothing in it refuses, and who does not agree is asked to pay: scenarios of a refusal will be skipped.",
            "Visitors accepted by the selector below: check both.",
        ]
    if survey.manager:
        return [seen, "Visitors accepted and refused by the selectors below, found by these names: check them."]
    missing = [what for what in ("accept", "refuse") if not getattr(found, what)]
    lacking = [f"? Nothing was found that {what}s everything." for what in missing]
    return [
        seen,
        *(lacking or ["? A visitor who tried did not get through it; the note at the top of this file says how far."]),
        'Mend and uncomment the table [consent.dialog] below, and write manager = "described".',
        "Until then no scenario that needs the dialog can be judged.",
    ]


def described(survey: Survey) -> Iterator[str]:
    """Yield the table of the dialog's selectors, in a comment where it does not work."""
    if survey.dialog is None:
        return
    for line in _tables(survey.dialog):
        yield line if survey.manager or not line else f"# {line}"


def _tables(dialog: Proposal) -> Iterator[str]:
    selectors = dialog.selectors()
    categories, others = selectors.pop("categories"), selectors.pop("others", [])
    yield "[consent.dialog]"
    for key, value in selectors.items():
        yield f"{key} = {_value(value)}"
    for category, switch in categories.items():
        yield ""
        yield f"[consent.dialog.categories.{category}]"
        yield from (f"{key} = {_value(value)}" for key, value in switch.items())
    for switch in others:
        yield ""
        yield "[[consent.dialog.others]]"
        yield from (f"{key} = {_value(value)}" for key, value in switch.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return text(value) if isinstance(value, str) else listed(value)
