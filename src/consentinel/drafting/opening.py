"""Opens the preferences of a dialog that is proposed, and walks on where they are asked step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.finder import OPENS, ask, frames, layers, places, rest
from consentinel.drafting.named import next_step, saving, step_before
from consentinel.drafting.survey import Proposal
from consentinel.drafting.switches import Layer, tells
from consentinel.drafting.words import category_of
from consentinel.site.profile import REFUSABLE

Find = Callable[[WebDriver, str], list[Layer]]
"""Finds layers, or places of switches, in a frame."""

MOST_STEPS = 8
"""Steps that a dialog may have at most."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The layer with the switches, and the steps around it.

    Where several steps have switches, `layer` is the first of them with the switches of all; `forward` are the clicks
    that lead from it to the last of them, `backward` those that lead back.

    `towards` are the clicks that lead from the first step to the layer, `beyond` those that lead from it, or from the
    last with switches, to the step that saves, and what saves, none where it saves itself. `part` is the selector of
    what holds the switches alone, where the layer may hold other steps too. `before` and `after` are the selectors of
    the other steps.
    """

    frame: str
    layer: Layer
    part: str
    towards: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    forward: tuple[str, ...] = ()
    backward: tuple[str, ...] = ()


class _Step(NamedTuple):
    frame: str
    layer: Layer
    part: str
    leads_on: str
    """What leads to the next step; empty where this one saves."""


def words_of(driver: WebDriver, proposal: Proposal) -> frozenset[str]:
    """Return what the layers of the banner's frame say, and the places of switches there, each as a whole."""
    found = (layer for find in (layers, places) for layer in find(driver, proposal.frame))
    return frozenset(layer["words"] for layer in found)


def opened(driver: WebDriver, proposal: Proposal, before: frozenset[str]) -> Opened:
    """Return the preferences, which something has been clicked to open. Raises ConsentFailure or WaitFailed.

    First a layer that can be saved is waited for, or a step that leads to one. Then any place of switches is taken,
    then one without a way to save: switches that nothing saves are taken to act at once. `before` are the words of
    what showed before the click.
    """
    try:
        return _walked(driver, proposal, before)
    except WaitFailed as failure:
        first = failure
    for find, must_save in ((places, True), (layers, False), (places, False)):
        try:
            frame, layer = wait_until("switches", partial(_second, driver, proposal, before, find, must_save), 0.0)
        except WaitFailed:
            continue
        return Opened(frame, layer, part_of(driver, proposal, frame, layer))
    raise first


def _walked(driver: WebDriver, proposal: Proposal, before: frozenset[str]) -> Opened:
    """Return the preferences. Walk from step to step up to the one that saves, and back where several have switches."""
    steps = [_at_rest(driver, "a layer that saves", partial(_step, driver, proposal, before))]
    while (at := steps[-1]).leads_on:
        if len(steps) == MOST_STEPS:
            raise ConsentFailure(f"the proposed dialog has more than {MOST_STEPS} steps")
        DialogDriver(driver, "the proposed dialog", at.frame or None).click(at.leads_on, [at.layer["selector"]])
        try:
            steps.append(_at_rest(driver, "the next step", partial(_step_after, driver, proposal, at)))
        except WaitFailed as failure:
            if any(layer["words"] for layer in layers(driver, at.frame) if layer["selector"] == at.layer["selector"]):
                raise ConsentFailure(f"the proposed dialog: {failure}") from failure
            return _around_switches(driver, proposal, steps)  # what was called the next step has saved
    return _around_switches(driver, proposal, steps)


def _at_rest(driver: WebDriver, what: str, probe: Callable[[], _Step]) -> _Step:
    """Return the step once it has come and the page stands still. Raises WaitFailed."""
    wait_until(what, probe, OPENS)
    rest(driver)
    return wait_until(what, probe, OPENS)


def _around_switches(driver: WebDriver, proposal: Proposal, steps: list[_Step]) -> Opened:
    """Return the steps from the first to the last that has switches which can be turned.

    Raises ConsentFailure where no step has any, where two steps mark them alike, and where nothing leads back from a
    step with switches to another one.
    """
    turned = [number for number, step in enumerate(steps) if _can_be_turned(step.layer)] if len(steps) > 1 else [0]
    if not turned:
        raise ConsentFailure("no step of the proposed dialog has switches of categories")
    first, last = turned[0], turned[-1]
    here, end = steps[first], steps[last]
    backward = _walked_back(driver, steps, first)[: last - first] if last > first else ()
    clicks = [step.leads_on or saving(step.layer)[0] for step in steps]
    further = steps[first + 1 : last + 1]
    return Opened(
        here.frame,
        _joined([here, *further]),
        here.part,
        tuple(clicks[:first]),
        tuple(clicks[last:]) if end.leads_on else (),
        tuple(step.layer["selector"] for step in steps[:first]),
        (*(_place(step, proposal) for step in further), *(step.layer["selector"] for step in steps[last + 1 :])),
        tuple(clicks[first:last]),
        backward,
    )


