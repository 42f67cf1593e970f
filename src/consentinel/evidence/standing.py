"""Recognises standing traffic: requests that are made again and again, and answers that stay open.

A page with such traffic is never quiet, and yet at rest. What happens often is counted, so that only what is new counts
as news; an answer that stays open is waited for once with patience, and briefly wherever the same address is asked
again. The record holds all of it, whatever is waited for.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from consentinel.evidence.addresses import without_query
from consentinel.evidence.guarded import without_fragment
from consentinel.evidence.records import Stood

ROUNDS = 20
"""How often the same may happen while a page settles before it is no news any more."""

PATIENCE = 5.0
"""Seconds of wall time that an answer which scripts wait for may take; one that takes longer is beyond the horizon."""

GIVEN_UP = 15.0
"""Seconds of wall time that any other answer may take: a script, a frame, a picture."""

SURE = 2.0
"""Seconds of wall time without anything new, after which a request that was answered in ROUNDS rounds is a loop."""

KNOWN = 1.0
"""The same in seconds, where an answer from this address has been waited for in vain before."""

TURNS = 3
"""How often a script makes a request, at least, that it makes again as soon as it is answered."""

ANSWERED = ("answer", "network.responseCompleted")
"""The prefixes of an answer's name before its request's: as the proxy reports it, and as the browser does."""

_ADDRESS = re.compile(r"(://[^/]*/)(.*)", re.DOTALL)
_NUMBERS = re.compile(r"\d+")

TO_A_SCRIPT = "empty"
"""The destination of what `fetch`, `XMLHttpRequest` and their like ask for (Fetch, section 2.2.5)."""


def kind_of(name: str) -> str:
    """Return a name without the numbers in its address's path, which count pictures or rounds."""
    return _ADDRESS.sub(lambda found: found[1] + _NUMBERS.sub("#", found[2]), name)


@dataclass(slots=True)
class _Count:
    """How often one kind of thing has happened, and when it did first."""

    first: float
    times: int = 0


@dataclass(slots=True)
class Flight:
    """A request whose answer is not complete. `destination` is what it is for, `since` by `time.monotonic`.

    `address` is the address as it is sent, `place` the same without its query, `name` what requests of one kind have in
    common. They are read at each event while a page loads, for every request under way.
    """

    url: str
    destination: str = ""
    method: str = "GET"
    since: float = field(default_factory=time.monotonic)
    endless: bool = False
    """Whether its answer has begun and is one that has no end: a picture that moves, sound."""
    address: str = field(init=False)
    place: str = field(init=False)
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.address = without_fragment(self.url)
        self.place = without_query(self.url)
        self.name = kind_of(f"{self.method} {self.place}")

    @property
    def is_a_scripts(self) -> bool:
        """Whether a script waits for the answer, and nothing else does."""
        return self.destination == TO_A_SCRIPT


@dataclass(slots=True)
class Memory:
    """What one worker has learned of a deployment: the names of requests that were waited for in vain.

    `loops` are those that were made again as soon as they were answered, in more than ROUNDS rounds.
    """

    slow: set[str] = field(default_factory=set)
    loops: set[str] = field(default_factory=set)

    def answered(self, flight: Flight) -> None:
        """Note that an answer has come. If it came soon, the next one is waited for in full again."""
        if time.monotonic() - flight.since < PATIENCE:
            self.slow.discard(flight.name)


@dataclass(slots=True)
class Standing:
    """What a visitor's pages do over and over while they settle. Filled on several threads.

    `open` holds what is not waited for any more, with the seconds for which it was; `late` those of it that may still
    change what the page does; `latest` is the last thing that was new.
    """

    memory: Memory = field(default_factory=Memory)
    open: dict[str, float] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    latest: str = ""
    _counts: dict[str, _Count] = field(default_factory=dict)
    _new: float = 0.0
    _looked: float = 0.0

    def begin(self) -> None:
        """Begin to count anew: a page begins to settle."""
        self.open, self.late, self.latest = {}, set(), ""
        self._counts = {}

    def look(self) -> None:
        """Note that the page should be quiet from now on. What began before is waited for, however often it came."""
        self._looked = time.monotonic()

    def happened(self, what: str) -> bool:
        """Count one thing that has happened, by its name. Return whether it is news: not yet ROUNDS times the same."""
        now = time.monotonic()
        count = self._counts.setdefault(kind_of(what), _Count(now))
        count.times += 1
        if count.times == 1:
            self._new = now
        if count.times > ROUNDS:
            return False
        self.latest = what
        return True

    def kinds(self) -> int:
        """Return how many different things have happened."""
        return len(self._counts)

    def left(self, flight: Flight) -> float:
        """Return for how many seconds more an answer is worth waiting for; 0 if it no longer is."""
        now = time.monotonic()
        asked = self._counts.get(flight.name, _Count(now))
        goes_round = self._goes_round(flight, asked.times)
        is_loop = goes_round or (flight.is_a_scripts and asked.times >= TURNS)
        since = max(asked.first, self._new) if is_loop else flight.since
        left = since + self._patience(flight, is_loop, goes_round) - now
        if left <= 0:
            if goes_round:
                self.memory.loops.add(flight.name)
            elif not is_loop:
                self.memory.slow.add(flight.name)
            self.open.setdefault(flight.name, now - since)
            if not (flight.is_a_scripts or flight.endless or is_loop):
                self.late.add(flight.place)
        return max(left, 0.0)

    def _goes_round(self, flight: Flight, asked: int) -> bool:
        """Return whether it is one of more than ROUNDS rounds of request and answer, and was sent after `look`."""
        if flight.since <= self._looked or asked <= ROUNDS:
            return False
        counts = (self._counts.get(f"{word} {flight.name}") for word in ANSWERED)
        return any(count.times > ROUNDS for count in counts if count)

    def doubt(self) -> str:
        """Return which answers may still change what the page does, in words; empty if there are none."""
        late = sorted(self.late)
        return f"{'a request' if len(late) == 1 else 'requests'} never ended: {' and '.join(late)}" if late else ""

    def stood(self) -> tuple[Stood, ...]:
        """Return what is no longer waited for, by name."""
        return tuple(Stood(name, round(seconds, 1)) for name, seconds in sorted(self.open.items()))

    def _patience(self, flight: Flight, is_loop: bool, goes_round: bool) -> float:
        known = flight.name in (self.memory.loops if is_loop else self.memory.slow)
        if flight.endless or known:
            return KNOWN
        if goes_round:
            return SURE
        return PATIENCE if flight.is_a_scripts else GIVEN_UP
