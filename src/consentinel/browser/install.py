"""Installs Chromium and Firefox if they are missing on this machine: by Selenium Manager, else by apt.

`consentinel install` is part of the set-up. `consentinel install webkit` installs only the browsers that are named;
WebKit is optional. The command reports each step. It prints a line for each browser that it cannot install, and then
ends with exit code 4.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

import click
from selenium.common.exceptions import WebDriverException

from consentinel.browser import locate
from consentinel.browser.selenium_internals import managed_paths
from consentinel.browser.spec import Engine

PACKAGES = {
    Engine.CHROMIUM: ("chromium", "chromium-driver"),
    Engine.FIREFOX: ("firefox-esr",),
    Engine.WEBKIT: ("webkit2gtk-driver", "xvfb"),
}

USUAL = (Engine.CHROMIUM, Engine.FIREFOX)
"""What the set-up installs when nobody asks for more."""

SETUP_FAILED = 4
"""As in `consentinel.report.exit_codes`, which lies above this package."""

NAMES = {Engine.CHROMIUM: "chrome", Engine.FIREFOX: "firefox"}


def is_there(engine: Engine) -> bool:
    """Return whether browser and driver are on this machine."""
    if engine is Engine.CHROMIUM:
        return bool(locate.chromium() and locate.chromedriver())
    if engine is Engine.WEBKIT:
        return bool(locate.webkit() and locate.webkit_driver() and locate.xvfb())
    return bool(locate.firefox() and locate.geckodriver())


@click.command()
@click.argument("browsers", nargs=-1, metavar="[BROWSER]...", type=click.Choice([str(engine) for engine in PACKAGES]))
def main(browsers: Sequence[str]) -> None:
    """Install the browsers and drivers that are missing.

    BROWSER is chromium, firefox or webkit; without any, the command installs the first two.
    """
    sys.exit(_install([Engine(name) for name in browsers] or USUAL))


def _install(asked: Sequence[Engine]) -> int:
    found = [engine for engine in asked if is_there(engine)]
    if found:
        _say(f"{' and '.join(found)}: on this machine already")
    missing = [engine for engine in asked if engine not in found and not _by_selenium_manager(engine)]
    if missing and _can_use_apt():
        _by_apt([package for engine in missing for package in PACKAGES[engine]])
        missing = [engine for engine in missing if not is_there(engine)]
    for engine in missing:
        packages = " ".join(PACKAGES[engine])
        _say(f"{engine} is missing and could not be downloaded; install it (on Debian: apt install {packages})")
    return SETUP_FAILED if missing else 0


def _by_selenium_manager(engine: Engine) -> bool:
    if engine not in NAMES:
        return False
    _say(f"asking Selenium Manager for {engine}")
    try:
        found = managed_paths(NAMES[engine])
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
    main()
