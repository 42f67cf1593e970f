"""Finds the suite that the package ships: features, steps, pages and fixtures of the published policy."""

from __future__ import annotations

import pkgutil
from pathlib import Path

_SUITE = Path(__file__).parent / "suite"

FEATURES = (_SUITE / "features").resolve()
"""The folder of the features. In a checkout it is the one at the top, to which the package links."""

STEPS = (_SUITE / "steps").resolve()
"""The folder of the modules with steps."""


def feature_files() -> list[Path]:
    """Return the shipped feature files, those of the packs of rules in `rules/` included, sorted by path."""
    return sorted(FEATURES.rglob("*.feature"))


def name_of(file: Path) -> str:
    """Return the name of a feature file, with the folder below FEATURES where it lies in one."""
    return file.relative_to(FEATURES).as_posix() if file.is_relative_to(FEATURES) else file.name


def modules_of(folder: str) -> list[str]:
    """Return the full names of the modules of `fixtures`, `pages` or `steps`."""
    return [f"consentinel.suite.{folder}.{found.name}" for found in pkgutil.iter_modules([str(_SUITE / folder)])]
