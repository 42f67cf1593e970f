"""What the command line names."""

from __future__ import annotations

from collections.abc import Iterable


def names_features(arguments: Iterable[str]) -> bool:
    """Whether these arguments, files, folders and test ids, name features."""
    return any("features" in argument or argument.partition("::")[0].endswith(".feature") for argument in arguments)
