"""Calls the project's commands in this process."""

from __future__ import annotations

from collections.abc import Sequence

import click
import pytest


def code_of(command: click.Command, arguments: Sequence[str]) -> int:
    """The exit code of a command. What it prints is the test's to capture."""
    with pytest.raises(SystemExit) as ended:
        command.main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code
