"""What shows of a consent dialog at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.consent.hands import Hands, Selectors
from sites.profile import DialogSelectors


@dataclass(frozen=True, slots=True)
class Look:
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


Condition = Callable[[Look], bool]


def look(hands: Hands, selectors: DialogSelectors, reopener: str | None) -> Look:
    """One look, in one call, or in a few where the dialog lies in a frame."""
    places: Selectors = {"banner": selectors.banner, "dialog": selectors.dialog}
    buttons: Selectors = {"accept": selectors.accept[0], "refuse": selectors.refuse[0]}
    reopen: Selectors = {"reopen": reopener}
    if selectors.frame is None:
        page = hands.ask_page("shows", {**places, **reopen}, buttons, containers_of(selectors))
        shows = page["shows"]
    else:
        page = hands.ask_page("shows", reopen, {}, [])
        shows = {**page["shows"], **hands.shows(places, buttons, containers_of(selectors))}
    return Look(**shows, origin=page["origin"], age=page["age"])


def containers_of(selectors: DialogSelectors) -> list[str]:
    """Where buttons may be, the foremost first."""
    return [place for place in (selectors.dialog, selectors.banner) if place]
