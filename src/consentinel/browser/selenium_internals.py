"""Selenium's private or undocumented names that the engine uses, in one place.

tests/browser/test_selenium_internals.py checks each against the installed version.
"""

from __future__ import annotations

from selenium.webdriver.common.selenium_manager import SeleniumManager
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

BIDI_ADDRESS = "webSocketUrl"
"""The capability that holds the address of the BiDi connection."""


def managed_paths(browser: str) -> dict[str, str]:
    """Have Selenium Manager find or download a browser and its driver. Return `browser_path` and `driver_path`.

    It reports its use to nobody: by default it would, to plausible.io. Raises WebDriverException.
    """
    return SeleniumManager().binary_paths(["--browser", browser, "--avoid-stats"])


def limit_commands(driver: WebDriver, seconds: float) -> None:
    """Limit the time of each command of a session, in seconds."""
    if isinstance(driver.command_executor, RemoteConnection):
        driver.command_executor.client_config.timeout = seconds


def client_config(url: str, seconds: float) -> ClientConfig:
    """Return the settings of a connection to a server at `url`, whose requests take at most `seconds`."""
    return ClientConfig(remote_server_addr=url, timeout=int(seconds))


def bidi_address_of(driver: WebDriver) -> str:
    """Return the BiDi address of a session, or an empty string if it has none."""
    address = driver.caps.get(BIDI_ADDRESS)
    return address if isinstance(address, str) else ""


def set_bidi_address(driver: WebDriver, address: str) -> None:
    """Replace the BiDi address of a session."""
    driver.caps[BIDI_ADDRESS] = address
