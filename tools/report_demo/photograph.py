"""A photograph of a report's first page, for the project's front page."""

from __future__ import annotations

from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from consentinel.browser import locate

_WIDE, _HIGH = 1120, 1120
_ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars")


def photograph(page: Path, picture: Path) -> None:
    """Opens the page in a headless Chromium and writes the upper part of it to `picture`, a PNG file."""
    options = webdriver.ChromeOptions()
    options.binary_location = locate.chromium() or ""
    for argument in (*_ARGUMENTS, f"--window-size={_WIDE},{_HIGH}"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(locate.chromedriver()))
    try:
        driver.get(page.resolve().as_uri())
        driver.save_screenshot(str(picture))
    finally:
        driver.quit()
