"""What every visitor of a worker shares: the browsers, the wire, the horizon and the screenshots."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.manners import UNLIMITED, Manners
from consentinel.evidence.proxy import RecordingProxy
from consentinel.visitor.account_turn import AccountTurn


@dataclass(slots=True)
class Screenshots:
    """Where a scenario's screenshots go. `folder` is the run's; paths in records are relative to it."""

    folder: Path
    scenario: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def next_path(self) -> str:
        """The path of the next screenshot, relative to the run's folder."""
        return f"pictures/{self.scenario}-{next(self._numbers):02d}.jpg"


@dataclass(slots=True)
class Resources:
    """What the visitors of a worker share. `horizon` is in seconds of page time, `slow_ms` the pause after an action.

    `wire` is None when the traffic is not recorded, `screenshots` when none are taken. `elsewhere` is the address of
    the harness's own page, to which a visitor goes who leaves the site. `manners` are how gently the site is treated,
    `turn` is whose turn it is to use an account.
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
    from_region: Callable[[str], RecordingProxy] | None = None
