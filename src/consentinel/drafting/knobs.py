"""Finds switches that nothing names as such, by clicking what may be one and seeing what that changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.buttons import button_kind
from consentinel.drafting.finder import ask, rest
from consentinel.drafting.switches import Found, Layer
from consentinel.drafting.words import category_of

MOST_KNOBS = 10
"""Parts of a layer that are tried at most."""

CHANGES = 1.5
"""Seconds that a part may take to show that it was clicked."""

Looks = Mapping[str, list[str]]
"""By a selector of each part of a knob, and of what is around it: what its attributes say, each as a selector."""

_ON = re.compile(
    r"(?:^|[^a-z])(?:on|true|1|checked|active|activated|enabled|selected|yes|allowed|granted|accepted)\b", re.I
)
_OFF = re.compile(
    r"(?:^|[^a-z])(?:off|false|0|unchecked|inactive|disabled|unselected|no|denied|refused|rejected)\b", re.IGNORECASE
)


def knobs(driver: WebDriver, frame: str, layer: Layer) -> list[Found]:
    """Return a switch for each part of a layer that speaks of a category and stays changed by a click.

    Each is clicked twice, and stands in the end as before. Its `marks` say by what selector it shows that it is on.
    """
    found = ask(driver, frame, "knobs", layer["selector"]) or []
    telling = [each for each in found if _may_be_a_switch(each)]
    return list(_tried(driver, frame, layer, telling[:MOST_KNOBS]))


def _may_be_a_switch(knob: Found) -> bool:
    is_button = category_of(knob["name"]) is None and button_kind(knob["name"], knob["language"]) is not None
    return not is_button and category_of(knob["label"], knob["name"]) is not None


def _tried(driver: WebDriver, frame: str, layer: Layer, telling: list[Found]) -> Iterator[Found]:
    dialog_driver = DialogDriver(driver, "the proposed dialog", frame or None)
    for knob in telling:
        before = _looks(driver, frame, knob)
        try:
            dialog_driver.click_now(knob["selector"], [layer["selector"]])
            wait_until("a change", partial(_changed, driver, frame, knob, before), CHANGES)
            rest(driver)
            after = _looks(driver, frame, knob)
            dialog_driver.click_now(knob["selector"], [layer["selector"]])
            wait_until("it to be as before", partial(_changed, driver, frame, knob, after), CHANGES)
        except (ConsentFailure, NotYet, WaitFailed):
            continue
        rest(driver)
        marks, was_on = read_marks(before, after, _looks(driver, frame, knob))
        if marks:
            yield {**_as_switch(knob), "on": was_on, "marks": marks}


def _as_switch(knob: Found) -> Found:
    parts = {"way": "", "inverted": False, "pressed": False, "locked": False, "drawn": False, "seat": knob["selector"]}
    return {**knob, **parts}


def read_marks(before: Looks, after: Looks, again: Looks) -> tuple[dict[str, str], bool]:
    """Return what shows that a knob is on, or off, and whether it was on before the first of two clicks.

    `after` is how it looked after the first click, `again` after the second. Without words that tell, it was off.
    """
    came = [(place, one) for place, says in after.items() for one in says if one not in before.get(place, [])]
    went = [(place, one) for place, says in before.items() for one in says if one not in after.get(place, [])]
    came = [(place, one) for place, one in came if one not in again.get(place, [])]
    went = [(place, one) for place, one in went if one in again.get(place, [])]
    turned_on = [place + one for place, one in came if _ON.search(one) and not _OFF.search(one)]
    turned_off = [place + one for place, one in came if _OFF.search(one)]
    was_on = [place + one for place, one in went if _ON.search(one) and not _OFF.search(one)]
    was_off = [place + one for place, one in went if _OFF.search(one)]
    if turned_on:
        return {"on": turned_on[0]}, False
    if was_on:
        return {"on": was_on[0]}, True
    if was_off:
        return {"off": was_off[0]}, False
    if turned_off:
        return {"off": turned_off[0]}, True
    return ({"on": "".join(came[0])}, False) if came else ({"off": "".join(went[0])}, False) if went else ({}, False)


def _looks(driver: WebDriver, frame: str, knob: Found) -> Looks:
    found: Looks | None = ask(driver, frame, "looks", knob["selector"])
    return found or {}


def _changed(driver: WebDriver, frame: str, knob: Found, before: Looks) -> bool:
    if _looks(driver, frame, knob) == before:
        raise NotYet("nothing has changed")
    return True
