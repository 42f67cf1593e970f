"""Finds the page object of a site's consent manager.

Known are the managers that the modules of this folder define, those of installed packages that declare an entry point
in the group `consentinel.consent`, and the one of the file that the profile names.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from selenium.webdriver.remote.webdriver import WebDriver

import consentinel.consent
from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import ConsentManager, NoManager, Unfamiliar
from consentinel.consent.watching import running
from consentinel.site.explain import nearest
from consentinel.site.profile import Profile

AUTO = "auto"

GROUP = "consentinel.consent"
"""The group of entry points by which an installed package adds consent managers; each names a module."""

REMEDY = "name it in consent.manager, or describe its dialog in [consent.dialog]"


def manager_for(driver: WebDriver, profile: Profile) -> ConsentManager:
    """Return the consent manager that the profile names, or, for `auto`, the one that the page runs.

    A named manager is taken at its word: nothing is asked of the page until it is used, and a dialog that does not
    come is then diagnosed as no manager, wrong manager or no dialog. Raises NoManager.
    """
    name = profile.consent.manager
    return _called(_recognised(driver, profile) if name == AUTO else name, profile)(driver, profile)


def check_manager(profile: Profile) -> None:
    """Check that there is a manager of the name that the profile gives, without a browser. Raises NoManager."""
    if profile.consent.manager != AUTO:
        _called(profile.consent.manager, profile)


def _called(name: str, profile: Profile) -> type[ConsentManager]:
    known = {**managers(), **(managers_of_file(profile.consent.module) if profile.consent.module else {})}
    found = known.get(name)
    if found is None:
        raise NoManager(f"no consent manager is called {name!r}; {nearest(name, list(known))}")
    return found


@cache
def managers() -> dict[str, type[ConsentManager]]:
    """Return every consent manager by its name."""
    found: dict[str, type[ConsentManager]] = {}
    for entry in pkgutil.iter_modules(consentinel.consent.__path__):
        found |= _managers_in(importlib.import_module(f"{consentinel.consent.__name__}.{entry.name}"))
    for declared in entry_points(group=GROUP):
        found |= _managers_in(declared.load())
    return found


@cache
def managers_of_file(file: str) -> dict[str, type[ConsentManager]]:
    """Return the consent managers that a Python file defines, by name. Raises NoManager where it cannot be imported."""
    specification = spec_from_file_location(f"consentinel_own_{Path(file).stem}", file)
    if specification is None or specification.loader is None:
        raise NoManager(f"consent.module = {file!r} is no Python file")
    module = module_from_spec(specification)
    try:
        specification.loader.exec_module(module)
    except Exception as error:
        raise NoManager(f"consent.module = {file!r} cannot be imported: {type(error).__name__}: {error}") from error
    return _managers_in(module)


def _managers_in(module: ModuleType) -> dict[str, type[ConsentManager]]:
    classes = (value for value in vars(module).values() if isinstance(value, type))
    return {one.name: one for one in classes if issubclass(one, ConsentManager) and "name" in vars(one)}


def _recognised(driver: WebDriver, profile: Profile) -> str:
    """Return the name of the manager that runs on the page and, where several do, asks.

    Waits for each `late_s` seconds. Raises NoManager, or Unfamiliar where none of several or more than one asks.
    """
    limit = profile.consent.late_s
    managers()
    try:
        names = wait_until("a consent manager", lambda: running(driver), limit)
    except WaitFailed as error:
        raise NoManager(f"no known consent manager runs on this page; {error}; {REMEDY}") from error
    if len(names) == 1:
        return names[0]
    asking: tuple[str, ...] = ()
    with contextlib.suppress(WaitFailed):
        asking = wait_until("one of them to ask", lambda: _asking(names, driver, profile), limit)
    if len(asking) != 1:
        how = "several ask" if asking else "none asks"
        raise Unfamiliar(f"{' and '.join(names)} run on this page and {how}; name one in consent.manager")
    return asking[0]


def _asking(names: Sequence[str], driver: WebDriver, profile: Profile) -> tuple[str, ...]:
    return tuple(name for name in names if managers()[name](driver, profile).is_asking())
