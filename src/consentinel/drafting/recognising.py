"""Recognises the consent manager that runs on a page."""

from __future__ import annotations

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.autoconsent import Autoconsent
from consentinel.consent.base import ConsentFailure
from consentinel.consent.registry import managers
from consentinel.consent.watching import running
from consentinel.drafting.provisional import LATE


def recognised(driver: WebDriver) -> tuple[str, list[str]]:
    """Return the manager's name, empty where none is recognised, and notes for who reads the draft."""
    managers()
    try:
        return wait_until("a consent manager", lambda: running(driver), LATE)[0], []
    except WaitFailed:
        pass
    try:
        found = Autoconsent.manager_on(driver)
    except ConsentFailure as failure:
        return "", [str(failure)]
    if not found:
        return "", []
    return Autoconsent.name, [f"The rules of autoconsent call the consent manager {found}; they know no categories."]