def _place(step: _Step, proposal: Proposal) -> str:
    """Return the selector of what shows only during this step, also where the banner holds all steps."""
    place = str(step.layer["selector"])
    return step.part if place == proposal.banner and step.part else place


def _joined(steps: list[_Step]) -> Layer:
    """Return the layer of the first step, with the switches of all and what ends the last. Raises ConsentFailure."""
    switches = [each for step in steps for each in step.layer["switches"]]
    selectors = [each["selector"] for each in switches]
    if len(set(selectors)) < len(selectors):
        raise ConsentFailure("two steps of the proposed dialog have switches that nothing tells apart")
    bare = [row for step in steps for row in step.layer["bare"]]
    return {**steps[0].layer, "switches": switches, "bare": bare, "buttons": steps[-1].layer["buttons"]}


def _walked_back(driver: WebDriver, steps: list[_Step], first: int) -> tuple[str, ...]:
    """Walk back from the last step to this one, and return what was clicked, the last click first. Raises
    ConsentFailure where a step has nothing that leads back, or where something else comes of it."""
    clicked: list[str] = []
    for step, before in zip(steps[:first:-1], steps[-2::-1], strict=False):
        back = step_before(step.layer)
        if not back:
            raise ConsentFailure("the categories stand on several steps, and nothing leads back")
        DialogDriver(driver, "the proposed dialog", step.frame or None).click(back[0], [step.layer["selector"]])
        try:
            wait_until("the step before", partial(_is_shown, driver, before), OPENS)
        except WaitFailed as failure:
            raise ConsentFailure(f"the proposed dialog: {failure}") from failure
        clicked.append(back[0])
    return tuple(clicked[::-1])


def _is_shown(driver: WebDriver, step: _Step) -> bool:
    return any(layer["words"] == step.layer["words"] for layer in layers(driver, step.frame))


def _can_be_turned(layer: Layer) -> bool:
    return tells({**layer, "switches": [each for each in layer["switches"] if not each["locked"]]})


def _step(driver: WebDriver, proposal: Proposal, before: frozenset[str]) -> _Step:
    """Return the step that shows: one with switches that saves, or one that leads on. Raises NotYet until one shows."""
    for layer in layers(driver, proposal.frame):
        if layer["words"] not in before and not saving(layer) and (clicks := next_step(layer)):
            return _Step(proposal.frame, layer, part_of(driver, proposal, proposal.frame, layer), clicks[0])
    frame, layer = _second(driver, proposal, before, layers, must_save=True)
    return _Step(frame, layer, part_of(driver, proposal, frame, layer), "")


def _step_after(driver: WebDriver, proposal: Proposal, last: _Step) -> _Step:
    """Return the step that has replaced the last one. Raises NotYet while none has."""
    for layer in layers(driver, last.frame):
        if layer["words"] != last.layer["words"] and (saving(layer) or next_step(layer)):
            part = part_of(driver, proposal, last.frame, layer)
            return _Step(last.frame, layer, part, "" if saving(layer) else next_step(layer)[0])
    raise NotYet("the step has not changed")


def part_of(driver: WebDriver, proposal: Proposal, frame: str, layer: Layer) -> str:
    """Return the selector of what holds a layer's switches; empty for a layer without any.

    It also holds the button that saves or leads on, unless that makes it the whole banner.
    """
    switches = [each["selector"] for each in layer["switches"]]
    if not switches:
        return ""
    ends = saving(layer) or next_step(layer)
    whole, part = (str(ask(driver, frame, "around", held)) for held in ([*switches, *ends], switches))
    return part if whole == proposal.banner else whole


def _second(
    driver: WebDriver, proposal: Proposal, before: frozenset[str], find: Find, must_save: bool
) -> tuple[str, Layer]:
    """Return the frame and the layer with the switches. Raises NotYet while none shows.

    A part of the page that is as it was before may have switches of its own, such as that of a film.
    """
    shown = (frame["selector"] for frame in frames(driver))
    for frame in dict.fromkeys((proposal.frame, "", *shown)):
        apart = (
            one
            for one in find(driver, frame)
            if one["floats"] or one["words"] not in before or _asks_for_categories(one)
        )
        for layer in sorted(apart, key=outermost_last):
            if layer["switches"] and (saving(layer) or not must_save) and (find is layers or tells(layer)):
                return frame, layer
    raise NotYet("no layer shows switches")


def _asks_for_categories(layer: Layer) -> bool:
    return any(category_of(each["label"], each["name"]) in REFUSABLE for each in layer["switches"])


def outermost_last(layer: Layer) -> tuple[bool, int]:
    """Return a key that sorts a layer before the page and the layers around it, which hold its switches as well."""
    return bool(layer["whole"]), -layer.get("depth", 0)
