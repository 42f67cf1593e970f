"""The command line: `consentinel COMMAND`."""

from __future__ import annotations

from consentinel.cli.commands import main

__all__ = ["main"]
