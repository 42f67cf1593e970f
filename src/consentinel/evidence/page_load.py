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
    deadline, since, is_enough, is_stuck = time.monotonic() + limit, math.inf, False, True
    heard, sent = time.monotonic(), asked

    def left() -> float:
        nonlocal since, is_enough, is_stuck, heard, sent
        is_stuck = False
        if is_there():
            return 0.0
        traffic, now = recorder.traffic, time.monotonic()
        flying = traffic.going_on()
        is_bare = not flying and (traffic.keeps_from_loading() or _is_cut_short(recorder))
        has_page = traffic.has_page(recorder.context.tab, asked)
        is_awaited = not flying and traffic.is_held_up() and not has_page
        since = min(since, now) if is_awaited or (is_bare and has_page) else math.inf
        is_enough = has_page and now - since >= BARE
        is_stuck = is_awaited and now - since >= BARE
        if flying or has_page or sent < len(traffic.sent):
            heard, sent = now, len(traffic.sent)
        wait = min(deadline - now, heard + silence - now, BARE if is_bare or is_awaited else UNSEEN, *flying.values())
        return 0.0 if is_enough or is_stuck else wait

    while is_stuck and time.monotonic() < deadline:
        recorder.wait_while(left)
        if is_stuck:
            deadline, since = deadline + seconds_meanwhile(), math.inf
    return is_enough or is_there()


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
