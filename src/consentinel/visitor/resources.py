"""Holds what every visitor of a worker shares: the browsers, the wire, the horizon and the screenshots."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.manners import UNLIMITED, Manners
from consentinel.evidence.proxy import ProxyFailure, RecordingProxy, Tap
from consentinel.evidence.stand_in import StandIn
from consentinel.visitor.account_turn import AccountTurn
from consentinel.visitor.places import VisitorPlaces


@dataclass(slots=True)
class Screenshots:
    """Where a scenario's screenshots go. `folder` is the run's; paths in records are relative to it."""

    folder: Path
    scenario: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def next_path(self) -> str:
        """Return the path of the next screenshot, relative to the run's folder."""
        return f"pictures/{self.scenario}-{next(self._numbers):02d}.jpg"


@dataclass(slots=True)
class Resources:
    """What the visitors of a worker share. `horizon` is in seconds of page time, `slow_ms` the pause after an action.

    `wire` is None when the traffic is not recorded, `screenshots` when none are taken. `elsewhere` is the address of
    the harness's own page, to which a visitor goes who leaves the site. `manners` are how gently the site is treated,
    `turn` is whose turn it is to use an account, `places` are how many visitors there may be at once.
    `from_region` gives the recording proxy whose requests leave from a region of the profile, by its name.
    """

    browser_pool: BrowserPool
    spec: BrowserSpec
    wire: RecordingProxy | None
    horizon: float
    screenshots: Screenshots | None = None
    slow_ms: float = 0.0
    elsewhere: str = "about:blank"
    manners: Manners = UNLIMITED
    turn: AccountTurn = field(default_factory=AccountTurn)
    places: VisitorPlaces = field(default_factory=VisitorPlaces)
    from_region: Callable[[str], RecordingProxy] | None = None

    def let_in(self, visitor: object, stand_in: StandIn | None) -> Tap | None:
        """Give a visitor a place at the site, and a port of the proxy. Raises SiteUnavailable, ProxyFailure."""
        self.places.take(visitor)
        try:
            return self.wire.tap(stand_in) if self.wire else None
        except ProxyFailure:
            self.places.give_back(visitor)
            raise

    def take_account(self, site: str, user: str) -> None:
        """Wait for the turn to use a site's account. Raises SiteUnavailable where it does not come.

        What the scenario has at the site by then stays its own, so that no two scenarios wait for each other.
        """
        self.places.keep()
        self.turn.take(site, user)

    def end_scenario(self) -> None:
        """Give back what one scenario had for itself: accounts, and places at the site."""
        self.turn.give_back()
        self.places.release()

    def take_back(self, tap: Tap | None) -> None:
        """Take the port back from a visitor of whom nothing more can come. It may be called on any thread."""
        if tap is not None and self.wire is not None:
            self.wire.untap(tap)
