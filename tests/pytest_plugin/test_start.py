"""What a run spares itself before its first scenario."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _imported_by(module: str, *searched: str) -> set[str]:
    """Which of the searched modules a process has once it has imported one."""
    asked = f"import sys, {module}; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    return {*searched} & {*told.stdout.split()}


def test_of_the_proxy_only_what_is_at_work_is_imported() -> None:
    assert _imported_by("consentinel.evidence.proxy", "flask", "ldap3", "passlib", "mitmproxy") == {"mitmproxy"}


def test_only_a_run_that_visits_a_defect_imports_the_defects() -> None:
    defects, hosts = "consentinel.reference_site.defects", "consentinel.reference_site.hosts"
    assert _imported_by("consentinel.pytest_plugin.deployment", defects, hosts) == {hosts}


def test_the_collector_is_at_work_and_leaves_modules_and_tests_alone() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(sys.modules)
