"""Lets time pass for a visitor: docs/clock.md says what it imitates and what not.

The jar is aged as the browser would, by each cookie's own expiry. The pages' clock is set forward by the preload
script. The browser's own clock, and the server's, stay where they are.
"""

from __future__ import annotations

import time
from typing import Any

from consentinel.browser.bidi import result_of
from consentinel.browser.jar import written_anew
from consentinel.evidence.recorder import Recorder


def age(recorder: Recorder, seconds: float) -> None:
    """Close the visitor's tabs and come back so many seconds later: sessions end, cookies run out, clocks move on."""
    context = recorder.context
    context.close_tabs()
    recorder.ledger.forget_sessions()
    now = time.time()
    for cookie in result_of(context.send_cookies(), "storage.getCookies")["cookies"]:
        expiry = cookie.get("expiry")
        runs_out = not expiry or expiry <= now + seconds
        if cookie.get("goog:partitionKey") and not runs_out:
            continue  # BiDi cannot name its partition when it writes: putting it back would double it outside
        context.delete_cookie(cookie)
        if not runs_out:
            context.set_cookie(_sooner(cookie, seconds))
    recorder.shift_clock(seconds)


def _sooner(cookie: dict[str, Any], seconds: float) -> dict[str, Any]:
    return {**written_anew(cookie), "expiry": int(cookie["expiry"] - seconds)}
