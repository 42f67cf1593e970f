"""A fleet of real runs: a site that keeps its policy, one with a defect, one that nobody serves, a broken profile."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from consentinel.fleet.__main__ import main
from consentinel.fleet.fleet import RESULTS
from consentinel.fleet.grouping import shared_causes
from consentinel.fleet.result import read
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.reference_site.serve import RunningSite
from consentinel.report import exit_codes
from consentinel.site.load import PROFILES
from tests.commands import code_of
from tests.deployed import site

__all__ = ["site"]
pytestmark = [pytest.mark.strangers, pytest.mark.browser]

OPTIONS = ["first_visit.feature", "-k", "asks_before", "--no-pictures"]


def profile(address: str) -> str:
    """The reference site's profile at another address, without its policy file."""
    text = (PROFILES / "reference.toml").read_text(encoding="utf-8")
    text = text.replace('"https://harbour.localhost"', f'"{address}"', 1)
    return re.sub(r"^policy = .*\n", "", text, count=1, flags=re.MULTILINE)


def test_four_sites_have_four_outcomes_on_one_page(
    site: RunningSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in REFERENCE_ACCOUNT.items():
        monkeypatch.setenv(name, value)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    sites, report = tmp_path / "sites", tmp_path / "fleet"
    sites.mkdir()
    texts = {
        "away": profile(f"https://harbour.localhost:{closed}"),
        "clean": profile(f"https://harbour.localhost:{site.port}"),
        "defect": profile(f"https://analytics-before-choice.harbour.localhost:{site.port}"),
        "wrong": profile("https://harbour.localhost") + '\n[unknown]\nkey = "value"\n',
    }
    for name, text in texts.items():
        (sites / f"{name}.toml").write_text(text, encoding="utf-8")

    own = [str(sites), "--report", str(report), "--budget", "600", "--", "--ca", str(site.ca_pem)]
    assert code_of(main, [*own, *OPTIONS]) == exit_codes.BROKEN

    results = {name: read(report / RESULTS / f"{name}.json") for name in texts}
    assert {name: result and result["ended"] for name, result in results.items()} == {
        "away": "set-up failed",
        "clean": "kept",
        "defect": "broken",
        "wrong": "wrong profile",
    }
    defect = results["defect"]
    assert defect is not None
    (cause,) = shared_causes([defect])
    assert (cause.host, cause.writer) == ("metrics.localhost", ""), "one service, one line"
    page = (report / "index.html").read_text("utf-8")
    assert "4 sites: 1 broken, 1 wrong profile, 1 set-up failed and 1 kept." in page
    assert (report / "sites/clean/index.html").exists()
