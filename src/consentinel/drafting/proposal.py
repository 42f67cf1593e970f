"""Proposes the selectors of a consent dialog without a page object, by the names of its buttons and switches.

It looks through open shadow roots and into frames of any origin, opens the preferences where there are some, and
chooses nothing. Whether the proposal works is for visitors to try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.isolated import inside, isolated_answer
from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import ASK, EYES, DialogDriver
from consentinel.consent.layers import PAGE
from consentinel.drafting.buttons import button_kind, is_plain, is_vague, speaks_of_consent, speaks_of_everything
from consentinel.drafting.lexicon import normal
from consentinel.drafting.places import outside, told_apart
from consentinel.drafting.survey import Button, Proposal
from consentinel.drafting.switches import Found, Layer, tells, with_switches

BUTTONS, DIALOGS = (
    Path(__file__).with_name(f"{part}.js").read_text(encoding="utf-8") for part in ("buttons", "dialogs")
)
FINDER = f"{EYES}\n{BUTTONS}\n{DIALOGS}\n{ASK}"

OPENS = 5.0
"""Seconds that the preferences may take to show."""


def propose(driver: WebDriver) -> Proposal | None:
    """Return a proposal for the dialog on the page; None if nothing there both mentions consent and accepts."""
    found = next(_banners(driver), None)
    if found is None:
        return None
    frame, layer = found
    proposal = _of_banner(frame, layer)
    if layer["switches"] and (tells(layer) or not proposal.preferences):
        # All of it shows: what is called "details" or "settings" here leads to no other switches.
        return with_switches(replace(proposal, preferences=()), layer)
    return _with_preferences(driver, proposal) if proposal.preferences else proposal


def _banners(driver: WebDriver) -> Iterator[tuple[str, Layer]]:
    """Every visible layer that could be the banner, with the frame that holds it, empty for the page itself.

    Those whose text speaks of consent come first. Without such a text the buttons must: pages ask for other things too,
    such as the visitor's age. Then come switches of categories that can only be saved, there or in a second layer.
    Links to other pages come last, of which one accepts and another refuses.
    """
    frames = ("", *(frame["selector"] for frame in _frames(driver)))
    shown = [(frame, layer) for frame in frames for layer in _layers(driver, frame)]
    layers = [(frame, layer) for frame, layer in shown if _named(layer, "accept")]
    yield from ((frame, one) for frame, one in layers if one["speaks"] and (_named(one, "refuse") or not one["whole"]))
    yield from ((frame, one) for frame, one in layers if not one["speaks"] and _offers_consent(one))
    yield from ((frame, one) for frame, one in shown if one["speaks"] and _named(one, "save") and _can_tell(one))
    linked = ((frame, layer) for frame in frames for layer in _linked(driver, frame))
    yield from ((frame, one) for frame, one in linked if _named(one, "accept") and _named(one, "refuse"))


def _can_tell(layer: Layer) -> bool:
    """Whether a layer that can be saved has switches of categories, or leads to some beside a refusal."""
    return tells(layer) or bool(_named(layer, "refuse") and _named(layer, "preferences"))


def _offers_consent(layer: Layer) -> bool:
    """Whether a layer can be accepted and refused, by buttons that speak of consent."""
    names = [each["name"] for each in layer["buttons"] if button_kind(each["name"], layer["language"])]
    return bool(_named(layer, "refuse")) and any(map(speaks_of_consent, names))


def _layers(driver: WebDriver, frame: str) -> list[Layer]:
    answer: list[Layer] | None = _ask(driver, frame, "layers")
    return answer or []


def _linked(driver: WebDriver, frame: str) -> list[Layer]:
    answer: list[Layer] | None = _ask(driver, frame, "linked")
    return answer or []


def _frames(driver: WebDriver) -> list[dict[str, Any]]:
    """The visible frames of the page, each with its selector and its element."""
    frames: list[dict[str, Any]] = isolated_answer(driver, FINDER, "frames", [])
    return frames


def _ask(driver: WebDriver, frame: str, question: str, *arguments: Any) -> Any:
    if not frame:
        return isolated_answer(driver, FINDER, question, arguments)
    element = next((each["element"] for each in _frames(driver) if each["selector"] == frame), None)
    if element is None:
        return None
    with inside(driver, element):
        return isolated_answer(driver, FINDER, question, arguments)


def _of_banner(frame: str, layer: Layer) -> Proposal:
    return Proposal(
        frame=frame,
        banner=layer["selector"],
        buttons=tuple(Button(each["name"], each["selector"]) for each in layer["buttons"]),
        accept=_named(layer, "accept"),
        refuse=_named(layer, "refuse"),
        preferences=_named(layer, "preferences"),
        save=_saving(layer),
        close=_named(layer, "close"),
        dismiss=_named(layer, "close"),
    )


def _with_preferences(driver: WebDriver, proposal: Proposal) -> Proposal:
    """The proposal with its second layer, which is opened to see it; without one, where none opens."""
    dialog_driver = DialogDriver(driver, "the proposed dialog", proposal.frame or None)
    try:
        dialog_driver.click(proposal.preferences[0], [proposal.banner])
        frame, layer = _preferences(driver, proposal)
    except (ConsentFailure, WaitFailed):
        return replace(proposal, preferences=())
    return _of_both(driver, proposal, frame, layer)


def with_link(driver: WebDriver, proposal: Proposal, link: str) -> Proposal:
    """The proposal with the preferences that a link of the page itself opens; as it was, where it opens none."""
    try:
        DialogDriver(driver, "the proposed dialog").click(link, [])
        frame, layer = _preferences(driver, proposal)
    except (ConsentFailure, WaitFailed):
        return proposal
    return _of_both(driver, proposal, frame, layer) if tells(layer) else proposal


def _of_both(driver: WebDriver, banner: Proposal, frame: str, layer: Layer) -> Proposal:
    """The proposal of a banner and of the layer with the switches, which shows now."""
    inner = _of_banner(frame, layer)
    place = layer["selector"]
    proposal = banner
    if place == proposal.banner and frame == proposal.frame:
        switches = [each["selector"] for each in layer["switches"]]
        whole, part = (
            _ask(driver, proposal.frame, "around", inside) for inside in ([*switches, *inner.save], switches)
        )
        place = str(part if whole == proposal.banner else whole)
    elif frame == proposal.frame:
        parts = [each["selector"] for each in layer["switches"]]
        if _ask(driver, frame, "recurs", banner.banner, place, parts):
            proposal = replace(banner, banner=outside(place, banner.banner))
        proposal, inner = told_apart(proposal, inner)
    save = inner.save or ((*inner.close, *proposal.save) if not proposal.accept else ())
    both = replace(
        proposal,
        dialog=place if place != proposal.banner or frame != proposal.frame else "",
        dialog_frame="" if frame == proposal.frame else frame or PAGE,
        at_once=not save,
        accept=_either(proposal.accept, inner.accept),
        refuse=_either(proposal.refuse, inner.refuse) if proposal.refuse else _in_two(proposal, inner.refuse),
        save=save,
        close=inner.close,
    )
    return with_switches(both, layer)


def _second(driver: WebDriver, proposal: Proposal, question: str, saving: bool) -> tuple[str, Layer]:
    """The frame and the layer with the switches. Raises NotYet while none shows."""
    shown = (frame["selector"] for frame in _frames(driver))
    for frame in dict.fromkeys((proposal.frame, "", *shown)):
        layers: list[Layer] = _ask(driver, frame, question) or []
        for layer in sorted(layers, key=_outermost_last):
            if layer["switches"] and (_saving(layer) or not saving) and (question == "layers" or tells(layer)):
                return frame, layer
    raise NotYet("no layer shows switches")


def _outermost_last(layer: Layer) -> tuple[bool, int]:
    """A page, and what lies around another layer, hold all switches of the layers inside them."""
    return bool(layer["whole"]), -layer.get("depth", 0)


def _preferences(driver: WebDriver, proposal: Proposal) -> tuple[str, Layer]:
    """The same, waited for: first a layer that can be saved, then any place of switches, then without a way to save.

    Switches that nothing saves are taken to act at once. Raises WaitFailed.
    """
    tries = [("layers", True, OPENS), ("places", True, 0.0), ("layers", False, 0.0), ("places", False, 0.0)]
    failures = []
    for question, saving, limit in tries:
        try:
            return wait_until("switches", partial(_second, driver, proposal, question, saving), limit)
        except WaitFailed as failure:
            failures.append(failure)
    raise failures[0]


def _in_two(proposal: Proposal, refuse: tuple[str, ...]) -> tuple[str, ...]:
    return (*proposal.preferences, *refuse) if refuse else ()


def _named(layer: Layer, kind: str) -> tuple[str, ...]:
    """The selector of the button of this kind, the plainest name first; empty where there is none."""
    named = [each for each in layer["buttons"] if button_kind(each["name"], layer["language"]) == kind]
    by_links = kind == "accept" and _are_answers(layer)
    mine = _largest(each for each in named if by_links or _may_be(each, kind))
    plainest = sorted(mine, key=lambda each: (*_vagueness(each["name"]), bool(each["leaves"])))
    return tuple(each["selector"] for each in plainest[:1])


def _saving(layer: Layer) -> tuple[str, ...]:
    """The button that saves: among switches also one that accepts, unless it accepts everything."""
    saves = _named(layer, "save")
    accepts = _named(layer, "accept") if layer["switches"] else ()
    names = {each["selector"]: each["name"] for each in layer["buttons"]}
    return saves or tuple(selector for selector in accepts if not speaks_of_everything(names[selector]))


def _largest(buttons: Iterable[Found]) -> list[Found]:
    """The largest button of each name: the text of a dialog may name the same as a link."""
    found: dict[str, Found] = {}
    for each in buttons:
        known = found.setdefault(normal(each["name"]), each)
        if (not each["leaves"], each["area"]) > (not known["leaves"], known["area"]):
            found[normal(each["name"])] = each
    return list(found.values())


def _vagueness(name: str) -> tuple[bool, bool]:
    return is_vague(name), not speaks_of_everything(name)


def _may_be(button: Found, kind: str) -> bool:
    """A link to another page may refuse or lead to the preferences; what it accepts or saves, it does by being read."""
    return kind in ("refuse", "preferences") or not button["leaves"]


def _are_answers(layer: Layer) -> bool:
    """Whether a layer is answered by links, one of which refuses: then another one accepts."""
    links = [each["name"] for each in layer["buttons"] if each["leaves"] and is_plain(each["name"])]
    return "refuse" in (button_kind(name, layer["language"]) for name in links)


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
