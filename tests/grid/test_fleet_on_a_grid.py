"""Thirty sites on the real server with two nodes (marker `grid`), of which one dies in mid-run: each has its result.

They are the reference site, clean and with defects, and the real consent managers' sites, clean and with one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from consentinel.browser.wait import wait_until
from consentinel.fleet.fleet import RESULTS
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.reference_site.serve import RunningSite
from consentinel.report.exit_codes import BROKEN
from tests.calls import ROOT
from tests.consent.conftest import sites
from tests.consent.test_managers import PROFILES
from tests.deployed import site
from tests.fleet.test_reference_fleet import OPTIONS, profile
from tests.grid.local_grid import LocalGrid
from tests.grid.test_features_on_a_grid import two_nodes
from tests.site.deployment.hosts import MANAGERS
from tests.site.deployment.serve import Sites

__all__ = ["site", "sites", "two_nodes"]
pytestmark = pytest.mark.grid

LIMIT = 1500.0
DEFECTS = ("analytics-before-choice", "ga-by-http", "choice-assumed", "advertising-before-choice")
CLEAN = 12
"""How many of the sites are the clean reference site."""
BEFORE = 10
"""How many sites have a result when the node dies."""


def reference(site: RunningSite) -> Iterator[tuple[str, str]]:
    """The reference site's profiles, each with the ending that is right."""
    for defect in DEFECTS:
        yield profile(f"https://{defect}.harbour.localhost:{site.port}"), "broken"
    for _ in range(CLEAN):
        yield profile(f"https://harbour.localhost:{site.port}"), "kept"


def managers(sites: Sites) -> Iterator[tuple[str, str]]:
    """The managers' profiles, likewise."""
    for name in MANAGERS:
        text = (PROFILES / f"{name}.toml").read_text(encoding="utf-8")
        for manner, ending in (("", "kept"), ("analytics-before.", "broken")):
            yield text.replace(f'"https://{name}.localhost"', f'"{sites.url(manner + name, path="")}"', 1), ending


def in_turns(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The profiles by the name of the site, so that each kind is played before a node dies and after it."""
    mixed = [one for pair in zip_longest(first, second) for one in pair if one]
    return {f"site-{number:02}": one for number, one in enumerate(mixed)}


def played(results: Path) -> bool:
    return len([*results.glob("*.json")]) >= BEFORE


def test_a_node_that_dies_costs_no_sites_result(
    two_nodes: LocalGrid, site: RunningSite, sites: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in REFERENCE_ACCOUNT.items():
        monkeypatch.setenv(name, value)
    folder, report, authorities = tmp_path / "sites", tmp_path / "fleet", tmp_path / "authorities.pem"
    folder.mkdir()
    authorities.write_bytes(Path(site.ca_pem).read_bytes() + sites.authority.read_bytes())
    profiles = in_turns([*reference(site)], [*managers(sites)])
    assert len(profiles) == 30
    for name, (text, _) in profiles.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "consentinel", "fleet", str(folder), "--report", str(report), "--jobs", "2", "--"]
    options = ["--ca", str(authorities), "--grid", two_nodes.url, *OPTIONS]
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
    assert ended == {name: ending for name, (_, ending) in profiles.items()}, (tmp_path / "output").read_text()
    assert code == BROKEN
    assert "30 sites: 11 broken and 19 kept." in (report / "index.html").read_text("utf-8")
