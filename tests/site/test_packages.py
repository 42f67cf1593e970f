"""The test sites' packages are installed by one worker at a time."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.site.deployment.packages import alone

LIMIT = 10.0
"""Seconds that a thread may take to end."""


def test_who_comes_second_finds_the_work_of_the_first_done(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    asked, done = threading.Event(), folder / "done"
    found: list[bool] = []

    def second() -> None:
        asked.set()
        with alone(folder):
            found.append(done.exists())

    with alone(folder):
        thread = threading.Thread(target=second)
        thread.start()
        assert asked.wait(LIMIT)
        done.touch()
    thread.join(LIMIT)
    assert found == [True]
