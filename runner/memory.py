"""Spares the garbage collector what stays to the end of the run anyway: the modules and the tests.

Some 200,000 objects, which it would look through again with every few scenarios, a seventh of a second each time. It
rests while they come to be, and leaves them alone from then on.
"""

from __future__ import annotations

import gc

gc.disable()  # from the first plugin's import to the session's start


def pytest_sessionstart() -> None:
    """All is imported."""
    gc.freeze()
    gc.enable()


def pytest_collection_finish() -> None:
    """All tests are there."""
    gc.freeze()
