"""Collects the records of one visitor from the browser, the proxy and the pages.

Events, flows and notes arrive on other threads and are only kept. `Recorder.timeline` makes requests of the traffic and
puts all records in order.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, Generic, cast

from typing_extensions import TypeVar

from consentinel.browser.base import Context
from consentinel.browser.bidi import ANSWER_LIMIT
from consentinel.browser.context import UserContext
from consentinel.browser.events import DEAD_ENDS, MOVES, UNREAD, Frame
from consentinel.browser.popups import POPUP_LIMIT
from consentinel.evidence.changes import Changes
from consentinel.evidence.event_names import name_of_event, name_of_note
from consentinel.evidence.notes import notes_of
from consentinel.evidence.page_signals import signal_of
from consentinel.evidence.page_writes import add_write, with_fleeting, write_of
from consentinel.evidence.pending_requests import UNSEEN
from consentinel.evidence.preload import preload
from consentinel.evidence.proxy import Tap
from consentinel.evidence.records import Action, Kind, Record, Write
from consentinel.evidence.request_merge import merge
from consentinel.evidence.shapes import ANSWER, MESSAGE, NOTE, REQUEST, check
from consentinel.evidence.standing import Flight, Memory, Standing
from consentinel.evidence.storage import StorageLedger
from consentinel.evidence.timeline import Timeline
from consentinel.evidence.traffic import Traffic

MOST_MISSED, LONGEST_REASON = 20, 200
"""How many different things that could not be read are named at most, and characters of each reason."""

log = logging.getLogger(__name__)

C = TypeVar("C", bound=Context, default=UserContext)


@dataclass
class Recorder(Generic[C]):
    """One visitor's evidence as it grows.

    `tap` is the visitor's port of the proxy, None where no proxy records. `handle` is the name of the preload script's
    control in a page. `shift` is by how many seconds the pages' clock was set forward. `elsewhere` is the address of
    the harness's own page, whose requests are left out. `activity` grows with each event, `news` with each that is no
    repetition (`Standing`).
    """

    visitor: str
    browser: str
    context: C
    tap: Tap | None
    handle: str
    records: list[Record] = field(default_factory=list)
    notes: list[Write] = field(default_factory=list)
    ledger: StorageLedger = field(default_factory=StorageLedger)
    activity: int = 0
    news: int = 0
    shift: float = 0.0
    elsewhere: str = ""
    problems: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Messages that could not be read, as doubts: an absence counts for nothing then."""
    no_occasion: list[str] = field(default_factory=list)
    """Why what was to befall the visitor did not, where no page gave occasion for it."""
    undeveloped: list[Callable[[], None]] = field(default_factory=list)
    """Screenshots that were asked for and not waited for."""
    _changed: Changes = field(default_factory=Changes)
    _cached: tuple[tuple[object, ...], Timeline] | None = None
    traffic: Traffic = field(init=False)

    def __post_init__(self) -> None:
        self.traffic = self._traffic()

    def attach(self) -> None:
        """Begin to listen, and arm the preload script for every document to come."""
        self.context.listen(self.on_event)
        if self.tap is not None:
            self.tap.on_change = self._on_wire
            self.tap.missed = self.missed
        self.context.add_preload(preload(self.handle), self.handle)

    def move_to(self, context: C) -> None:
        """Go on with the same visitor in another process of the browser."""
        self.context = context
        self.traffic.lost()
        self.attach()

    def shift_clock(self, seconds: float) -> None:
        """Set the clock of every document to come forward by so many seconds more."""
        self.shift += seconds
        control = f"globalThis[{json.dumps(self.handle)}]"
        self.context.add_preload(f"() => {control} && {control}.since({self.shift * 1000:.0f})")

    def status_of_page(self) -> int | None:
        """Return the HTTP status of the document that the current tab shows, None when it is unknown."""
        return self.traffic.status_of_page(self.context.tab)

    def add(self, record: Record) -> None:
        """Add a record that the harness itself makes: an action, a choice, a state."""
        self.records.append(record)

    def came_by(self, way: str) -> None:
        """Add to the last action how the visitor reached the page that they asked for."""
        number = next((n for n in reversed(range(len(self.records))) if isinstance(self.records[n], Action)), None)
        if number is not None:
            self.records[number] = replace(cast(Action, self.records[number]), way=way)

    def timeline(self) -> Timeline:
        """Return everything so far, merged and in order: the same object for as long as nothing is added."""
        so_far = (self.activity, len(self.records), self.elsewhere)
        if self._cached is None or self._cached[0] != so_far:
            self._cached = (so_far, self._make_timeline())
        return self._cached[1]

    def develop(self) -> None:
        """Wait for the screenshots that were asked for, before the page is touched again or the visitor leaves."""
        while self.undeveloped:
            self.undeveloped.pop(0)()

    def forget(self) -> None:
        """Release all evidence, once it has been judged and written."""
        for listed in (self.records, self.notes, self.undeveloped):
            listed.clear()
        self.ledger, self.traffic, self._cached = StorageLedger(), self._traffic(), None
        if self.tap is not None:
            self.tap.flows.clear()
            self.tap.addresses.clear()

    def _traffic(self) -> Traffic:
        return Traffic(self.tap, standing=Standing(self.tap.memory if self.tap else Memory()))

    def _make_timeline(self) -> Timeline:
        flows = list(self.tap.flows) if self.tap is not None else None
        requests = merge(list(self.traffic.sent), flows, self.elsewhere, self.browser)
        return Timeline.of(self.visitor, self.browser, [*self.records, *self.notes, *requests])

    def wait_quiet(self, limit: float) -> list[str]:
        """Wait at most `limit` seconds until no answer is awaited. Return the addresses of those that still are."""
        deadline, flying = time.monotonic() + limit, self.traffic.going_on()

        def left() -> float:
            nonlocal flying
            flying = self.traffic.going_on()
            return min(deadline - time.monotonic(), UNSEEN, *flying.values()) if flying else 0.0

        self.wait_while(left)
        return list(flying)

    def wait_while(self, left: Callable[[], float]) -> None:
        """Wait until `left` returns 0 or less. It is called at events, and after as many seconds as it returned."""
        self._changed.wait_while(left)

    def wait_for(self, condition: Callable[[], bool], limit: float) -> bool:
        """Wait at most `limit` seconds until an event has made the condition true. Return whether one has."""
        with self._changed:
            return self._changed.wait_for(condition, limit)

    def wait_for_more(self, limit: float) -> None:
        """Wait until there is news, at most `limit` seconds."""
        before = self.news
        self.wait_for(lambda: self.news != before, limit)

    def wait_for_answer(self, future: Future[dict[str, Any]], frame: str, loads: int) -> bool:
        """Wait for a frame's answer. Return False if the frame has loaded more than `loads` documents meanwhile.

        A frame that was gone or ran no script when it was asked, so that `loads` is -1, is not waited for.
        The first page of a popup takes over its empty document's window, but not its timers: who waits for one is told
        nothing.
        """

        def has_moved() -> bool:
            return loads < 0 or self.loads_of(frame) != loads

        asked = self.frame(frame)
        future.add_done_callback(lambda _: self.look_again())
        limit = POPUP_LIMIT if asked and asked.is_out_of_reach else ANSWER_LIMIT
        if not self.wait_for(lambda: future.done() or has_moved(), limit) and asked:
            asked.is_mute = asked.is_out_of_reach
        return future.done() or not has_moved()

    def frame(self, identity: str) -> Frame | None:
        """Return a frame of the browser, None when it is gone."""
        return self.context.browser.hub.frames.get(identity)

    def loads_of(self, frame: str) -> int:
        """Return how many documents a frame has loaded, -1 when it is gone or runs no script."""
        found = self.frame(frame)
        return found.loads if found and found.answers else -1

    def on_event(self, method: str, params: dict[str, Any]) -> None:
        """Record one BiDi event of this visitor's frames."""
        match method:
            case "network.beforeRequestSent":
                check(REQUEST, params)
                self._began(params)
            case "network.responseStarted":
                check(ANSWER, params)
                self.traffic.opened(params)
            case "network.responseCompleted" | "network.fetchError":
                check(ANSWER, params)
                self.traffic.ended(params)
            case "script.message":
                check(MESSAGE, params)
                if params["channel"] == self.handle:
                    self._touch(self._heard(notes_of(params["data"]), params["source"]["context"] or ""))
                return
            case _ if method == UNREAD:
                self.miss(f"the browser's event {params['event']}", params["error"])
            case "browsingContext.contextDestroyed":
                self.traffic.abandoned(params["context"])
            case "browsingContext.load":
                self.traffic.loaded(params["context"])
            case _ if method not in (*MOVES, *DEAD_ENDS):
                return
        self._touch([name_of_event(method, params, self.tap is None)])

    def miss(self, what: str, why: str) -> None:
        """Note that something could not be read, once each and MOST_MISSED at most: no page can fill the memory."""
        doubt = f"{what} could not be read ({why[:LONGEST_REASON]})"
        if doubt not in self.missed and len(self.missed) < MOST_MISSED:
            self.missed.append(doubt)

    def _heard(self, notes: Iterable[Any], context: str) -> list[str]:
        """Record the notes of one task of a page; those that cannot be read are missed. Return their names."""
        begun, names = len(self.notes), []
        for note in notes:
            try:
                check(NOTE, note)
                self._noted(note, context)
                names.append(name_of_note(note))
            except Exception as error:
                log.exception("a note could not be read")
                self.miss("a note of what a page did", f"{type(error).__name__}: {error}")
                names.append("a note that could not be read")
        self.notes[begun:] = with_fleeting(self.notes[begun:])
        return names

    def _began(self, params: Mapping[str, Any]) -> None:
        frame = self.frame(params["context"])
        is_page = frame is not None and frame.id == frame.top and params.get("navigation")
        self.traffic.began(params, params["request"]["url"] if is_page else self._page_of(params["context"]))

    def _noted(self, raw: Mapping[str, Any], context: str) -> None:
        match raw["operation"]:
            case "body":
                self.traffic.read_by_bits(str(raw["name"]))
                return
            case "ran":
                self.traffic.ran(str(raw["name"]), context)
                return
            case "deferred":
                self.traffic.put_off(str(raw["name"]))
                return
        if (signal := signal_of(raw)) is not None:
            self.records.append(signal)
            return
        write = write_of(raw, self._page_of(context))
        if write.kind is Kind.REQUEST:
            self.traffic.made(write.operation, write.name, write.value.text)
        add_write(self.notes, raw, write, self.browser)

    def _page_of(self, context: str) -> str:
        frame = self.frame(context)
        top = self.frame(frame.top if frame else self.context.tab)
        return top.url if top else ""

    def _on_wire(self, what: str, flight: Flight) -> None:
        self._touch([flight.name if what == "request" else f"{what} {flight.name}"])

    def _touch(self, names: Iterable[str]) -> None:
        with self._changed:
            self.activity += 1
            news = [self.traffic.standing.happened(name) for name in names]
            self.news += any(news)
            self._changed.notify_all()

    def look_again(self) -> None:
        """Wake each waiting thread, so that it checks its condition again."""
        with self._changed:
            self._changed.notify_all()
