"""Tells the buttons of two layers apart that one selector finds in both: a design system marks them all alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from consentinel.drafting.survey import Button, Proposal

STEP = " >>> "

_SAYS_WHAT = re.compile(r"#|\[|^\w+-|cookie|consent|gdpr|privacy|banner|notice|dialog|modal|popup", re.IGNORECASE)
"""What in a selector names a thing, and not its place or its looks."""


def told_apart(outer: Proposal, inner: Proposal) -> tuple[Proposal, Proposal]:
    """Return the two layers, both proposed as banners, where a selector that both have names the layer as well."""
    shared = set(_selectors(outer)) & set(_selectors(inner))
    return _placed(outer, shared), _placed(inner, shared)


def in_place(place: str, selector: str) -> str:
    """Return a selector of what another one finds inside this place.

    It is unchanged where the two are in different shadow roots.
    """
    *hosts, last = place.split(STEP)
    *others, inside = selector.split(STEP)
    if others[: len(hosts)] != hosts:
        return selector
    if len(others) > len(hosts):
        others[len(hosts)] = f"{last} {others[len(hosts)]}"
        return STEP.join([*others, inside])
    return STEP.join([*hosts, f"{last} {inside}"])


def holding(place: str, *parts: str) -> str:
    """Return a selector of the place only while one of the parts is in it.

    It is unchanged where a shadow root lies between them.
    """
    *hosts, last = place.split(STEP)
    split = [part.split(STEP) for part in parts]
    within = ", ".join(dict.fromkeys(_below(last, inside) for *_, inside in split))
    return STEP.join([*hosts, f"{last}:has({within})"]) if all(others == hosts for *others, _ in split) else place


def firm(dialog: Proposal) -> Proposal:
    """Return the proposal with a banner that nothing on another page is taken for.

    A place in the page, or a class that says how something looks, finds other things there: such a banner is told by
    the button in it that accepts.
    """
    *_, last = dialog.banner.split(STEP)
    button = dialog.accept[0].rpartition(STEP)[2] if dialog.accept else ""
    if _SAYS_WHAT.search(last.rpartition(" > ")[2]) or not button or " " in button.replace(", ", ","):
        return dialog
    return replace(dialog, banner=holding(dialog.banner, dialog.accept[0]))


def _below(place: str, selector: str) -> str:
    """Return what of a selector :has() can look for, which looks below the place."""
    if selector.startswith("body >"):
        return selector.rpartition(" > ")[2]
    return selector.removeprefix(f"{place} ") if selector.startswith(f"{place} > ") else selector


def outside(place: str, selector: str) -> str:
    """Return a selector of what another one finds outside this place.

    It is unchanged where the two are in different shadow roots.
    """
    *hosts, last = place.split(STEP)
    *others, inside = selector.split(STEP)
    return STEP.join([*hosts, f"{inside}:not({last} *)"]) if hosts == others else selector


def kept_apart(
    outer: Proposal, inner: Proposal, shown: Mapping[str, str], switches: Sequence[str]
) -> tuple[Proposal, Proposal]:
    """Return a banner whose buttons are found only while none of the switches is in it, and the layer drawn in its
    place, whose buttons are found only while one is.

    Such a layer may have other buttons where the banner had its own. `shown` are the names of what each of the
    banner's selectors finds now, where that can be seen.
    """
    names = {button.selector: button.name for button in outer.buttons}
    taken = {one for one, name in shown.items() if name != names.get(one, name)}
    parts = (one.rpartition(STEP)[2] for one in switches)
    having = f":has({', '.join(dict.fromkeys(_below(outer.banner, one) for one in parts))})"

    def only(state: str, selector: str) -> str:
        is_inside = selector in taken and selector.startswith(f"{outer.banner} ") and STEP not in selector
        return selector.replace(outer.banner, f"{outer.banner}{state}", 1) if is_inside else selector

    return _changed(outer, partial(only, f":not({having})")), _changed(inner, partial(only, having))


def _selectors(layer: Proposal) -> Iterator[str]:
    for selectors in (layer.accept, layer.refuse, layer.preferences, layer.save, layer.close, layer.dismiss):
        yield from selectors


def _placed(layer: Proposal, shared: set[str]) -> Proposal:
    def placed(selector: str) -> str:
        return in_place(layer.banner, selector) if selector in shared else selector

    return _changed(layer, placed)


def _changed(layer: Proposal, change: Callable[[str], str]) -> Proposal:
    return replace(
        layer,
        accept=tuple(map(change, layer.accept)),
        refuse=tuple(map(change, layer.refuse)),
        preferences=tuple(map(change, layer.preferences)),
        save=tuple(map(change, layer.save)),
        close=tuple(map(change, layer.close)),
        dismiss=tuple(map(change, layer.dismiss)),
        buttons=tuple(Button(button.name, change(button.selector)) for button in layer.buttons),
    )
