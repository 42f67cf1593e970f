"""A visitor's requests as the browser and the pages report them, and those that are still in progress."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from consentinel.evidence.addresses import without_query
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.guarded import as_requested, without_fragment
from consentinel.evidence.pending_requests import LONGEST, UNSEEN, PendingRequests, announces
from consentinel.evidence.proxy import Tap
from consentinel.evidence.reported import Sent
from consentinel.evidence.standing import Flight, Standing

LEAVES = 0.5
"""Seconds of wall time within which a request that the browser has reported leaves it, where it may not leave at all:
while others are held back on purpose, since Firefox keeps pictures back by itself until the style sheets and scripts
before them have come; and at an address whose answer the browser may have kept."""

BETWEEN = 1.0
"""Seconds between two requests that keep a page from having loaded, one after the other."""

_UNSENT = ("data:", "blob:", "about:", "chrome", "moz-extension:", "resource:")

_EMBEDDED = ("embed", "object")

_Take = Callable[[Mapping[str, Any]], None]


@dataclass
class Traffic:
    """One visitor's requests, added on the reader's thread by each event. `tap` is their port of the proxy, if any."""

    tap: Tap | None
    sent: list[Sent] = field(default_factory=list)
    _begun: dict[str, Sent] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    _early: dict[str, list[tuple[_Take, Mapping[str, Any]]]] = field(default_factory=dict)
    """Events of answers whose requests the browser has not reported yet."""
    _in_flight: dict[str, Flight] = field(default_factory=dict)
    _destinations: dict[str, str] = field(default_factory=dict)
    """What answers from an address are for, as the browser reported."""
    _delayed: float = -math.inf
    """When, by `time.monotonic`, a request that is not waited for was last seen to keep a page from loading."""
    _redirected: dict[str, str] = field(default_factory=dict)
    """Where requests that were redirected went to, with the address that was asked for."""
    _excused: set[str] = field(default_factory=set)
    """The addresses of the requests under way that are no longer waited for."""
    _pending: PendingRequests = field(default_factory=PendingRequests)
    _unpassed: Counter[str] = field(default_factory=Counter)
    """How many requests to an address were answered from the browser's cache, or failed: the proxy had none of them."""
    _fetched: set[str] = field(default_factory=set)
    """What documents have asked for with `fetch`."""
    _by_bits: set[str] = field(default_factory=set)
    """Answers whose bodies documents read bit by bit."""

    def status_of_page(self, tab: str) -> int | None:
        """Return the HTTP status of the document that a tab shows, None when it is unknown."""
        for sent in reversed(self.sent):
            if sent.context == tab and sent.params.get("navigation") and sent.answer:
                status = sent.answer.get("response", {}).get("status")
                return int(status) if status else None
        return None

    def fault_at(self, url: str) -> str:
        """Return why the proxy got no answer from this address last; empty if it got one or if there is none."""
        flows = self.tap.flows if self.tap is not None else []
        asked = as_requested(url)
        last = next((flow for flow in reversed(flows) if url_of(flow.request) == asked), None)
        return last.error.msg.partition("\n")[0] if last is not None and last.error is not None else ""

    def was_answered(self, url: str, since: int) -> bool:
        """Return whether a document at this address was asked for and answered; `since` counts the requests before."""
        answered = (sent.params for sent in self.sent[since:] if sent.answer and sent.answer.get("response"))
        documents = (params["request"]["url"] for params in answered if params.get("navigation"))
        return any(document.partition("#")[0] == url.partition("#")[0] for document in documents)

    def began(self, params: Mapping[str, Any], page: str) -> None:
        """Record a request that the browser reported; `page` is its cause."""
        url = params["request"]["url"]
        if url.startswith(_UNSENT):
            return
        sent = Sent(_key(params), params["context"], page, params)
        self.sent.append(sent)
        self._begun[sent.key] = sent
        self._in_flight[sent.key] = Flight(url, sent.destination, str(params["request"].get("method", "GET")))
        self._destinations[without_fragment(url)] = sent.destination
        if params.get("redirectCount"):
            self._redirected[url] = self._asked(sent.key)
        self._pending.report(url)
        for take, early in self._early.pop(sent.key, ()):
            take(early)

    def opened(self, params: Mapping[str, Any]) -> None:
        """Record that the head of an answer has come."""
        sent = self._begun.get(_key(params))
        if sent is None:
            self._keep_early(self.opened, params)
            return
        sent.opened = params
        flight = self._in_flight.get(sent.key)
        if flight is not None:
            flight.endless = sent.is_endless

    def ended(self, params: Mapping[str, Any]) -> None:
        """Record that an answer is complete, or will never come."""
        sent = self._begun.get(_key(params))
        if sent is None:
            self._keep_early(self.ended, params)
            return
        self._in_flight.pop(sent.key, None)
        sent.answer = params
        answer = params.get("response")
        if answer is None or answer.get("fromCache"):
            self._unpassed[without_fragment(sent.url)] += 1

    def _keep_early(self, take: _Take, params: Mapping[str, Any]) -> None:
        """Keep an answer's event until its request is reported: a busy Chromium may report the answer first."""
        if not str(params["request"].get("url", "")).startswith(_UNSENT):
            self._early.setdefault(_key(params), []).append((take, params))

    def abandoned(self, context: str) -> None:
        """Wait no longer for the requests of a frame that is gone."""
        for key in list(self._in_flight):
            if self._begun[key].context == context:
                self._in_flight.pop(key, None)

    def loaded(self, context: str) -> None:
        """Wait no longer for the requests of the documents that a frame had before the one that has loaded.

        Chromium does not report that those requests end. Where there is a proxy, the proxy sees it.
        """
        if self.tap is not None:
            return
        of_frame = [sent for sent in self.sent if sent.context == context]
        page = next((n for n in reversed(range(len(of_frame))) if of_frame[n].params.get("navigation")), 0)
        for sent in of_frame[:page]:
            self._in_flight.pop(sent.key, None)

    def ran(self, source: str, context: str) -> None:
        """Record that a script has run, so that its response has ended. `source` is the address in its element.

        In Chromium a note does not name its frame: `context` is empty then, and the first such request is taken.
        """
        for key in list(self._in_flight):
            sent = self._begun[key]
            if sent.is_script and context in ("", sent.context) and self._asked(key)[:LONGEST] == source:
                self._in_flight.pop(key, None)
                return

    def made(self, operation: str, url: str, value: str) -> None:
        """Record a request that a document made and that the browser has not reported yet."""
        if announces(operation, value):
            self._pending.make(url, ends_there=operation == "beacon")
        if operation == "fetch":
            self._fetched.add(url)

    def put_off(self, url: str) -> None:
        """Record that the browser puts a request off until the visitor scrolls there."""
        self._pending.withdraw(url)

    def read_by_bits(self, url: str) -> None:
        """Record that a document begins to read an answer bit by bit."""
        self._by_bits.add(url)

    def lost(self) -> None:
        """Wait no longer for any request: the browser was closed."""
        self._in_flight.clear()

    def going_on(self) -> dict[str, float]:
        """Return the addresses whose answers are awaited, with the seconds for which waiting is still worth it."""
        # A copy is made at once; a list of the items is not, and other threads add some meanwhile.
        if self.tap is None:
            flights = [one for key, one in self._in_flight.copy().items() if not self._is_left_unread(key, one)]
            return self._awaited(flights) | self._unseen({})
        passed = self.tap.addresses
        self._forget_passed(passed)
        passing = self.tap.in_flight.copy().values()
        for flight in passing:  # over plain HTTP no header says what an answer is for
            flight.destination = flight.destination or self._destinations.get(flight.url, "")
        begun, is_held_up = self._in_flight.copy(), self.is_held_up()
        unsent = [one for key, one in begun.items() if self._may_be_unsent(key, one, passed, is_held_up)]
        return self._awaited([*begun.values(), *passing], unsent) | self._unseen(passed)

    def _forget_passed(self, passed: Mapping[str, int]) -> None:
        """Leave the requests that have reached the proxy to it: it knows when a response is complete.

        Chromium never reports the end of a response whose body no script reads. It always reports the end of a script's
        response; until then the script has yet to run.
        """
        for key, flight in self._in_flight.copy().items():
            if not self._begun[key].is_script and self._has_passed(flight, passed):
                self._in_flight.pop(key, None)

    def _may_be_unsent(self, key: str, flight: Flight, passed: Mapping[str, int], is_held_up: bool) -> bool:
        """Return whether a request may not have been sent: others are held up, or an earlier one was the same."""
        sent = self._begun[key]
        return (is_held_up and sent.opened is None) or (flight.address in passed and not sent.is_script)

    def _has_passed(self, flight: Flight, passed: Mapping[str, int]) -> bool:
        """Return whether the proxy has had a request that the browser reported.

        `passed` counts the proxy's, by address. The browser's report may come first. Where the address was asked for
        before, the number tells, within LEAVES: what is answered from the browser's cache never passes.
        """
        number = passed.get(flight.address, 0)
        is_seen = number + self._unpassed[flight.address] >= self._pending.reported[flight.address]
        return number > 0 and (is_seen or time.monotonic() - flight.since > LEAVES)

    def _unseen(self, passed: Mapping[str, int]) -> dict[str, float]:
        """Return the addresses that scripts have asked for and nobody has reported yet, but for those of a loop."""
        unseen = [url for url in self._pending.unseen(passed) if not self._is_queued(url)]
        return {url: UNSEEN for url in unseen if self.standing.left(Flight(url)) > 0}

    def excuses(self, url: str) -> bool:
        """Return whether a page may be at rest although it waits for an answer from this address."""
        return without_query(url) in self._excused or self._is_queued(url)

    def keeps_from_loading(self) -> bool:
        """Return whether an answer that is not waited for any more kept a page from loading in the last BETWEEN s."""
        return time.monotonic() - self._delayed < BETWEEN

    def has_page(self, tab: str, since: int) -> bool:
        """Return whether a tab's document was asked for and answered; `since` counts the requests before."""
        return any(sent.context == tab and sent.params.get("navigation") and sent.answer for sent in self.sent[since:])

    def _awaited(self, flights: list[Flight], unsent: Sequence[Flight] = ()) -> dict[str, float]:
        """Return the addresses of the flights that are still waited for, with the seconds; note the excused ones.

        `unsent` are those of the flights of which nobody knows whether the browser has sent them.
        """
        left = [(flight, self._left(flight, any(one is flight for one in unsent))) for flight in flights]
        excused = [flight for flight, seconds in left if seconds <= 0]
        if any(not flight.is_a_scripts for flight in excused):
            self._delayed = time.monotonic()
        asked = [self._redirected.get(flight.url, flight.url) for flight in excused]
        self._excused = {without_query(url) for url in asked}
        return {flight.url: seconds for flight, seconds in left if seconds > 0}

    def held(self) -> Literal["none", "some", "all"]:
        """Return which answers the proxy holds back on purpose at this moment, as far as that is known."""
        if self.tap is not None and self.tap.alteration is not None and self.tap.alteration.slows():
            return "all"
        return "some" if self.is_held_up() else "none"

    def is_kept_away(self, url: str) -> bool:
        """Return whether an answer from this address is held back, or cannot be asked for because others are."""
        return self.tap is not None and (self.tap.holds(without_fragment(url)) or self._is_queued(url))

    def is_held_up(self) -> bool:
        """Return whether the proxy holds back an answer on purpose: a page may not load any further then."""
        return self.tap is not None and self.tap.holds()

    def _left(self, flight: Flight, is_unsent: bool) -> float:
        """For how many seconds more an answer is waited for; the wait begins when the proxy holds it back no longer."""
        if self.tap is not None and self.tap.holds(flight.address):
            flight.since = time.monotonic()
            return 0.0
        if not is_unsent or self._has_reached_the_proxy(flight.address):
            return self.standing.left(flight)
        if self._is_queued(flight.address):
            return 0.0
        return max(0.0, min(self.standing.left(flight), flight.since + LEAVES - time.monotonic()))

    def _is_queued(self, url: str) -> bool:
        """Return whether a request waits in the browser: the answers that are held back take all connections."""
        return self.tap is not None and self.tap.is_full(url) and not self._has_reached_the_proxy(without_fragment(url))

    def _has_reached_the_proxy(self, address: str) -> bool:
        flights = self.tap.in_flight.copy().values() if self.tap is not None else ()
        return any(flight.address == address for flight in flights)

    def _is_left_unread(self, key: str, flight: Flight) -> bool:
        """Return whether nobody waits for the rest of an answer whose head has come.

        Chromium never reports the end of a response to `fetch` whose body no script reads. The preload script counts a
        document among the busy while it reads one whole, and notes when it begins to read one bit by bit: such an
        answer's end is reported. Workers are not watched, so theirs are waited for.

        Firefox reports nothing of an answer for `<embed>` or `<object>`. A document has not loaded before it has come.
        """
        sent = self._begun[key]
        if sent.opened is None:
            return flight.destination in _EMBEDDED
        return sent.is_channel or (self._asked(key) in self._fetched and flight.url not in self._by_bits)

    def _asked(self, key: str) -> str:
        """Return the address that a request was first sent to, before any redirect."""
        first = self._begun.get(f"{key.rpartition('/')[0]}/0", self._begun[key])
        return str(first.params["request"]["url"])


def _key(params: Mapping[str, Any]) -> str:
    return f"{params['request']['request']}/{params.get('redirectCount', 0)}"
