"""All deployments, found in their modules, so that none is forgotten."""

from __future__ import annotations

from types import ModuleType
from typing import TypeVar

from tests.strangers.manners import (
    breaches_beside,
    breaches_by_device,
    breaches_in_apps,
    breaches_in_requests,
    breaches_in_storage,
    breaches_of_consent,
    breaches_of_patience,
    breaches_that_hide,
    clean_answers,
    clean_apps,
    clean_banners,
    clean_choices,
    clean_further,
    clean_managers,
    clean_pages,
    clean_records,
    clean_server_cookies,
    clean_services,
    clean_stores,
    clean_values,
    clean_walls,
)
from tests.strangers.manners.breach import Breach
from tests.strangers.manners.shop import Shop

Deployment = TypeVar("Deployment", bound=Shop)


def defined_in(kind: type[Deployment], *modules: ModuleType) -> tuple[type[Deployment], ...]:
    """The classes of this kind that the modules define themselves, in their order."""
    return tuple(
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, kind)
        and one.__module__ == module.__name__
        and not one.__name__.startswith("_")
    )


BREACHES = defined_in(
    Breach,
    breaches_beside,
    breaches_by_device,
    breaches_in_apps,
    breaches_in_requests,
    breaches_in_storage,
    breaches_of_consent,
    breaches_of_patience,
    breaches_that_hide,
)
CLEAN = defined_in(
    Shop,
    clean_answers,
    clean_apps,
    clean_banners,
    clean_choices,
    clean_further,
    clean_managers,
    clean_pages,
    clean_records,
    clean_server_cookies,
    clean_services,
    clean_stores,
    clean_values,
    clean_walls,
)
