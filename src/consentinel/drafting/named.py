"""Tells the buttons of a layer by their names: those that accept, refuse, save and close, and those that lead on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from consentinel.drafting.buttons import asks_for_money, button_kind, folds, is_plain, is_vague, speaks_of_everything
from consentinel.drafting.switches import Found, Layer
from consentinel.site.normal_text import normal

NEXT, BACK = (Path(__file__).with_name(f"{way}.toml") for way in ("next", "back"))

_COUNTED = re.compile(r"\d+")


def named(layer: Layer, kind: str) -> tuple[str, ...]:
    """Return the selector of the button of this kind, the one with the plainest name; empty where there is none."""
    found = [each for each in layer["buttons"] if button_kind(each["name"], layer["language"]) == kind]
    by_links = kind == "accept" and _are_answers(layer)
    mine = _largest(each for each in found if by_links or _may_be(each, kind))
    plainest = sorted(mine, key=lambda each: (*_vagueness(each["name"]), bool(each["leaves"])))
    return tuple(each["selector"] for each in plainest[:1])


def dismissing(layer: Layer) -> tuple[str, ...]:
    """Return the button that closes a banner: not one that folds a part of it away, where another one unfolds it."""
    plain = [each for each in layer["buttons"] if not folds(each["name"])]
    found = named({**layer, "buttons": plain}, "close")
    return found or (() if named(layer, "preferences") else named(layer, "close"))


def clicks_to(layer: Layer, kind: str) -> tuple[str, ...]:
    """Return what accepts or refuses everything in a layer: one button, or a level and the button that saves it."""
    found = named(layer, kind)
    levels = [each["selector"] for each in layer["levels"] if _is_level(each["name"], kind)]
    saves = named(layer, "save")
    return found if found or len(levels) != 1 or not saves else (levels[0], saves[0])


def _is_level(name: str, kind: str) -> bool:
    return button_kind(name) == "refuse" if kind == "refuse" else speaks_of_everything(name)


def saving(layer: Layer) -> tuple[str, ...]:
    """Return the button that saves: among switches also one that accepts, unless it accepts everything."""
    saves = named(layer, "save")
    accepts = named(layer, "accept") if layer["switches"] else ()
    names = {each["selector"]: each["name"] for each in layer["buttons"]}
    return saves or tuple(selector for selector in accepts if not speaks_of_everything(names[selector]))


def paying(layer: Layer) -> str:
    """Return the button or link, also to another site, that leads to an offer to pay; empty where there is none."""
    found = _largest(each for each in (*layer["buttons"], *layer["away"]) if asks_for_money(each["name"]))
    return next((str(each["selector"]) for each in found), "")


def next_step(layer: Layer) -> tuple[str, ...]:
    """Return the button that leads to the next step of a dialog; empty where there is none."""
    return tuple(each["selector"] for each in layer["buttons"] if leads_on(each["name"]) and not each["leaves"])[:1]


def step_before(layer: Layer) -> tuple[str, ...]:
    """Return the button that leads back to the step before; empty where there is none."""
    return tuple(each["selector"] for each in layer["buttons"] if leads_back(each["name"]) and not each["leaves"])[:1]


def leads_on(name: str) -> bool:
    """Return whether a button's whole name says that a further step follows, whatever numbers stand beside it."""
    return normal(_COUNTED.sub(" ", name)) in _words(NEXT)


def leads_back(name: str) -> bool:
    """Return whether a button's whole name says that it leads to the step before, whatever numbers stand beside it."""
    return normal(_COUNTED.sub(" ", name)) in _words(BACK)


@cache
def _words(file: Path) -> frozenset[str]:
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(normal(name) for names in table.values() for name in names)


def _largest(buttons: Iterable[Found]) -> list[Found]:
    """Return the largest button of each name: the text of a dialog may name the same as a link."""
    found: dict[str, Found] = {}
    for each in buttons:
        known = found.setdefault(normal(each["name"]), each)
        if (not each["leaves"], each["area"]) > (not known["leaves"], known["area"]):
            found[normal(each["name"])] = each
    return list(found.values())


def _vagueness(name: str) -> tuple[bool, bool]:
    return is_vague(name), not speaks_of_everything(name)


def _may_be(button: Found, kind: str) -> bool:
    """Return whether a button or link may be of this kind.

    A link to another page may refuse or lead to the preferences. It accepts and saves nothing: "We accept cards" is a
    text to read. A button that unfolds something is its heading, as in "Necessary cookies, always active".
    """
    if button["unfolds"]:
        return kind in ("preferences", "close")
    return kind in ("refuse", "preferences") or not button["leaves"]


def _are_answers(layer: Layer) -> bool:
    """Return whether a layer is answered by links, one of which refuses: then another one accepts."""
    links = [each["name"] for each in layer["buttons"] if each["leaves"] and is_plain(each["name"])]
    return "refuse" in (button_kind(name, layer["language"]) for name in links)
