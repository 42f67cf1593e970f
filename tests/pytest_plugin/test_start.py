"""What a run spares itself before its first scenario."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_of_the_proxy_only_what_is_at_work_is_imported() -> None:
    asked = "import sys, consentinel.evidence.proxy; print(*sorted({'flask', 'ldap3', 'passlib'} & {*sys.modules}))"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


def test_the_collector_is_at_work_and_leaves_modules_and_tests_alone() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(sys.modules)
