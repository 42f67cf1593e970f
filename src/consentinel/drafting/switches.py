"""Proposes a switch for each category, of the switches that a layer of a dialog holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from consentinel.drafting.buttons import button_kind, speaks_of_everything
from consentinel.drafting.places import STEP
from consentinel.drafting.survey import Proposal, ProposedSwitch
from consentinel.drafting.words import category_of, is_necessary
from consentinel.site.profile import Category

Layer = dict[str, Any]
"""A layer of a page that may be a dialog, as dialogs.js tells of it."""

Found = dict[str, Any]
"""A button or a switch of a layer, as dialogs.js tells of it."""


_SENTENCE = re.compile(r"[.!?\u3002]$|^.{60}")
"""What is a text about cookies, and no name of a category."""


def as_read(layer: Layer) -> Layer:
    """Return the layer with what its controls are by their names.

    Labels that accept and refuse at once are buttons, whatever control they hide. A button that stays pressed is a
    category's switch where its own name is the category's.
    """
    answers = {kind: each for each in layer["switches"] if each["drawn"] and (kind := _answer(each))}
    is_answered = {"accept", "refuse"} <= answers.keys()
    labels = [each["selector"] for each in answers.values()] if is_answered else []
    drawn = [_as_button(each) for each in layer["switches"] if each["selector"] in labels]
    others = [_as_control(each) for each in layer["switches"] if each["selector"] not in labels]
    return {**layer, "switches": others, "buttons": [*layer["buttons"], *drawn]}


def _answer(found: Found) -> str | None:
    """Return whether a switch accepts or refuses by its name; None where the name is a category's, or says neither."""
    kind = button_kind(found["name"], found["language"]) if not category_of(found["name"]) else None
    return kind if kind in ("accept", "refuse") and not found["way"] else None


def _as_button(found: Found) -> Found:
    return {
        "selector": found["selector"],
        "name": found["name"],
        "leaves": False,
        "unfolds": False,
        "folded": False,
        "area": 0,
    }


def _as_control(found: Found) -> Found:
    is_category = found["pressed"] and category_of(found["name"]) and not button_kind(found["name"], found["language"])
    return {**found, "label": found["name"], "pressed": False} if is_category else found


def tells(layer: Layer) -> bool:
    """Return whether a switch of a layer speaks of a category."""
    return any(category_of(each["label"], each["name"]) for each in layer["switches"])


def with_switches(proposal: Proposal, layer: Layer) -> Proposal:
    """Return the proposal with a switch for each category.

    Where nothing else accepts or refuses, saving does, with all of them on or off. Two checkboxes for one category are
    turned together. Of two pairs for it the first is taken, and the other counts as strange.
    """
    aside = tuple(each["selector"] for each in layer["switches"] if _is_for_everything(each))
    switches, strange = _sorted([each for each in layer["switches"] if each["selector"] not in aside])
    rows = (row for row in layer["bare"] if _SENTENCE.search(row["label"]) is None)
    always = next((row for row in rows if category_of(row["label"]) is Category.FUNCTIONALITY), None)
    if always and Category.FUNCTIONALITY not in switches:
        switches[Category.FUNCTIONALITY] = ProposedSwitch(always["label"], locked=always["selector"])
    saving = (*proposal.preferences, *proposal.next, *proposal.save) if proposal.save else ()
    return replace(
        proposal,
        switches={category: switches[category] for category in Category if category in switches},
        strange=tuple(strange),
        aside=aside,
        accept=proposal.accept or saving,
        refuse=proposal.refuse or saving,
    )


def without_switches(proposal: Proposal) -> Proposal:
    """Return the proposal of a banner that is accepted and refused, and whose preferences nobody could work."""
    return replace(
        proposal,
        dialog="",
        dialog_frame="",
        at_once=False,
        preferences=(),
        next=(),
        back=(),
        save=(),
        steps=((), ()),
        close=proposal.dismiss,
        switches={},
        strange=(),
        aside=(),
    )


def _sorted(found: list[Found]) -> tuple[dict[Category, ProposedSwitch], list[ProposedSwitch]]:
    switches: dict[Category, ProposedSwitch] = {}
    strange: dict[str, ProposedSwitch] = {}
    for each in found:
        category, label = _category(each), each["label"] or each["name"]
        known = switches.get(category) if category else None
        if category and (known is None or not getattr(known, _part(each))):
            switches[category] = _switch(each, known or ProposedSwitch(each["label"]))
        elif category and known and _are_in_one_root(known.control, each["selector"]):
            both = f"{known.control}, {each['selector'].rpartition(STEP)[2]}"
            switches[category] = replace(known, control=both, always=False)
        elif category is not Category.FUNCTIONALITY:
            strange[label] = _switch(each, strange.get(label, ProposedSwitch(label)))
    return switches, list(strange.values())


def _are_in_one_root(one: str, other: str) -> bool:
    """Return whether one selector can find both: they lie in one document, or in one shadow root."""
    return bool(one) and one.rpartition(STEP)[0] == other.rpartition(STEP)[0]


def _is_for_everything(found: Found) -> bool:
    """Return whether a switch turns all the others, as "Turn all on" does."""
    label = found["label"] or found["name"]
    return category_of(label) is None and speaks_of_everything(label) and button_kind(label) is not None


def _category(found: Found) -> Category | None:
    """Return the category of a switch by its label; None for one called functional that can be refused."""
    category = category_of(found["label"], found["name"])
    is_refusable = not found["locked"] and not is_necessary(found["label"] or found["name"])
    return None if category is Category.FUNCTIONALITY and is_refusable else category


def _part(found: Found) -> str:
    """Return which part of a category's switch this is: one of two radio buttons or of two buttons, or all of it."""
    if found["way"]:
        return str(found["way"])
    if not found["pressed"]:
        return "control"
    return "refuse" if button_kind(found["name"], found["language"]) == "refuse" else "grant"


def _switch(found: Found, known: ProposedSwitch) -> ProposedSwitch:
    part, seat = _part(found), known.seat or str(found["seat"])
    if part != "control":
        return replace(known, **{part: found["selector"]}, seat=seat)
    always = bool(found["locked"] and found["on"])
    marks = {name: found["marks"][name] for name in ("on", "off") if name in found.get("marks", {})}
    return replace(
        known, control=found["selector"], inverted=found["inverted"] or None, always=always, seat=seat, **marks
    )
