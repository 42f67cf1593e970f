"""Brings in the player once pytest has loaded what it plays with."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Bring in the player, after pytest has rewritten the assertions of the steps."""
    config.pluginmanager.import_plugin("tests.mutation.player")
