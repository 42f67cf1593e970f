"""Playwright's own fixtures, set up as its documentation says: launch and context arguments by overriding theirs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_playwright import CreateContextCallback

from tools.bench.peers.playwright_flows.visitor import Visitor
from tools.bench.peers.reference import CHROMIUM, ROUNDS


@pytest.fixture(params=range(ROUNDS), autouse=True)
def round_number(request: pytest.FixtureRequest) -> int:
    """Runs each flow so many times."""
    return int(request.param)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The same Chromium as the harness's."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """The same visitor as the harness's."""
    return {
        **browser_context_args,
        "ignore_https_errors": True,
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-GB",
    }


@pytest.fixture
def visitor(page: Page) -> Visitor:
    """A new visitor."""
    return Visitor(page)


@pytest.fixture
def second_profile(new_context: CreateContextCallback) -> Visitor:
    """The same person in another profile: a second context."""
    return Visitor(new_context().new_page())
