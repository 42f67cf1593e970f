"""What the proof tells its pytest processes. The player itself comes once pytest has loaded what it plays with."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare what the proof tells its processes."""
    parser.addoption("--proof-plan", metavar="FILE", type=Path, help="what the proof plays")
    parser.addoption("--proof-results", metavar="FILE", type=Path, help="where the proof keeps what came of it")


def pytest_configure(config: pytest.Config) -> None:
    """Bring in the player, after pytest has rewritten the assertions of the steps."""
    config.pluginmanager.import_plugin("consentinel.proof.pytest_recorder")
