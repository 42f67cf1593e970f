"""Collects what the browser, the wire and the pages tell of one visitor, as it comes.

Everything arrives on other threads and is only put down here; records are made of it when a timeline is asked for.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic

from typing_extensions import TypeVar

from browsers.base import Context
from browsers.bidi import ANSWER_LIMIT
from browsers.context import UserContext
from browsers.events import MOVES
from evidence.announced import LONGEST, UNSEEN, Announced, announces
from evidence.cookies import parse_set_cookie
from evidence.exchanges import Sent, merge
from evidence.notes import notes_of
from evidence.preload import preload
from evidence.records import Kind, Record, Value, Write
from evidence.storage import StorageLedger
from evidence.timeline import Timeline
from evidence.wire import Tap
from evidence.writers import script_of

LAST_WORDS = 2.0
"""Seconds of wall time within which a page that was left is heard of; Chromium itself ends it after half of one."""

NEXT_WORD = 0.2
"""Seconds of wall time between two things that a page sends on being left."""

_UNSENT = ("data:", "blob:", "about:", "chrome", "moz-extension:", "resource:")


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
    sent: list[Sent] = field(default_factory=list)
    notes: list[Write] = field(default_factory=list)
    ledger: StorageLedger = field(default_factory=StorageLedger)
    activity: int = 0
    shift: float = 0.0
    elsewhere: str = ""
    problems: list[str] = field(default_factory=list)
    in_flight: dict[str, str] = field(default_factory=dict)
    undeveloped: list[Callable[[], None]] = field(default_factory=list)
    """Screenshots that were asked for and not waited for."""
    announced: Announced = field(default_factory=Announced)
    fetched: set[str] = field(default_factory=set)
    """What documents have asked for with `fetch`."""
    by_bits: set[str] = field(default_factory=set)
    """Answers whose bodies documents read bit by bit."""
    _begun: dict[str, Sent] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _told: tuple[tuple[object, ...], Timeline] | None = None

    def attach(self) -> None:
        """Begin to listen, and arm the preload script for every document to come."""
        self.context.listen(self.on_event)
        if self.tap is not None:
            self.tap.on_change = self._on_wire
        self.context.add_preload(preload(self.handle), self.handle)

    def move_to(self, context: C) -> None:
        """Go on with the same visitor in another process of the browser."""
        self.context = context
        self.in_flight.clear()
        self.attach()

    def shift_clock(self, seconds: float) -> None:
        """Set the clock of every document to come forward by so many seconds more."""
        self.shift += seconds
        control = f"globalThis[{json.dumps(self.handle)}]"
        self.context.add_preload(f"() => {control} && {control}.since({self.shift * 1000:.0f})")

    def status_of_page(self) -> int | None:
        """The HTTP status of the document that the current tab shows, None when it cannot be told."""
        for sent in reversed(self.sent):
            if sent.context == self.context.tab and sent.params.get("navigation") and sent.answer:
                status = sent.answer.get("response", {}).get("status")
                return int(status) if status else None
        return None

    def was_answered(self, url: str, since: int) -> bool:
        """Whether a document at this address was asked for and answered; `since` counts the requests before."""
        answered = (sent.params for sent in self.sent[since:] if sent.answer and sent.answer.get("response"))
        documents = (params["request"]["url"] for params in answered if params.get("navigation"))
        return any(document.partition("#")[0] == url.partition("#")[0] for document in documents)

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
        for listed in (self.records, self.sent, self.notes, self.undeveloped):
            listed.clear()
        for named in (self.in_flight, self._begun, self.fetched, self.by_bits):
            named.clear()
        self.ledger, self.announced, self._told = StorageLedger(), Announced(), None
        if self.tap is not None:
            self.tap.flows.clear()
            self.tap.addresses.clear()

    def _tell(self) -> Timeline:
        flows = list(self.tap.flows) if self.tap is not None else None
        requests = merge(list(self.sent), flows, self.elsewhere)
        return Timeline.of(self.visitor, self.browser, [*self.records, *self.notes, *requests])

    def wait_quiet(self, limit: float) -> list[str]:
        """Wait until no request is in flight, at most `limit` seconds; the addresses of those that still are."""
        deadline = time.monotonic() + limit
        with self._changed:
            while (flying := self._flying()) and (left := deadline - time.monotonic()) > 0:
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
                self._began(params)
            case "network.responseStarted":
                self._opened(params)
            case "network.responseCompleted" | "network.fetchError":
                self._ended(params)
            case "script.message" if params["channel"] == self.handle:
                for note in notes_of(params["data"]):
                    self._noted(note, params["source"]["context"])
            case "browsingContext.contextDestroyed":
                self._abandoned(params["context"])
            case _ if method not in MOVES:
                return
        self._touch()

    def _began(self, params: Mapping[str, Any]) -> None:
        url = params["request"]["url"]
        if url.startswith(_UNSENT):
            return
        frame = self.context.browser.hub.frames.get(params["context"])
        is_page = frame is not None and frame.id == frame.top and params.get("navigation")
        sent = Sent(_key(params), params["context"], url if is_page else self._page_of(params["context"]), params)
        self.sent.append(sent)
        self._begun[sent.key] = sent
        self.in_flight[sent.key] = url
        self.announced.tell(url)

    def _opened(self, params: Mapping[str, Any]) -> None:
        sent = self._begun.get(_key(params))
        if sent is not None:
            sent.opened = params

    def _ended(self, params: Mapping[str, Any]) -> None:
        key = _key(params)
        self.in_flight.pop(key, None)
        sent = self._begun.get(key)
        if sent is not None:
            sent.answer = params

    def _abandoned(self, context: str) -> None:
        for key in list(self.in_flight):
            if self._begun[key].context == context:
                self.in_flight.pop(key, None)

    def _noted(self, raw: Mapping[str, Any], context: str) -> None:
        match raw["operation"]:
            case "body":
                self.by_bits.add(str(raw["name"]))
                return
            case "ran":
                self._ran(str(raw["name"]), context)
                return
            case "deferred":
                self.announced.withdraw(str(raw["name"]))
                return
        kind, name, value, max_age = Kind(raw["kind"]), str(raw["name"]), str(raw["value"]), None
        frame, at = str(raw["frame"]), float(raw["at"]) / 1000
        if not frame.startswith("http"):
            frame = self._page_of(context)  # about:blank and about:srcdoc store where their page stores
        host = _host(str(raw.get("domain") or "")) or _host(frame)
        if kind is Kind.COOKIE and not name:
            cookie = parse_set_cookie(value, frame, at + self.shift)
            if cookie is None:
                return
            name, value, host, max_age = cookie.name, cookie.value.text, cookie.host, cookie.max_age
        if kind is Kind.REQUEST:
            self._noted_request(str(raw["operation"]), name, value)
        self.notes.append(
            Write(
                at, kind, name, host, str(raw["operation"]), Value(value), script_of(str(raw["stack"])), frame, max_age
            )
        )

    def _ran(self, source: str, context: str) -> None:
        """A script has run, so its answer has ended, told or not; `source` is where the element had it from.

        In Chromium a note does not say whose it is: `context` is empty, and the first such request is meant.
        """
        for key in list(self.in_flight):
            sent = self._begun[key]
            if sent.is_script and context in ("", sent.context) and self._asked(key)[:LONGEST] == source:
                self.in_flight.pop(key, None)
                return

    def _asked(self, key: str) -> str:
        """The address that a request was first sent to, before any redirect."""
        first = self._begun.get(f"{key.rpartition('/')[0]}/0", self._begun[key])
        return str(first.params["request"]["url"])

    def _noted_request(self, operation: str, url: str, value: str) -> None:
        if announces(operation, value):
            self.announced.make(url, ends_there=operation == "beacon")
        if operation == "fetch":
            self.fetched.add(url)

    def _page_of(self, context: str) -> str:
        frames = self.context.browser.hub.frames
        frame = frames.get(context)
        top = frames.get(frame.top if frame else self.context.tab)
        return top.url if top else ""

    def _flying(self) -> list[str]:
        if self.tap is None:
            waited = (url for key, url in list(self.in_flight.items()) if not self._is_left_unread(key))
            return [*waited, *self.announced.unseen({})]
        # The wire knows when an answer is complete; Chromium never tells of an answer whose body no script reads.
        # Of a script it always tells, and until it has, the script is still about to run.
        for key, url in list(self.in_flight.items()):
            if url.partition("#")[0] in self.tap.addresses and not self._begun[key].is_script:
                self.in_flight.pop(key, None)
        return [*self.in_flight.values(), *self.tap.in_flight.values(), *self.announced.unseen(self.tap.addresses)]

    def _is_left_unread(self, key: str) -> bool:
        """Whether nobody waits for the rest of an answer whose head has come.

        Chromium never tells the end of an answer to `fetch` whose body no script reads. The preload script counts a
        document among the busy while it reads one whole, and notes when it begins to read one bit by bit: such an
        answer's end is told. Workers are not watched, so theirs are waited for.
        """
        sent = self._begun[key]
        if sent.opened is None:
            return False
        return sent.is_channel or (self._asked(key) in self.fetched and self.in_flight[key] not in self.by_bits)

    def _on_wire(self) -> None:
        self._touch()

    def _touch(self) -> None:
        with self._changed:
            self.activity += 1
            self._changed.notify_all()

    def _tell_waiting(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _key(params: Mapping[str, Any]) -> str:
    return f"{params['request']['request']}/{params.get('redirectCount', 0)}"


def _host(url: str) -> str:
    text = url.partition("://")[2] or url
    return text.partition("/")[0].partition(":")[0].lstrip(".").lower()
