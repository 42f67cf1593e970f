"""Proposes the selectors of a consent dialog that no page object knows, by what its buttons and switches are called.

It looks through open shadow roots and into frames of any origin, opens the preferences where there are some, and
chooses nothing. Whether the proposal works is for visitors to try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import ASK, EYES, DialogDriver
from consentinel.drafting.buttons import button_kind, is_vague, speaks_of_everything
from consentinel.drafting.survey import Button, Proposal, ProposedSwitch
from consentinel.drafting.words import category_of, is_necessary
from consentinel.site.profile import Category

FINDER = f"{EYES}\n{Path(__file__).with_name('dialogs.js').read_text(encoding='utf-8')}\n{ASK}"

OPENS = 5.0
"""Seconds that the preferences may take to show."""

Layer = dict[str, Any]


def propose(driver: WebDriver) -> Proposal | None:
    """What the dialog on the page seems to be; None where nothing on it both speaks of consent and accepts."""
    found = next(_banners(driver), None)
    if found is None:
        return None
    frame, layer = found
    proposal = _of_banner(frame, layer)
    if layer["switches"]:
        return _with_switches(proposal, layer)
    return _with_preferences(driver, proposal) if proposal.preferences else proposal


def _banners(driver: WebDriver) -> Iterator[tuple[str, Layer]]:
    """Every visible layer that could be the banner, with the frame that holds it, empty for the page itself."""
    frames = ["", *(frame["selector"] for frame in driver.execute_script(FINDER, "frames", []))]
    for frame in frames:
        for layer in _layers(driver, frame):
            if _named(layer, "accept") and (layer["speaks"] or _named(layer, "refuse")):
                yield frame, layer


def _layers(driver: WebDriver, frame: str) -> list[Layer]:
    answer: list[Layer] | None = _ask(driver, frame, "layers")
    return answer or []


def _ask(driver: WebDriver, frame: str, question: str, *arguments: Any) -> Any:
    if not frame:
        return driver.execute_script(FINDER, question, arguments)
    shown = driver.execute_script(FINDER, "frames", [])
    element = next((each["element"] for each in shown if each["selector"] == frame), None)
    if element is None:
        return None
    driver.switch_to.frame(element)
    try:
        return driver.execute_script(FINDER, question, arguments)
    finally:
        driver.switch_to.default_content()


def _of_banner(frame: str, layer: Layer) -> Proposal:
    return Proposal(
        frame=frame,
        banner=layer["selector"],
        buttons=tuple(Button(each["name"], each["selector"]) for each in layer["buttons"]),
        accept=_named(layer, "accept"),
        refuse=_named(layer, "refuse"),
        preferences=_named(layer, "preferences"),
        save=_named(layer, "save"),
        close=_named(layer, "close"),
    )


def _with_preferences(driver: WebDriver, proposal: Proposal) -> Proposal:
    """The proposal with its second layer, which is opened to see it; without one, where none opens."""
    dialog_driver = DialogDriver(driver, "the proposed dialog", proposal.frame or None)
    try:
        dialog_driver.click(proposal.preferences[0], [proposal.banner])
        layer = wait_until("the preferences", lambda: _second(driver, proposal), OPENS)
    except (ConsentFailure, WaitFailed):
        return replace(proposal, preferences=())
    inner = _of_banner(proposal.frame, layer)
    place = layer["selector"]
    if place == proposal.banner:
        inside = [each["selector"] for each in layer["switches"]] + list(inner.save)
        place = str(_ask(driver, proposal.frame, "around", inside))
    both = replace(
        proposal,
        dialog=place if place != proposal.banner else "",
        accept=_either(proposal.accept, inner.accept),
        refuse=_either(proposal.refuse, inner.refuse) if proposal.refuse else _in_two(proposal, inner.refuse),
        save=inner.save,
        close=inner.close,
    )
    return _with_switches(both, layer)


def _second(driver: WebDriver, proposal: Proposal) -> Layer:
    """The layer with the switches: empty, and so waited for, while it does not show."""
    layers = _layers(driver, proposal.frame)
    return next((layer for layer in layers if layer["switches"] and _named(layer, "save")), {})


def _in_two(proposal: Proposal, refuse: tuple[str, ...]) -> tuple[str, ...]:
    return (*proposal.preferences, *refuse) if refuse else ()


def _with_switches(proposal: Proposal, layer: Layer) -> Proposal:
    """The proposal with a switch for each category; where nothing else refuses, leaving all of them off does."""
    switches: dict[Category, ProposedSwitch] = {}
    strange: list[ProposedSwitch] = []
    for each in layer["switches"]:
        category = _category(each)
        if category is None:
            strange.append(_switch(each, ProposedSwitch(each["label"] or each["name"])))
        else:
            switches[category] = _switch(each, switches.get(category, ProposedSwitch(each["label"])))
    always = next((row for row in layer["bare"] if category_of(row["label"]) is Category.FUNCTIONALITY), None)
    if always and Category.FUNCTIONALITY not in switches:
        switches[Category.FUNCTIONALITY] = ProposedSwitch(always["label"], locked=always["selector"])
    by_default = (*proposal.preferences, *proposal.save) if proposal.save and not _any_on(layer) else ()
    in_order = {category: switches[category] for category in Category if category in switches}
    return replace(proposal, switches=in_order, strange=tuple(strange), refuse=proposal.refuse or by_default)


def _category(found: dict[str, Any]) -> Category | None:
    """The category of a switch by its label; what is called functional and can be refused is none of the policy's."""
    category = category_of(found["label"], found["name"])
    is_refusable = not found["locked"] and not is_necessary(found["label"] or found["name"])
    return None if category is Category.FUNCTIONALITY and is_refusable else category


def _switch(found: dict[str, Any], known: ProposedSwitch) -> ProposedSwitch:
    if not found["pressed"]:
        return replace(known, control=found["selector"])
    kind = button_kind(found["name"], found["language"])
    return replace(known, **({"refuse": found["selector"]} if kind == "refuse" else {"grant": found["selector"]}))


def _any_on(layer: Layer) -> bool:
    return any(each["on"] and not each["locked"] and not each["pressed"] for each in layer["switches"])


def _named(layer: Layer, kind: str) -> tuple[str, ...]:
    """The selector of the button of this kind, the plainest name first; empty where there is none."""
    mine = [each for each in layer["buttons"] if button_kind(each["name"], layer["language"]) == kind]
    plainest = sorted(mine, key=lambda each: (is_vague(each["name"]), not speaks_of_everything(each["name"])))
    return tuple(each["selector"] for each in plainest[:1])


def _either(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """One selector for a button that two layers have; that of the first, where no selector can stand for both."""
    if not one or not other or one == other:
        return tuple(one or other)
    firsts, seconds = one[0].split(" >>> "), other[0].split(" >>> ")
    differing = [number for number, (a, b) in enumerate(zip(firsts, seconds, strict=False)) if a != b]
    if len(firsts) != len(seconds) or len(differing) != 1:
        return tuple(one)
    steps = [a if a == b else f"{a}, {b}" for a, b in zip(firsts, seconds, strict=True)]
    return (" >>> ".join(steps),)


def labels(buttons: Iterable[Button]) -> str:
    """What the buttons are called, to be read."""
    return ", ".join(f'"{button.name}"' for button in buttons)
