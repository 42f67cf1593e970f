"""The names of the plugin's options: each has a name that no other plugin uses, and a short one where that is free."""

from __future__ import annotations

from argparse import ArgumentError
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

LONG = "--consent-"
"""How the names begin that no other plugin uses: `--consent-browser` is `--browser` where nobody else has that."""


class OptionGroup(Protocol):
    """A group of pytest's options."""

    def addoption(self, *names: str, **attributes: Any) -> None:
        """Add an option. Raises ArgumentError where another option has one of the names."""


@dataclass(frozen=True, slots=True)
class OptionNames:
    """Adds options under both names."""

    group: OptionGroup

    def add(self, name: str, **attributes: Any) -> None:
        """Add the option `--name`, which is called `--consent-name` too.

        Plugins that are installed are asked before a suite's conftest.py is read: pytest-playwright's `--browser` and
        pytest-base-url's `--base-url` stay theirs.
        """
        long, destination = name.replace("--", LONG, 1), _destination(name)
        try:
            self.group.addoption(name, long, dest=destination, **attributes)
        except ArgumentError:
            self.group.addoption(long, dest=destination, **attributes)


def asked(config: pytest.Config, name: str) -> Any:
    """The value of the option with this short name."""
    return config.getoption(_destination(name))


def _destination(name: str) -> str:
    return f"consent_{name.removeprefix('--').replace('-', '_')}"
