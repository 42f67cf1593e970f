"""Collects what the browser, the wire and the pages tell of one visitor, as it comes.

Everything arrives on other threads and is only put down here; records are made of it when a timeline is asked for.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, Generic

from typing_extensions import TypeVar

from consentinel.browser.base import Context
from consentinel.browser.bidi import ANSWER_LIMIT
from consentinel.browser.context import UserContext
from consentinel.browser.events import MOVES, UNREAD
from consentinel.evidence.notes import notes_of
from consentinel.evidence.page_writes import (
    of_cookie,
    of_cookie_store,
    with_fleeting,
    with_refusal,
    write_of,
)
from consentinel.evidence.pending_requests import UNSEEN
from consentinel.evidence.preload import preload
from consentinel.evidence.proxy import Tap
from consentinel.evidence.records import Kind, Record, Write
from consentinel.evidence.request_merge import merge
from consentinel.evidence.shapes import (
    ANSWER,
    MESSAGE,
    NOTE,
    REQUEST,
    check,
)
from consentinel.evidence.signals import COMMAND, command_of
from consentinel.evidence.storage import StorageLedger
from consentinel.evidence.timeline import Timeline
from consentinel.evidence.traffic import Traffic

LAST_WORDS = 2.0
"""Seconds of wall time within which a page that was left is heard of; Chromium itself ends it after half of one."""

MOST_MISSED = 20
"""Different things that could not be read, as many as a doubt names."""

LONGEST_REASON = 200
"""Characters of the reason why something could not be read."""

log = logging.getLogger(__name__)

NEXT_WORD = 0.2
"""Seconds of wall time between two things that a page sends on being left."""

C = TypeVar("C", bound=Context, default=UserContext)


@dataclass
class Recorder(Generic[C]):
    """One visitor's evidence as it grows. `handle` is the page-side name of the preload script's control."""

    visitor: str
    browser: str
    context: C
    tap: Tap | None
    handle: str
    records: list[Record] = field(default_factory=list)
    notes: list[Write] = field(default_factory=list)
    ledger: StorageLedger = field(default_factory=StorageLedger)
    activity: int = 0
    shift: float = 0.0
    elsewhere: str = ""
    problems: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """What was told and could not be read, as doubts: nothing that was not seen counts as clean then."""
    undeveloped: list[Callable[[], None]] = field(default_factory=list)
    """Screenshots that were asked for and not waited for."""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _told: tuple[tuple[object, ...], Timeline] | None = None
    traffic: Traffic = field(init=False)

    def __post_init__(self) -> None:
        self.traffic = Traffic(self.tap)

    def attach(self) -> None:
        """Begin to listen, and arm the preload script for every document to come."""
        self.context.listen(self.on_event)
        if self.tap is not None:
            self.tap.on_change = self._touch
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
        """The HTTP status of the document that the current tab shows, None when it cannot be told."""
        return self.traffic.status_of_page(self.context.tab)

    def add(self, record: Record) -> None:
        """Put down a record that the harness itself makes: an action, a choice, a state."""
        self.records.append(record)

    def timeline(self) -> Timeline:
        """Everything so far, merged and in order; the same one for as long as nothing is added."""
        so_far = (self.activity, len(self.records), self.elsewhere)
        if self._told is None or self._told[0] != so_far:
            self._told = (so_far, self._tell())
        return self._told[1]

    def develop(self) -> None:
        """Wait for the screenshots that were asked for: before the page is touched again, and at the end."""
        while self.undeveloped:
            self.undeveloped.pop(0)()

    def forget(self) -> None:
        """Let go of all evidence: it has been judged and written."""
        for listed in (self.records, self.notes, self.undeveloped):
            listed.clear()
        self.ledger, self.traffic, self._told = StorageLedger(), Traffic(self.tap), None
        if self.tap is not None:
            self.tap.flows.clear()
            self.tap.addresses.clear()

    def _tell(self) -> Timeline:
        flows = list(self.tap.flows) if self.tap is not None else None
        requests = merge(list(self.traffic.sent), flows, self.elsewhere, self.browser)
        return Timeline.of(self.visitor, self.browser, [*self.records, *self.notes, *requests])

    def wait_quiet(self, limit: float) -> list[str]:
        """Wait until no request is in flight, at most `limit` seconds; the addresses of those that still are."""
        deadline = time.monotonic() + limit
        with self._changed:
            while (flying := self.traffic.going_on()) and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(min(left, UNSEEN))
        return flying

    def wait_for(self, condition: Callable[[], bool], limit: float) -> bool:
        """Wait until an event has made the condition true, at most `limit` seconds; whether it has."""
        with self._changed:
            return self._changed.wait_for(condition, limit)

    def wait_for_more(self, limit: float) -> None:
        """Wait until something is told of, at most `limit` seconds."""
        before = self.activity
        self.wait_for(lambda: self.activity != before, limit)

    def wait_for_answer(self, future: Future[dict[str, Any]], frame: str, loads: int) -> bool:
        """Wait for what a frame was asked when it had loaded so many documents; False where it has loaded another one.

        The first page of a popup takes over the window of its empty document, but not the timers that were set there:
        what waits for one is never answered, nor told that it will not be.
        """

        def has_moved() -> bool:
            return self.loads_of(frame) != loads

        future.add_done_callback(lambda _: self._tell_waiting())
        self.wait_for(lambda: future.done() or has_moved(), ANSWER_LIMIT)
        return future.done() or not has_moved()

    def loads_of(self, frame: str) -> int:
        """How many documents a frame has loaded, -1 when it is gone."""
        found = self.context.browser.hub.frames.get(frame)
        return found.loads if found else -1

    def speaks_at_its_end(self, since: float) -> bool:
        """Whether a page opened since then has asked to be told of its end, of which the wire will tell.

        Browsers run what a page does on being left beside the next page, in whatever order, and Chromium tells nobody.
        """
        return self.tap is not None and any(note.operation == "leaving" and note.at >= since for note in self.notes)

    def hear_out(self) -> None:
        """Wait for what the page that was left for `elsewhere` still sends, for as long as it may."""
        heard, limit = 0, LAST_WORDS
        while self._hears_more_than(heard, limit):
            heard, limit = self._last_words(), NEXT_WORD

    def _hears_more_than(self, heard: int, limit: float) -> bool:
        return self.wait_for(lambda: self._last_words() > heard, limit)

    def _last_words(self) -> int:
        """How much has passed on the wire since `elsewhere` was asked for."""
        assert self.tap is not None
        passed = [flow.request.pretty_url for flow in list(self.tap.flows)]
        return passed[::-1].index(self.elsewhere) if self.elsewhere in passed else 0

    def on_event(self, method: str, params: dict[str, Any], arrived: float) -> None:
        """Take one BiDi event of this visitor's frames."""
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
                if params["channel"] != self.handle:
                    return
                self._heard(notes_of(params["data"]), params["source"]["context"] or "")
            case _ if method == UNREAD:
                self.miss(f"the browser's event {params['event']}", params["error"])
            case "browsingContext.contextDestroyed":
                self.traffic.abandoned(params["context"])
            case _ if method not in MOVES:
                return
        self._touch()

    def miss(self, what: str, why: str) -> None:
        """Note that something could not be read; the same one counts once, and no page can fill the memory so."""
        doubt = f"{what} could not be read ({why[:LONGEST_REASON]})"
        if doubt not in self.missed and len(self.missed) < MOST_MISSED:
            self.missed.append(doubt)

    def _heard(self, notes: Iterable[Any], context: str) -> None:
        """Take the notes of one task of a page's; one note that cannot be read takes no other with it."""
        begun = len(self.notes)
        for note in notes:
            try:
                check(NOTE, note)
                self._noted(note, context)
            except Exception as error:
                log.exception("a note could not be read")
                self.miss("a note of what a page did", f"{type(error).__name__}: {error}")
        self.notes[begun:] = with_fleeting(self.notes[begun:])

    def _began(self, params: Mapping[str, Any]) -> None:
        frame = self.context.browser.hub.frames.get(params["context"])
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
            case operation if operation == COMMAND:
                self.records.append(command_of(raw))
                return
        write = write_of(raw, self._page_of(context))
        if write.kind is Kind.REQUEST:
            self.traffic.made(write.operation, write.name, write.value.text)
        self._wrote(raw, write)

    def _wrote(self, raw: Mapping[str, Any], write: Write) -> None:
        if write.kind is Kind.COOKIE and write.operation == "refused":
            number = with_refusal(self.notes, write)
            if number is not None:
                self.notes[number] = replace(self.notes[number], operation="refused")
            return
        made: Write | None = write
        if write.kind is Kind.COOKIE:
            made = of_cookie_store(raw, write) if write.name else of_cookie(raw, write, self.browser)
        if made is not None:
            self.notes.append(made)

    def _page_of(self, context: str) -> str:
        frames = self.context.browser.hub.frames
        frame = frames.get(context)
        top = frames.get(frame.top if frame else self.context.tab)
        return top.url if top else ""

    def _touch(self) -> None:
        with self._changed:
            self.activity += 1
            self._changed.notify_all()

    def _tell_waiting(self) -> None:
        with self._changed:
            self._changed.notify_all()
