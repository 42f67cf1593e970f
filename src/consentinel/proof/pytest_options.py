"""Declares the options of the proof's pytest processes, and registers the recorder once the plugins are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option that names the plan."""
    parser.addoption("--proof-plan", metavar="FILE", type=Path, help="what the proof plays")
    parser.addoption("--proof-results", metavar="FILE", type=Path, help="where the proof keeps what came of it")


def pytest_configure(config: pytest.Config) -> None:
    """Register the recorder, after pytest has rewritten the assertions of the steps."""
    config.pluginmanager.import_plugin("consentinel.proof.pytest_recorder")
