"""A visitor's requests as the browser and the pages tell of them, and which of them are still going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from consentinel.evidence.guarded import without_fragment
from consentinel.evidence.pending_requests import LONGEST, PendingRequests, announces
from consentinel.evidence.proxy import Tap
from consentinel.evidence.request_merge import Sent

_UNSENT = ("data:", "blob:", "about:", "chrome", "moz-extension:", "resource:")


@dataclass
class Traffic:
    """Filled on the reader's thread, event by event. `tap` is the wire's account of the same, None without a wire."""

    tap: Tap | None
    sent: list[Sent] = field(default_factory=list)
    _begun: dict[str, Sent] = field(default_factory=dict)
    _in_flight: dict[str, str] = field(default_factory=dict)
    _pending: PendingRequests = field(default_factory=PendingRequests)
    _fetched: set[str] = field(default_factory=set)
    """What documents have asked for with `fetch`."""
    _by_bits: set[str] = field(default_factory=set)
    """Answers whose bodies documents read bit by bit."""

    def status_of_page(self, tab: str) -> int | None:
        """The HTTP status of the document that a tab shows, None when it cannot be told."""
        for sent in reversed(self.sent):
            if sent.context == tab and sent.params.get("navigation") and sent.answer:
                status = sent.answer.get("response", {}).get("status")
                return int(status) if status else None
        return None

    def fault_at(self, url: str) -> str:
        """Why the proxy got no answer when this address was asked for last; empty where it got one, or is not there."""
        flows = self.tap.flows if self.tap is not None else []
        last = next((flow for flow in reversed(flows) if flow.request.pretty_url == without_fragment(url)), None)
        return last.error.msg.partition("\n")[0] if last is not None and last.error is not None else ""

    def was_answered(self, url: str, since: int) -> bool:
        """Whether a document at this address was asked for and answered; `since` counts the requests before."""
        answered = (sent.params for sent in self.sent[since:] if sent.answer and sent.answer.get("response"))
        documents = (params["request"]["url"] for params in answered if params.get("navigation"))
        return any(document.partition("#")[0] == url.partition("#")[0] for document in documents)

    def began(self, params: Mapping[str, Any], page: str) -> None:
        """The browser has told of a request, which `page` is the cause of."""
        url = params["request"]["url"]
        if url.startswith(_UNSENT):
            return
        sent = Sent(_key(params), params["context"], page, params)
        self.sent.append(sent)
        self._begun[sent.key] = sent
        self._in_flight[sent.key] = url
        self._pending.tell(url)

    def opened(self, params: Mapping[str, Any]) -> None:
        """The head of an answer has come."""
        sent = self._begun.get(_key(params))
        if sent is not None:
            sent.opened = params

    def ended(self, params: Mapping[str, Any]) -> None:
        """An answer is complete, or will never come."""
        key = _key(params)
        self._in_flight.pop(key, None)
        sent = self._begun.get(key)
        if sent is not None:
            sent.answer = params

    def abandoned(self, context: str) -> None:
        """A frame is gone, and what it asked for concerns nobody."""
        for key in list(self._in_flight):
            if self._begun[key].context == context:
                self._in_flight.pop(key, None)

    def ran(self, source: str, context: str) -> None:
        """A script has run, so its answer has ended, told or not; `source` is where the element had it from.

        In Chromium a note does not say whose it is: `context` is empty, and the first such request is meant.
        """
        for key in list(self._in_flight):
            sent = self._begun[key]
            if sent.is_script and context in ("", sent.context) and self._asked(key)[:LONGEST] == source:
                self._in_flight.pop(key, None)
                return

    def made(self, operation: str, url: str, value: str) -> None:
        """A document has made a request, and the browser is yet to tell of it."""
        if announces(operation, value):
            self._pending.make(url, ends_there=operation == "beacon")
        if operation == "fetch":
            self._fetched.add(url)

    def put_off(self, url: str) -> None:
        """The browser waits with what a document has asked for, until the visitor scrolls there."""
        self._pending.withdraw(url)

    def read_by_bits(self, url: str) -> None:
        """A document begins to read an answer bit by bit."""
        self._by_bits.add(url)

    def lost(self) -> None:
        """The browser was closed, and with it all that was going on."""
        self._in_flight.clear()

    def going_on(self) -> list[str]:
        """The addresses that an answer is still awaited from."""
        if self.tap is None:
            waited = (url for key, url in list(self._in_flight.items()) if not self._is_left_unread(key))
            return [*waited, *self._pending.unseen({})]
        # The wire knows when an answer is complete; Chromium never tells of an answer whose body no script reads.
        # Of a script it always tells, and until it has, the script is still about to run.
        for key, url in list(self._in_flight.items()):
            if url.partition("#")[0] in self.tap.addresses and not self._begun[key].is_script:
                self._in_flight.pop(key, None)
        unseen = self._pending.unseen(self.tap.addresses)
        return [*self._in_flight.values(), *self.tap.in_flight.values(), *unseen]

    def _is_left_unread(self, key: str) -> bool:
        """Whether nobody waits for the rest of an answer whose head has come.

        Chromium never tells the end of an answer to `fetch` whose body no script reads. The preload script counts a
        document among the busy while it reads one whole, and notes when it begins to read one bit by bit: such an
        answer's end is told. Workers are not watched, so theirs are waited for.
        """
        sent = self._begun[key]
        if sent.opened is None:
            return False
        return sent.is_channel or (self._asked(key) in self._fetched and self._in_flight[key] not in self._by_bits)

    def _asked(self, key: str) -> str:
        """The address that a request was first sent to, before any redirect."""
        first = self._begun.get(f"{key.rpartition('/')[0]}/0", self._begun[key])
        return str(first.params["request"]["url"])


def _key(params: Mapping[str, Any]) -> str:
    return f"{params['request']['request']}/{params.get('redirectCount', 0)}"
