"""A run on a Selenium Grid: what it must offer, and no more workers than it can carry."""

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
    """See that the Grid offers what is asked, and lower `-n` to what it can carry. Raises UsageError in one line."""
    settings = settings_of(config)
    if settings.grid and not hasattr(config, "workerinput") and not config.option.collectonly and has_features(config):
        _suit(config, settings)
    return (yield)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say when there are fewer workers than were asked for."""
    return config.stash.get(FEWER, None)


def _suit(config: pytest.Config, settings: Settings) -> None:
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
    """Why the run cannot begin on this Grid, empty where it can."""
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
    """How many workers pytest-xdist was asked for; 0 is this process alone, and where it is not installed."""
    asked = getattr(config.option, "numprocesses", None) or 0
    if isinstance(asked, str):
        asked = int(config.hook.pytest_xdist_auto_num_workers(config=config))
    return min(asked, config.option.maxprocesses or asked) if asked else 0


def _name(engine: Engine) -> str:
    """The browser's name as a Grid knows it."""
    return name_of(BrowserSpec(engine))
