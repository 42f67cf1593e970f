"""A pytest plugin that leaves out the evidence of consent signals, so that a pair of runs shows what it costs.

`-p tools.bench.without_signals` leaves out the scripts in the page that note what pages tell of consent, and the table
of signals in the report.
"""

from __future__ import annotations

import pkgutil

import pytest

NOTHING = "() => () => {}"
"""In place of a script that returns what is to be done after each change of the document, or returns nothing."""

SCRIPTS = tuple(f"consentinel.evidence.preload:{name}" for name in ("_SIGNALS", "_MAKERS", "_FRAMEWORKS"))
TABLE = "consentinel.pytest_plugin.serialize:signal_rows"


def pytest_configure(config: pytest.Config) -> None:
    """Leave it out until the run ends."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    leave_out(patch)


def leave_out(patch: pytest.MonkeyPatch) -> None:
    """Put nothing into the place of each script and of the table's rows."""
    for name in SCRIPTS:
        _replace(patch, name, NOTHING)
    _replace(patch, TABLE, lambda *_: ())


def _replace(patch: pytest.MonkeyPatch, name: str, value: object) -> None:
    module, _, attribute = name.partition(":")
    patch.setattr(pkgutil.resolve_name(module), attribute, value)
