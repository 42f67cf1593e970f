"""Proposes the selectors of a consent dialog without a page object, by the names of its buttons and switches.

It looks through open shadow roots and into frames of any origin, opens the preferences where there are some, and
chooses nothing. Whether the proposal works is for visitors to try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import WaitFailed
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.consent.layers import PAGE
from consentinel.drafting.buttons import button_kind, speaks_of_consent
from consentinel.drafting.finder import ask, frames, layers, linked, rest
from consentinel.drafting.knobs import knobs
from consentinel.drafting.named import clicks_to, dismissing, named, paying, saving
from consentinel.drafting.opening import Opened, opened, outermost_last, part_of, words_of
from consentinel.drafting.places import kept_apart, outside, told_apart
from consentinel.drafting.survey import Button, Proposal
from consentinel.drafting.switches import Layer, tells, with_switches
from consentinel.drafting.unfolding import Unfolded, folded_names, unfolded

MOST_TABS = 5
"""Tabs of a banner that are looked behind at most."""


def propose(driver: WebDriver) -> Proposal | None:
    """Return a proposal for the dialog on the page; None if nothing there both mentions consent and accepts."""
    rest(driver)
    found = next(_banners(driver), None)
    if found is None:
        return None
    proposal = _opened(driver, *found)
    return proposal if proposal.refuse else replace(proposal, pays=paying(found[1]))


def _opened(driver: WebDriver, frame: str, layer: Layer) -> Proposal:
    """Return the proposal of a banner, with its second layer where it has one."""
    proposal = _of_banner(frame, layer)
    if tells(layer) or (layer["switches"] and not proposal.preferences and not folded_names(layer)):
        # All of it shows: what is called "details" or "settings" here leads to no other switches.
        return with_switches(replace(proposal, preferences=()), layer)
    found = _with_preferences(driver, proposal) if proposal.preferences else proposal
    found = found if found.preferences else _on_a_tab(driver, found, layer)
    if found.preferences or not any(each["selector"] == layer["selector"] for each in layers(driver, frame)):
        return found  # what was clicked may have led to another page
    parts = _in_parts(driver, found, frame, layer)
    only_strange = layer["switches"] and not (parts.switches or proposal.preferences)
    return with_switches(found, layer) if only_strange else parts


def _on_a_tab(driver: WebDriver, proposal: Proposal, layer: Layer) -> Proposal:
    """Return the proposal with the first tab of the banner that shows switches of categories; unchanged without one."""
    for tab in layer["tabs"][:MOST_TABS]:
        found = _with_preferences(driver, replace(proposal, preferences=(tab["selector"],)))
        if found.preferences and found.workable:
            return replace(found, unopened="")
    return proposal


def _in_parts(driver: WebDriver, proposal: Proposal, frame: str, layer: Layer) -> Proposal:
    """Return the proposal with the switches of what unfolds in the banner, or of what nothing names as switches there.

    It is unchanged but for a note where something unfolds and no switch shows.
    """
    parts = unfolded(driver, frame, layer)
    if parts:
        return _with_clicks(replace(proposal, save=saving(parts.layer), unopened=""), parts)
    if switches := knobs(driver, frame, layer):
        return with_switches(replace(proposal, unopened=""), {**layer, "switches": switches})
    folded = folded_names(layer)
    note = f"what unfolds in the banner ({folded}) shows no switch that is known" if folded else ""
    return replace(proposal, unopened=proposal.unopened or note)


def _with_clicks(proposal: Proposal, parts: Unfolded) -> Proposal:
    """Return the proposal of preferences whose parts are unfolded: all at once, or one after the other, as steps."""
    unfolding = parts.clicks[:1] if parts.are_exclusive else parts.clicks
    folding = replace(
        proposal,
        dialog=parts.place,
        preferences=(*proposal.preferences, *unfolding),
        next=parts.clicks[1:] if parts.are_exclusive else (),
        back=parts.clicks[:-1] if parts.are_exclusive else (),
    )
    return with_switches(folding, parts.layer)


def _banners(driver: WebDriver) -> Iterator[tuple[str, Layer]]:
    """Yield each visible layer that could be the banner, with the selector of its frame, empty for the page itself.

    Those whose text speaks of consent come first, the likeliest of them before the others. Without such a text the
    buttons must: pages ask for other things too, such as the visitor's age. Then come switches of categories that can
    only be saved, there or in a second layer, and levels of which one is saved. Links to other pages come last, of
    which one accepts and another refuses.
    """
    places = ("", *(frame["selector"] for frame in frames(driver)))
    shown = [(frame, layer) for frame in places for layer in layers(driver, frame)]
    accepting = [(frame, layer) for frame, layer in shown if named(layer, "accept")]
    refusable = ((frame, one) for frame, one in accepting if named(one, "refuse") or not one["whole"])
    yield from sorted((found for found in refusable if found[1]["speaks"]), key=lambda found: _strangeness(found[1]))
    yield from ((frame, one) for frame, one in accepting if not one["speaks"] and _offers_consent(one))
    yield from ((frame, one) for frame, one in shown if one["speaks"] and named(one, "save") and _can_tell(one))
    levels = ((frame, one) for frame, one in shown if one["speaks"] and not named(one, "accept"))
    yield from ((frame, one) for frame, one in levels if clicks_to(one, "accept") and clicks_to(one, "refuse"))
    by_links = ((frame, layer) for frame in places for layer in linked(driver, frame))
    yield from ((frame, one) for frame, one in by_links if named(one, "accept") and named(one, "refuse"))


def _strangeness(layer: Layer) -> tuple[bool, bool, bool]:
    """Return how unlike a banner a layer is.

    Other things have buttons that accept, too: a toolbar, or a film that waits for a click.
    """
    accept = named(layer, "accept")
    names = (each["name"] for each in layer["buttons"] if each["selector"] in accept)
    return not named(layer, "refuse"), not layer["floats"], not any(map(speaks_of_consent, names))


def _can_tell(layer: Layer) -> bool:
    """Return whether a layer that can be saved has switches of categories, or leads to some beside a refusal."""
    return tells(layer) or bool(named(layer, "refuse") and named(layer, "preferences"))


def _offers_consent(layer: Layer) -> bool:
    """Return whether a layer can be accepted and refused, by buttons that speak of consent."""
    names = [each["name"] for each in layer["buttons"] if button_kind(each["name"], layer["language"])]
    return bool(named(layer, "refuse")) and any(map(speaks_of_consent, names))


def _of_banner(frame: str, layer: Layer) -> Proposal:
    return Proposal(
        frame=frame,
        banner=layer["selector"],
        buttons=tuple(Button(each["name"], each["selector"]) for each in layer["buttons"]),
        accept=clicks_to(layer, "accept"),
        refuse=clicks_to(layer, "refuse"),
        preferences=named(layer, "preferences"),
        save=saving(layer),
        close=named(layer, "close"),
        dismiss=dismissing(layer),
    )


def _with_preferences(driver: WebDriver, proposal: Proposal) -> Proposal:
    """Return the proposal with its second layer, after opening it; without preferences where none opens."""
    dialog_driver = DialogDriver(driver, "the proposed dialog", proposal.frame or None)
    before = words_of(driver, proposal)
    try:
        dialog_driver.click(proposal.preferences[0], [proposal.banner])
        found = opened(driver, proposal, before)
    except (ConsentFailure, WaitFailed) as failure:
        return _by_trying(driver, proposal, before) or replace(proposal, preferences=(), unopened=str(failure))
    return _of_both(driver, proposal, found)


def _by_trying(driver: WebDriver, banner: Proposal, before: frozenset[str]) -> Proposal | None:
    """Return the proposal with a layer that has come; None where nothing in it unfolds switches, or turns as one."""
    for layer in sorted(layers(driver, banner.frame), key=outermost_last):
        if layer["words"] in before or layer["whole"]:
            continue
        if parts := unfolded(driver, banner.frame, layer):
            both = _of_both(driver, banner, Opened(banner.frame, parts.layer, ""))
            # The layer leads to the switches as a step does that stands before them.
            before_them = replace(both, steps=((both.dialog,) if both.dialog else (), ()), close=())
            return _with_clicks(before_them, parts)
        if switches := knobs(driver, banner.frame, layer):
            whole = {**layer, "switches": switches}
            return _of_both(driver, banner, Opened(banner.frame, whole, part_of(driver, banner, banner.frame, whole)))
    return None


def with_link(driver: WebDriver, proposal: Proposal, link: str) -> Proposal:
    """Return the proposal with the preferences that a link of the page itself opens; unchanged where it opens none."""
    try:
        before = words_of(driver, proposal)
        DialogDriver(driver, "the proposed dialog").click(link, [])
        found = opened(driver, proposal, before)
    except (ConsentFailure, WaitFailed):
        return proposal
    return _of_both(driver, proposal, found) if tells(found.layer) else proposal


def _of_both(driver: WebDriver, banner: Proposal, found: Opened) -> Proposal:
    """Return the proposal of a banner and of the layer with the switches.

    That layer shows now, unless it is one step of several.
    """
    frame, layer = found.frame, found.layer
    inner = _of_banner(frame, layer)
    place = layer["selector"]
    proposal = banner
    parts = [each["selector"] for each in layer["switches"]]
    if place == proposal.banner and frame == proposal.frame:
        buttons = [button.selector for button in banner.buttons]
        proposal, inner = kept_apart(banner, inner, ask(driver, frame, "named", buttons) or {}, parts)
        place = found.part or place
    elif frame == proposal.frame:
        if ask(driver, frame, "recurs", banner.banner, place, parts):
            proposal = replace(banner, banner=outside(place, banner.banner))
        proposal, inner = told_apart(proposal, inner)
    save = found.beyond or inner.save or ((*inner.close, *proposal.save) if not proposal.accept else ())
    both = replace(
        proposal,
        dialog=place if place != proposal.banner or frame != proposal.frame else "",
        dialog_frame="" if frame == proposal.frame else frame or PAGE,
        at_once=not save,
        accept=_either(proposal.accept, inner.accept),
        refuse=_either(proposal.refuse, inner.refuse) if proposal.refuse else _in_two(proposal, inner.refuse),
        preferences=(*proposal.preferences, *found.towards),
        next=found.forward,
        back=found.backward,
        save=save,
        # What leads back to a step closes nothing.
        close=() if found.towards or found.beyond or found.forward else inner.close,
        steps=(
            tuple(one for one in found.before if one != proposal.banner),
            tuple(one for one in found.after if one not in (place, proposal.banner)),
        ),
    )
    return with_switches(both, layer)


def _in_two(proposal: Proposal, refuse: tuple[str, ...]) -> tuple[str, ...]:
    return (*proposal.preferences, *refuse) if refuse else ()


def _either(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Return one selector for a button that two layers have; the first layer's, where no selector matches both."""
    if not one or not other or one == other:
        return tuple(one or other)
    firsts, seconds = one[0].split(" >>> "), other[0].split(" >>> ")
    differing = [number for number, (a, b) in enumerate(zip(firsts, seconds, strict=False)) if a != b]
    if len(firsts) != len(seconds) or len(differing) != 1:
        return tuple(one)
    steps = [a if a == b else f"{a}, {b}" for a, b in zip(firsts, seconds, strict=True)]
    return (" >>> ".join(steps),)


def labels(buttons: Iterable[Button]) -> str:
    """Return the names of the buttons, for people to read."""
    return ", ".join(f'"{button.name}"' for button in buttons)
