"""Sees that Chromium and Firefox are there: found on this machine, else by Selenium Manager, else by apt.

`python -m browsers.install` is part of the set-up. It says what it does and ends with status 1, and one line a browser
that says what to do, when a browser cannot be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.selenium_manager import SeleniumManager

from browsers import locate
from browsers.setup import Engine

PACKAGES = {
    Engine.CHROMIUM: ("chromium", "chromium-driver"),
    Engine.FIREFOX: ("firefox-esr",),
}

NAMES = {Engine.CHROMIUM: "chrome", Engine.FIREFOX: "firefox"}


def is_there(engine: Engine) -> bool:
    """Whether browser and driver are on this machine."""
    if engine is Engine.CHROMIUM:
        return bool(locate.chromium() and locate.chromedriver())
    return bool(locate.firefox() and locate.geckodriver())


def main() -> int:
    """Install what is missing; the exit status."""
    missing = [engine for engine in PACKAGES if not is_there(engine) and not _by_selenium_manager(engine)]
    if missing and _can_use_apt():
        _by_apt([package for engine in missing for package in PACKAGES[engine]])
        missing = [engine for engine in missing if not is_there(engine)]
    for engine in missing:
        packages = " ".join(PACKAGES[engine])
        _say(f"{engine} is missing and could not be downloaded; install it (on Debian: apt install {packages})")
    return 1 if missing else 0


def _by_selenium_manager(engine: Engine) -> bool:
    _say(f"asking Selenium Manager for {engine}")
    try:
        found = SeleniumManager().binary_paths(["--browser", NAMES[engine]])
    except WebDriverException:
        return False
    return bool(found.get("browser_path")) and bool(found.get("driver_path"))


def _can_use_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _by_apt(packages: list[str]) -> None:
    _say(f"installing {' '.join(packages)} with apt")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        subprocess.run(command, stdout=subprocess.DEVNULL, env=quiet, check=False)


def _say(what: str) -> None:
    sys.stdout.write(f"setup: {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
