"""Finds the page object of a site's consent manager. Every module of this folder that defines one is known."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from selenium.webdriver.remote.webdriver import WebDriver

import consentinel.consent
from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import ConsentManager, NoManager
from consentinel.consent.dialog import running
from consentinel.site.explain import nearest
from consentinel.site.profile import Profile

AUTO = "auto"

REMEDY = "name it in consent.manager, or describe its dialog in [consent.dialog]"


def manager_for(driver: WebDriver, profile: Profile) -> ConsentManager:
    """The consent manager that the profile names, or, for `auto`, the one that the page runs.

    A named manager is taken at its word: nothing is asked of the page until it is used, and a dialog that does not
    come is then diagnosed as no manager, wrong manager or no dialog. Raises NoManager.
    """
    name = profile.consent.manager
    if name == AUTO:
        name = _recognised(driver, profile.consent.late_s)
    found = managers().get(name)
    if found is None:
        raise NoManager(f"no consent manager is called {name!r}; {nearest(name, list(managers()))}")
    return found(driver, profile)


@cache
def managers() -> dict[str, type[ConsentManager]]:
    """Every consent manager by its name."""
    found: dict[str, type[ConsentManager]] = {}
    for entry in pkgutil.iter_modules(consentinel.consent.__path__):
        module = importlib.import_module(f"{consentinel.consent.__name__}.{entry.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, ConsentManager) and "name" in vars(value):
                found[value.name] = value
    return found


def _recognised(driver: WebDriver, limit: float) -> str:
    """The name of the one manager that runs on the page, waited for `limit` seconds."""
    managers()
    try:
        return wait_until("a consent manager", lambda: running(driver), limit)[0]
    except WaitFailed as error:
        raise NoManager(f"no known consent manager runs on this page; {error}; {REMEDY}") from error
