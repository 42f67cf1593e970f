"""Thirty sites on the real server with two nodes (marker `grid`), of which one dies in mid-run: each has its result."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from consentinel.browser.wait import wait_until
from consentinel.fleet.fleet import RESULTS
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.reference_site.serve import RunningSite
from consentinel.report.exit_codes import BROKEN
from tests.calls import ROOT
from tests.deployed import site
from tests.fleet.test_reference_fleet import OPTIONS, profile
from tests.grid.local_grid import LocalGrid
from tests.grid.test_features_on_a_grid import two_nodes

__all__ = ["site", "two_nodes"]
pytestmark = pytest.mark.grid

SITES = 30
LIMIT = 1500.0
DEFECTS = {3: "analytics-before-choice", 10: "ga-by-http", 17: "choice-assumed", 24: "advertising-before-choice"}
"""The sites that are broken, by number: two are played before a node dies and two after it."""
BEFORE = 10
"""How many sites have a result when the node dies."""


def played(results: Path) -> bool:
    return len([*results.glob("*.json")]) >= BEFORE


def test_a_node_that_dies_costs_no_sites_result(
    two_nodes: LocalGrid, site: RunningSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in REFERENCE_ACCOUNT.items():
        monkeypatch.setenv(name, value)
    sites, report = tmp_path / "sites", tmp_path / "fleet"
    sites.mkdir()
    for number in range(SITES):
        host = f"{DEFECTS[number]}.harbour.localhost" if number in DEFECTS else "harbour.localhost"
        (sites / f"site-{number:02}.toml").write_text(profile(f"https://{host}:{site.port}"), encoding="utf-8")
    command = [sys.executable, "-m", "consentinel", "fleet", str(sites), "--report", str(report), "--jobs", "2", "--"]
    options = ["--ca", str(site.ca_pem), "--grid", two_nodes.url, *OPTIONS]
    with (tmp_path / "output").open("w") as output:
        fleet = subprocess.Popen([*command, *options], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        results = report / RESULTS
        wait_until("a third of the sites are played", lambda: fleet.poll() is not None or played(results), LIMIT)
        two_nodes.kill("b")
        code = fleet.wait(LIMIT)
    finally:
        fleet.terminate()
        fleet.wait()
    ended = {file.stem: json.loads(file.read_text("utf-8"))["ended"] for file in results.glob("*.json")}
    expected = {f"site-{number:02}": "broken" if number in DEFECTS else "kept" for number in range(SITES)}
    assert ended == expected, (tmp_path / "output").read_text()
    assert code == BROKEN
    assert "30 sites: 4 broken and 26 kept." in (report / "index.html").read_text("utf-8")
