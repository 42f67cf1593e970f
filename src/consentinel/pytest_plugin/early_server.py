"""Starts the embedded server before all else is imported, so that it comes up meanwhile: most of a second.

What the command line asks for is not known in full yet. A server that turns out to be needless ends with the run.
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
"""The environment variable by which a worker of pytest-xdist knows itself; the controller starts the server."""


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """The first that a plugin hears of a run."""
    config = pluginmanager.get_plugin("pytestconfig")
    if config is None or WORKER in os.environ:
        return
    known = config.known_args_namespace
    runs = not any(getattr(known, option, False) for option in RUNS_NOTHING)
    if runs and names_features(known.file_or_dir or config.getini("testpaths") or ["."]):
        _begin(config)


def embedded_site(config: pytest.Config) -> RunningSite:
    """The embedded server, once it serves; it ends with the run. Raises SiteDidNotStart."""
    if STARTING not in config.stash:
        _begin(config)
    return config.stash[STARTING].ready()


def _begin(config: pytest.Config) -> None:
    keep()
    site = config.stash[STARTING] = begin()
    config.add_cleanup(site.stop)
