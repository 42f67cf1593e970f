"""What shows of a consent dialog at one moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from consentinel.consent.dialog_driver import DialogDriver, Selectors
from consentinel.site.profile import DialogSelectors

AGAIN = 0.6
"""Seconds after which a click of which nothing came is repeated; each time twice as long, for what begins anew."""


@dataclass(frozen=True, slots=True)
class DialogState:
    """What shows at one moment. `origin` tells one document from the next, `age` is the ms since it was loaded."""

    banner: bool
    dialog: bool
    accept: bool
    refuse: bool
    reopen: bool
    origin: float
    age: float

    @property
    def anything(self) -> bool:
        """Whether the dialog shows at all, in either layer."""
        return self.banner or self.dialog


Condition = Callable[[DialogState], bool]


def look(dialog_driver: DialogDriver, selectors: DialogSelectors, reopener: str | None) -> DialogState:
    """One look, in one call, or in a few where the dialog lies in a frame."""
    places: Selectors = {"banner": selectors.banner, "dialog": selectors.dialog}
    buttons: Selectors = {"accept": selectors.accept[0], "refuse": selectors.refuse[0]}
    reopen: Selectors = {"reopen": reopener}
    if selectors.frame is None:
        page = dialog_driver.ask_page("shows", {**places, **reopen}, buttons, containers_of(selectors))
        shows = page["shows"]
    else:
        page = dialog_driver.ask_page("shows", reopen, {}, [])
        shows = {**page["shows"], **dialog_driver.shows(places, buttons, containers_of(selectors))}
    return DialogState(**shows, origin=page["origin"], age=page["age"])


def containers_of(selectors: DialogSelectors) -> list[str]:
    """Where buttons may be, the foremost first."""
    return [place for place in (selectors.dialog, selectors.banner) if place]


def repeating(
    dialog_driver: DialogDriver, clicks: tuple[str, ...], containers: list[str], condition: Condition
) -> Condition:
    """The same condition, which repeats the last click while nothing comes of it on the same document.

    Some managers show their buttons before they listen to them; a visitor then clicks again.
    """
    clicked, patience = time.monotonic(), AGAIN
    origins: set[float] = set()

    def met(at: DialogState) -> bool:
        nonlocal clicked, patience
        origins.add(at.origin)
        if condition(at):
            return True
        if clicks and len(origins) == 1 and time.monotonic() - clicked > patience:
            clicked, patience = time.monotonic(), 2 * patience
            dialog_driver.click_now(clicks[-1], containers)
        return False

    return met
