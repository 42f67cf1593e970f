"""Loads a page, without waiting for answers that have no end, and waits for the last requests of the page before."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from consentinel.browser.errors import NavigationReplaced
from consentinel.browser.wait import seconds_meanwhile
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.pending_requests import UNSEEN
from consentinel.evidence.recorder import Recorder

FIRST_REQUEST = 2.0
"""Seconds of wall time within which a page that was left sends its first request; Chromium ends it after 0.5."""

NEXT_REQUEST = 0.2
"""Seconds of wall time between two requests that a page sends on being left."""

BARE = 0.3
"""Seconds for which a page may lack nothing but what is not waited for; browsers themselves put off a request for 20 s
whose address another page still awaits."""

FOLLOWS = 10.0
"""Seconds that a page may take to load after a click on a link that leads to it, or after a page that goes on to it."""

STAYS = 3.0
"""Seconds without a request after which a click on a link is taken to have brought no page, as one that opens a dialog.
Scripts that count a click before they go on wait for two seconds at most."""

LOAD_LIMIT = 25.0
"""Seconds that a page may take to load; one that takes longer is looked at as it is."""


def wait_for_page(
    recorder: Recorder, is_there: Callable[[], bool], asked: int, limit: float, silence: float = math.inf
) -> bool:
    """Wait at most `limit` seconds until a page has loaded, or lacks only answers that are no longer waited for.

    Return whether it has come. `asked` is how many requests the browser had reported when the page was asked for.
    Where an answer that the proxy holds back on purpose is to bring the page, what happens meanwhile takes its time.
    Where nothing is asked for in `silence` seconds, no page comes.
    """
    return _Arrival(recorder, is_there, asked, silence).comes_within(limit)


class _Arrival:
    """A page that was asked for, while it is waited for."""

    def __init__(self, recorder: Recorder, is_there: Callable[[], bool], asked: int, silence: float) -> None:
        self._recorder = recorder
        self._is_there = is_there
        self._asked = asked
        self._silence = silence
        self._deadline = math.inf
        self._bare_since = math.inf
        """When the page came to lack nothing but what is not waited for, on the monotonic clock."""
        self._is_enough = False
        self._is_held_up = False
        """Whether only an answer that the proxy holds back on purpose can bring the page."""
        self._heard = time.monotonic()
        """When something was last under way."""
        self._sent = asked

    def comes_within(self, limit: float) -> bool:
        """Wait at most `limit` seconds, beside what happens meanwhile. Return whether the page has come."""
        self._deadline = time.monotonic() + limit
        self._recorder.wait_while(self._seconds_left)
        while self._is_held_up:
            self._deadline += seconds_meanwhile()
            self._bare_since = math.inf
            self._recorder.wait_while(self._seconds_left)
        return self._is_enough or self._is_there()

    def _seconds_left(self) -> float:
        """Return for how many seconds it is worth waiting until the next look; 0 ends the wait."""
        self._is_held_up = False
        if self._is_there():
            return 0.0
        traffic, now = self._recorder.traffic, time.monotonic()
        flying = traffic.going_on()
        is_bare = not flying and (traffic.keeps_from_loading() or _is_cut_short(self._recorder))
        has_page = traffic.has_page(self._recorder.context.tab, self._asked)
        is_awaited = not flying and traffic.is_held_up() and not has_page
        self._bare_since = min(self._bare_since, now) if is_awaited or (is_bare and has_page) else math.inf
        has_lasted = now - self._bare_since >= BARE
        self._is_enough, self._is_held_up = has_page and has_lasted, is_awaited and has_lasted
        if flying or has_page or self._sent < len(traffic.sent):
            self._heard, self._sent = now, len(traffic.sent)
        if self._is_enough or self._is_held_up:
            return 0.0
        pause = BARE if is_bare or is_awaited else UNSEEN
        return min(self._deadline - now, self._heard + self._silence - now, pause, *flying.values())


def comes_by_link(recorder: Recorder, is_there: Callable[[], bool], asked: int) -> bool:
    """Wait for the page that a click on a link is to bring, as `wait_for_page` does. Return whether it has come."""
    return wait_for_page(recorder, is_there, asked, FOLLOWS, STAYS)


def _is_cut_short(recorder: Recorder) -> bool:
    """Return whether the page that shows has loaded or was to give way to what is no document, as a download or 204.

    Where that happens before the page has loaded, BiDi does not report that it loads.
    """
    shown = recorder.frame(recorder.context.tab)
    return shown is not None and not shown.is_loading


def load(recorder: Recorder, url: str) -> None:
    """Load an address in the current tab, as `Context.navigate` does. Answers that have no end are not waited for."""
    asked = len(recorder.traffic.sent)

    def has_come(future: Future[dict[str, Any]]) -> bool:
        future.add_done_callback(lambda _: recorder.look_again())
        return wait_for_page(recorder, future.done, asked, LOAD_LIMIT) and future.done()

    recorder.context.navigate(url, has_come)


def load_or_follow(recorder: Recorder, url: str) -> None:
    """Load an address, or the one to which the page at that address leads on by itself. Raises CommandFailed."""
    if not _comes(recorder, url) and not _comes(recorder, url):
        raise NavigationReplaced("navigate", "the page that was open went elsewhere, twice")


def _comes(recorder: Recorder, url: str) -> bool:
    """Load an address. Return False if the page that was open goes elsewhere, so that this one was not loaded."""
    before, asked = recorder.context.loads(), len(recorder.traffic.sent)
    try:
        load(recorder, url)
        return True
    except NavigationReplaced:
        if not recorder.wait_for(lambda: recorder.context.loads() > before, FOLLOWS):
            raise
        return recorder.traffic.was_answered(url, asked)


def listens_for_unloading(recorder: Recorder, since: float) -> bool:
    """Return whether a page opened since then listens for its unloading, and a proxy records what it sends then.

    Browsers run these listeners beside the next page, in any order. Chromium reports nothing of them.
    """
    leaves = any(note.operation == "leaving" and note.at >= since for note in recorder.notes)
    return recorder.tap is not None and leaves


def wait_for_last_requests(recorder: Recorder) -> None:
    """Wait until the page that was left for `elsewhere` has sent its last request, as far as the proxy sees."""
    count, limit = 0, FIRST_REQUEST
    while _sends_more_than(recorder, count, limit):
        count, limit = _sent_since(recorder), NEXT_REQUEST


def _sends_more_than(recorder: Recorder, count: int, limit: float) -> bool:
    return recorder.wait_for(lambda: _sent_since(recorder) > count, limit)


def _sent_since(recorder: Recorder) -> int:
    """Return how many requests the proxy has seen since the one for `elsewhere`."""
    assert recorder.tap is not None
    passed = [url_of(flow.request) for flow in list(recorder.tap.flows)]
    return passed[::-1].index(recorder.elsewhere) if recorder.elsewhere in passed else 0
