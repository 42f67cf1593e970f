"""Unfolds the parts of a dialog's layer, such as one for each category, until the switches in them show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.finder import layers, rest
from consentinel.drafting.switches import Found, Layer, tells
from consentinel.drafting.words import category_of

MOST_PARTS = 12
"""Parts of a layer that are unfolded at most."""

UNFOLDS = 2.0
"""Seconds that a part may take to show its switches."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A layer with the switches of its unfolded parts.

    `clicks` unfold the parts with switches, one after the other. `are_exclusive` says that a part folds the one before.
    """

    layer: Layer
    clicks: tuple[str, ...]
    are_exclusive: bool

    @property
    def place(self) -> str:
        """A selector of what shows only while a part is unfolded."""
        return seats(self.layer["switches"])


def seats(switches: list[Found]) -> str:
    """Return a selector of what a visitor clicks to turn these switches, whichever of them shows."""
    return " || ".join(dict.fromkeys(str(each["seat"]) for each in switches))


def unfolded(driver: WebDriver, frame: str, layer: Layer) -> Unfolded | None:
    """Return the layer with the switches that its folded parts show; None where no part shows one of a category.

    Each part with switches stays unfolded, unless the next one folds it; the others are folded again.
    """
    dialog_driver = DialogDriver(driver, "the proposed dialog", frame or None)
    found: dict[str, Found] = {each["selector"]: each for each in layer["switches"]}
    clicks: list[str] = []
    now = layer
    for part in [each for each in layer["buttons"] if each["folded"] and not each["leaves"]][:MOST_PARTS]:
        before = {each["selector"] for each in now["switches"]}
        try:
            dialog_driver.click(part["selector"], [layer["selector"]])
            now = wait_until("a switch", partial(_with_more, driver, frame, layer["selector"], before), UNFOLDS)
        except (ConsentFailure, WaitFailed):
            continue
        rest(driver)
        new = [each for each in now["switches"] if each["selector"] not in found]
        found |= {each["selector"]: _called(each, part["name"], len(new)) for each in new}
        clicks.append(part["selector"])
    whole = {**now, "switches": list(found.values())}
    if not clicks or not tells(whole):
        return None
    return Unfolded(whole, tuple(clicks), len(now["switches"]) < len(found))


def folded_names(layer: Layer) -> str:
    """Return what the folded parts of a layer are called, to be read; empty where it has none."""
    return ", ".join(f'"{each["name"]}"' for each in layer["buttons"] if each["folded"])


def _called(switch: Found, part: str, among: int) -> Found:
    """Return the switch, called as its part is where that alone tells: "Allow" stands below "Statistics"."""
    is_told = category_of(switch["label"], switch["name"]) is not None
    return switch if is_told or among > 1 or not part else {**switch, "label": part}


def _with_more(driver: WebDriver, frame: str, selector: str, before: set[Any]) -> Layer:
    """Return the layer of this selector once it has other switches than before. Raises NotYet."""
    for layer in layers(driver, frame):
        if layer["selector"] == selector and {each["selector"] for each in layer["switches"]} - before:
            return layer
    raise NotYet("nothing has unfolded a switch")
