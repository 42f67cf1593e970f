"""`-m smoke` selects just what was chosen, by the command and by plain pytest."""

from __future__ import annotations

import subprocess
import sys

import pytest

from consentinel.smoke import ids, read_choice
from tests.calls import ROOT


@pytest.mark.parametrize("command", [["consentinel", "run"], ["pytest", "features"]])
def test_the_marker_selects_what_was_chosen(command: list[str]) -> None:
    asked = [sys.executable, "-m", *command, "-m", "smoke", "--collect-only", "-q", "-p", "no:cacheprovider"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120).stdout
    collected = [line for line in told.splitlines() if "::test_" in line]
    assert len(collected) == len(ids(read_choice())), told
