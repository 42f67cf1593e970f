"""The contract with Selenium's undocumented names; a failure after an upgrade names the version."""

from __future__ import annotations

from importlib.metadata import version

import pytest
from selenium.webdriver.common.selenium_manager import SeleniumManager
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser import selenium_internals

VERSION = f"selenium {version('selenium')}"


class Driver(WebDriver):
    """A WebDriver without a browser: the part that the adapter touches."""

    def __init__(self) -> None:
        config = selenium_internals.client_config("http://127.0.0.1:1", 60)
        self.connection = self.command_executor = RemoteConnection(client_config=config)
        self.caps = {selenium_internals.BIDI_ADDRESS: True}


def test_the_limit_of_commands_is_that_of_their_connection() -> None:
    driver = Driver()
    selenium_internals.limit_commands(driver, 7.0)
    assert driver.connection.client_config.timeout == 7.0, VERSION


def test_a_connection_is_made_with_its_address_and_limit() -> None:
    config = selenium_internals.client_config("http://127.0.0.1:1", 9.5)
    assert (config.remote_server_addr, config.timeout) == ("http://127.0.0.1:1", 9), VERSION


def test_a_bidi_address_is_read_and_replaced() -> None:
    driver = Driver()
    assert selenium_internals.bidi_address_of(driver) == "", VERSION
    selenium_internals.set_bidi_address(driver, "ws://grid/session")
    assert selenium_internals.bidi_address_of(driver) == "ws://grid/session"


def test_selenium_manager_is_asked_for_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def paths(_manager: object, arguments: list[str]) -> dict[str, str]:
        asked.append(arguments)
        return {"browser_path": "/b", "driver_path": "/d"}

    assert hasattr(SeleniumManager, "binary_paths"), VERSION
    monkeypatch.setattr(SeleniumManager, "binary_paths", paths)
    assert selenium_internals.managed_paths("firefox") == {"browser_path": "/b", "driver_path": "/d"}
    assert asked == [["--browser", "firefox", "--avoid-stats"]]
