"""Types of command-line arguments that several commands take."""

from __future__ import annotations

import argparse


def positive_count(text: str) -> int:
    """Return a whole number of 1 or more.

    Raises ValueError or ArgumentTypeError, which argparse turns into one line.
    """
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
