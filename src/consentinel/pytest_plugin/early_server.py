"""Starts the embedded server while the other plugins are imported. This saves most of a second.

The command line is not fully parsed at this point. A server that the run does not need ends with the run.
"""

from __future__ import annotations

import os

import pytest

from consentinel.browser.reaper import keep
from consentinel.pytest_plugin.feature_paths import names_features
from consentinel.reference_site.serve import RunningSite, StartingSite, begin

STARTING = pytest.StashKey[StartingSite]()

RUNS_NOTHING = ("collectonly", "help", "version", "markers", "showfixtures", "show_fixtures_per_test")
WORKER = "PYTEST_XDIST_WORKER"
"""The environment variable that pytest-xdist sets in a worker. Only the controller starts the server."""


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Start the server, if the run needs it. This is the first hook that pytest calls."""
    config = pluginmanager.get_plugin("pytestconfig")
    if config is None or WORKER in os.environ:
        return
    known = config.known_args_namespace
    runs = not any(getattr(known, option, False) for option in RUNS_NOTHING)
    if runs and names_features(known.file_or_dir or config.getini("testpaths") or ["."]):
        _begin(config)


def embedded_site(config: pytest.Config) -> RunningSite:
    """Return the embedded server when it accepts connections. It ends with the run. Raises SiteDidNotStart."""
    if STARTING not in config.stash:
        _begin(config)
    return config.stash[STARTING].ready()


def _begin(config: pytest.Config) -> None:
    keep()
    site = config.stash[STARTING] = begin()
    config.add_cleanup(site.stop)
