"""Selenium the usual way: pytest fixtures, a new browser for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver

from tools.bench.peers.reference import CHROMEDRIVER, CHROMIUM, ROUNDS
from tools.bench.peers.selenium_flows.visitor import Visitor

PHONE = {
    "deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 2.0, "mobile": True},
    "userAgent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Mobile Safari/537.36",
}


@pytest.fixture(params=range(ROUNDS), autouse=True)
def round_number(request: pytest.FixtureRequest) -> int:
    """Runs each flow so many times."""
    return int(request.param)


def _chrome(*, phone: bool = False) -> WebDriver:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.accept_insecure_certs = True
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1280,800", "--lang=en-GB"):
        options.add_argument(argument)
    if phone:
        options.add_experimental_option("mobileEmulation", PHONE)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    """A new visitor in a new browser."""
    driver = _chrome()
    yield Visitor(driver)
    driver.quit()


@pytest.fixture
def second_profile() -> Iterator[Visitor]:
    """The same person in another profile: a second browser."""
    driver = _chrome()
    yield Visitor(driver)
    driver.quit()


@pytest.fixture
def phone() -> Iterator[Visitor]:
    """A visitor with a phone."""
    driver = _chrome(phone=True)
    yield Visitor(driver)
    driver.quit()
