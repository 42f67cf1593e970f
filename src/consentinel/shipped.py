"""Where the suite lies that the package ships: features, steps, pages and fixtures of the published policy."""

from __future__ import annotations

import pkgutil
from pathlib import Path

_SUITE = Path(__file__).parent / "suite"

FEATURES = (_SUITE / "features").resolve()
"""The folder of the features. In a checkout it is the one at the top, to which the package links."""

ROOT = FEATURES.parent
"""The folder that holds the features and the conftest.py that they need."""


def modules_of(folder: str) -> list[str]:
    """The full names of the modules of `fixtures`, `pages` or `steps`."""
    return [f"consentinel.suite.{folder}.{found.name}" for found in pkgutil.iter_modules([str(_SUITE / folder)])]
