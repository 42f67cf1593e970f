"""Loads a page without waiting for what nobody waits for, and hears out the page that was left."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from consentinel.browser.errors import NavigationReplaced
from consentinel.evidence.pending_requests import UNSEEN
from consentinel.evidence.recorder import Recorder

LAST_WORDS = 2.0
"""Seconds of wall time within which a page that was left is heard of; Chromium itself ends it after half of one."""

NEXT_WORD = 0.2
"""Seconds of wall time between two things that a page sends on being left."""

BARE = 0.3
"""Seconds for which a page may lack nothing but what is not waited for; browsers themselves put off a request for 20 s
whose address another page still awaits."""

FOLLOWS = 10.0
"""Seconds that a page may take to load after a click on a link that leads to it, or after a page that goes on to it."""

LOAD_LIMIT = 25.0
"""Seconds that a page may take to load; one that takes longer is looked at as it is."""


def wait_for_page(recorder: Recorder, is_there: Callable[[], bool], asked: int, limit: float) -> bool:
    """Wait until a page has loaded, at most `limit` seconds, or lacks nothing but what is not waited for any more.

    Whether it has come. `asked` is how many requests the browser had reported when the page was asked for.
    """
    deadline, since, is_enough = time.monotonic() + limit, math.inf, False

    def left() -> float:
        nonlocal since, is_enough
        if is_there():
            return 0.0
        traffic, now = recorder.traffic, time.monotonic()
        flying = traffic.going_on()
        is_bare = not flying and traffic.keeps_from_loading()
        since = min(since, now) if is_bare and traffic.has_page(recorder.context.tab, asked) else math.inf
        is_enough = now - since >= BARE
        return 0.0 if is_enough else min(deadline - now, BARE if is_bare else UNSEEN, *flying.values())

    recorder.wait_while(left)
    return is_enough or is_there()


def load(recorder: Recorder, url: str) -> None:
    """Load an address in the current tab, as `Context.navigate` does, but for what is not waited for any more."""
    asked = len(recorder.traffic.sent)

    def has_come(future: Future[dict[str, Any]]) -> bool:
        future.add_done_callback(lambda _: recorder.look_again())
        return wait_for_page(recorder, future.done, asked, LOAD_LIMIT) and future.done()

    recorder.context.navigate(url, has_come)


def load_or_follow(recorder: Recorder, url: str) -> None:
    """Load an address, or the one to which the page that answers there goes on by itself. Raises CommandFailed."""
    if not _comes(recorder, url) and not _comes(recorder, url):
        raise NavigationReplaced("navigate", "the page that was open went elsewhere, twice")


def _comes(recorder: Recorder, url: str) -> bool:
    """Load an address; False if the page that was open goes elsewhere, so that nothing of this one has come."""
    before, asked = recorder.context.loads(), len(recorder.traffic.sent)
    try:
        load(recorder, url)
        return True
    except NavigationReplaced:
        if not recorder.wait_for(lambda: recorder.context.loads() > before, FOLLOWS):
            raise
        return recorder.traffic.was_answered(url, asked)


def speaks_at_its_end(recorder: Recorder, since: float) -> bool:
    """Whether a page that opened since then listens for its own unloading; the proxy will see what it sends.

    Browsers run what a page does on being left beside the next page, in whatever order, and Chromium tells nobody.
    """
    leaves = any(note.operation == "leaving" and note.at >= since for note in recorder.notes)
    return recorder.tap is not None and leaves


def hear_out(recorder: Recorder) -> None:
    """Wait for what the page that was left for `elsewhere` still sends, for as long as it may."""
    heard, limit = 0, LAST_WORDS
    while _hears_more_than(recorder, heard, limit):
        heard, limit = _last_words(recorder), NEXT_WORD


def _hears_more_than(recorder: Recorder, heard: int, limit: float) -> bool:
    return recorder.wait_for(lambda: _last_words(recorder) > heard, limit)


def _last_words(recorder: Recorder) -> int:
    """How much has passed on the wire since `elsewhere` was asked for."""
    assert recorder.tap is not None
    passed = [flow.request.pretty_url for flow in list(recorder.tap.flows)]
    return passed[::-1].index(recorder.elsewhere) if recorder.elsewhere in passed else 0
