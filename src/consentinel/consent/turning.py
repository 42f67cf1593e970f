"""Turns the switches of a dialog that selectors describe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from consentinel.consent.layers import Layers
from consentinel.site.profile import SwitchSelectors


def turn(layers: Layers, how: SwitchSelectors, granted: bool) -> None:
    """Click what grants or refuses, in the front layer. Raises ConsentFailure."""
    button = how.grant if granted else how.refuse
    if how.control and (how.on or how.off):
        layers.click(how.control)
    elif how.control:
        layers.inner.turn(how.control, granted is not bool(how.inverted))
    elif button:
        layers.click(button)


def turn_all(
    layers: Layers, switches: Sequence[SwitchSelectors], granted: bool, reopen: Callable[[], None] | None
) -> int:
    """Turn each of these that shows another state, and can be turned; how many did. Raises ConsentFailure.

    `reopen` opens the layer again, where a turn may have closed it.
    """
    wrong = _unlike(layers, switches, granted)
    for switch in wrong:
        turn(layers, switch, granted)
        if reopen:
            reopen()
        layers.inner.until("a switch of no category to turn", partial(_is_alike, layers, switch, granted))
    return len(wrong)


def _unlike(layers: Layers, switches: Sequence[SwitchSelectors], granted: bool) -> list[SwitchSelectors]:
    if not switches:
        return []
    asked = {str(number): how.model_dump() for number, how in enumerate(switches)}
    read: dict[str, dict[str, Any]] = layers.inner.ask("switches", asked)
    return [
        switches[int(number)]
        for number, one in read.items()
        if (one["on"] is not None or one.get("unset")) and one["on"] is not granted and not one["locked"]
    ]


def _is_alike(layers: Layers, switch: SwitchSelectors, granted: bool) -> bool:
    return not _unlike(layers, [switch], granted)
