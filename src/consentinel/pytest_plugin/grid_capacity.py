"""Checks a Selenium Grid before a run, and lowers the number of workers to the Grid's capacity."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from consentinel.browser.grid import GridStatus, GridUnreachable, shown
from consentinel.browser.options import name_of
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.pytest_plugin.options import Settings, has_features, settings_of

FEWER = pytest.StashKey[str]()
HERE = "127.0.0.1"


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Check that the Grid offers the browsers, and lower `-n` to its capacity. Raises UsageError with one line."""
    settings = settings_of(config)
    if settings.grid and not hasattr(config, "workerinput") and not config.option.collectonly and has_features(config):
        _fit_to_grid(config, settings)
    return (yield)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Return the header line that reports a lowered number of workers."""
    return config.stash.get(FEWER, None)


def _fit_to_grid(config: pytest.Config, settings: Settings) -> None:
    try:
        status = GridStatus.read(settings.grid or "")
    except GridUnreachable as error:
        raise pytest.UsageError(str(error)) from error
    problem = problem_with(status, settings)
    if problem:
        raise pytest.UsageError(problem)
    wanted = _workers(config)
    offered = status.workers(dict.fromkeys(map(_name, settings.engines), 1))
    if wanted > offered:
        config.option.numprocesses = offered
        sessions = ", ".join(f"{status.sessions(_name(engine))} of {engine}" for engine in settings.engines)
        config.stash[FEWER] = f"workers: {offered} instead of {wanted}, since the Grid offers sessions for {sessions}"


def problem_with(status: GridStatus, settings: Settings) -> str:
    """Return the reason why the run cannot begin on this Grid, or an empty string."""
    for engine in settings.engines:
        lacking = status.lacks(_name(engine))
        if lacking:
            return lacking
    if settings.wire and settings.proxy_host == HERE and not status.here:
        return (
            f"the Grid at {shown(status.url)} has nodes on other machines, which cannot reach the recording proxy at "
            f"{HERE}: name this machine's address with --proxy-host ADDR, or record no traffic with --no-wire"
        )
    return ""


def _workers(config: pytest.Config) -> int:
    """Return the number of pytest-xdist workers that the command line asks for. 0 means no workers."""
    asked = getattr(config.option, "numprocesses", None) or 0
    if isinstance(asked, str):
        asked = int(config.hook.pytest_xdist_auto_num_workers(config=config))
    return min(asked, config.option.maxprocesses or asked) if asked else 0


def _name(engine: Engine) -> str:
    """Return the name that a Grid uses for the browser."""
    return name_of(BrowserSpec(engine))
