"""Names the plugin's options: each has a long name that no other plugin uses, and a short name if that is free."""

from __future__ import annotations

from argparse import ArgumentError
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

LONG = "--consent-"
"""The prefix of the long names: `--consent-browser` is also `--browser` if no other plugin has that option."""


class OptionGroup(Protocol):
    """A group of pytest options."""

    def addoption(self, *names: str, **attributes: Any) -> None:
        """Add an option. Raises ArgumentError if another option has one of the names."""


@dataclass(frozen=True, slots=True)
class OptionNames:
    """Adds options under both names."""

    group: OptionGroup

    def add(self, name: str, **attributes: Any) -> None:
        """Add the option `--name` with the second name `--consent-name`.

        Installed plugins register their options before a suite's conftest.py is read, so pytest-playwright keeps
        `--browser` and pytest-base-url keeps `--base-url`.
        """
        long, destination = name.replace("--", LONG, 1), _destination(name)
        try:
            self.group.addoption(name, long, dest=destination, **attributes)
        except ArgumentError:
            self.group.addoption(long, dest=destination, **attributes)


def asked(config: pytest.Config, name: str) -> Any:
    """Return the value of the option with this short name."""
    return config.getoption(_destination(name))


def _destination(name: str) -> str:
    return f"consent_{name.removeprefix('--').replace('-', '_')}"
