"""Who waits for what other threads report looks again when it changes, and leaves those threads most of the time."""

from __future__ import annotations

import threading
import time

from consentinel.evidence.changes import BREATHER, Changes

LOOK = 0.01
"""Seconds that a look takes."""


def test_a_change_ends_the_wait_at_once() -> None:
    changes, is_over = Changes(), threading.Event()

    def change() -> None:
        is_over.set()
        with changes:
            changes.notify_all()

    threading.Timer(0.05, change).start()
    begun = time.monotonic()
    changes.wait_while(lambda: 0.0 if is_over.is_set() else 30.0)
    assert time.monotonic() - begun < 10


def test_it_looks_again_without_a_change_when_the_time_is_up() -> None:
    answers = iter([0.01, 0.01, 0.0])
    Changes().wait_while(lambda: next(answers))
    assert next(answers, None) is None


def test_many_changes_do_not_make_it_look_all_the_time() -> None:
    changes, looks, is_over = Changes(), 0, threading.Event()

    def left() -> float:
        nonlocal looks
        looks += 1
        ended = time.monotonic() + LOOK
        while time.monotonic() < ended:
            pass
        return 0.0 if is_over.is_set() else 30.0

    def report() -> None:
        ended = time.monotonic() + 1.0
        while time.monotonic() < ended:
            with changes:
                changes.notify_all()
        is_over.set()
        with changes:
            changes.notify_all()

    threading.Thread(target=report).start()
    changes.wait_while(left)
    assert 2 <= looks <= 1.0 / (LOOK * BREATHER) + 2
