"""A report of an invented run, a Chromium to look at it, and axe-core to judge it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.firefox.service import Service as FirefoxService

from consentinel.browser import locate
from consentinel.report.writer import write_report
from tools.report_demo.files import write_files
from tools.report_demo.invented import invented
from tools.report_demo.nights import nights

AXE = "4.14.1"
_QUIET = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report with faults, hostile names and things that could not be told."""
    folder, run = tmp_path_factory.mktemp("demo"), invented(30, "nightly")
    write_files(run, folder, events=20)
    write_report(run, folder, nights(run))
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    if found := locate.chromium():
        options.binary_location = found
    for argument in _QUIET.split():
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=ChromeService(locate.chromedriver()))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def firefox() -> Iterator[webdriver.Firefox]:
    options = webdriver.FirefoxOptions()
    if found := locate.firefox():
        options.binary_location = found
    options.add_argument("-headless")
    driver = webdriver.Firefox(options=options, service=FirefoxService(locate.geckodriver(), log_output=os.devnull))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, installed by npm into the user's cache once."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "consentinel" / f"axe-core-{AXE}"
    source = cache / "node_modules" / "axe-core" / "axe.min.js"
    if not source.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is not installed, and axe-core comes from it")
        cache.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(cache), "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*command, f"axe-core@{AXE}"], check=True, capture_output=True, timeout=120)
    return source.read_text(encoding="utf-8")
