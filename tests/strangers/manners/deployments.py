"""All deployments, found in their modules, so that none is forgotten."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from tests.strangers import manners
from tests.strangers.manners.breach import Breach
from tests.strangers.manners.shop import Shop

Deployment = TypeVar("Deployment", bound=Shop)


def defined_in(kind: type[Deployment], prefix: str) -> tuple[type[Deployment], ...]:
    """The classes of this kind that the modules called so define themselves, in their order."""
    names = sorted(module.name for module in iter_modules(manners.__path__) if module.name.startswith(prefix))
    modules = [import_module(f"{manners.__name__}.{name}") for name in names]
    return tuple(
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, kind)
        and one.__module__ == module.__name__
        and not one.__name__.startswith("_")
    )


BREACHES = defined_in(Breach, "breaches_")
CLEAN = defined_in(Shop, "clean_")
