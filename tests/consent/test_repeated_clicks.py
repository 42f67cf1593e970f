"""A click of which nothing comes is repeated, once the page has answered often enough to show that nothing will."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from consentinel.consent.dialog_state import LOOKS, DialogState, repeating

CLOSED = DialogState(
    banner=True, dialog=False, saved=False, reopen=False, accept=(), refuse=(), preferences=(), origin=1.0, age=900.0
)  # fmt: skip


@pytest.fixture(autouse=True)
def _slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ten seconds pass from one look to the next."""
    moments = iter(range(0, 10_000, 10))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(moments)))


def test_a_slow_page_is_not_clicked_again_before_it_has_answered_often() -> None:
    clicks: list[str] = []
    opened = repeating(lambda at: at.dialog, lambda: clicks.append("again"))
    assert not any(opened(CLOSED) for _ in range(LOOKS))
    assert clicks == []
    assert not opened(CLOSED)
    assert clicks == ["again"]


def test_nothing_is_clicked_again_once_it_has_come_or_another_document_has() -> None:
    clicks: list[str] = []
    opened = repeating(lambda at: at.dialog, lambda: clicks.append("again"))
    assert opened(replace(CLOSED, dialog=True))
    left = repeating(lambda at: at.dialog, lambda: clicks.append("again"))
    assert not any(left(replace(CLOSED, origin=float(number % 2))) for number in range(3 * LOOKS))
    assert clicks == []
