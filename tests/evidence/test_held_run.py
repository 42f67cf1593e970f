"""A whole run with `[allow] services = "hold"`: the services' own log holds not one hit, the record holds them all."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite, start
from consentinel.site.classify import category_of_address
from consentinel.site.load import load_profile
from consentinel.site.profile import Category, Profile
from tests.calls import ROOT, call
from tests.completeness.log import ServerLog

FEATURES = ("analytics", "advertising", "social")
PLAYED = "service_is_told or campaign_is_counted or error_is_counted or advertising_is_at_work or (social and at_work)"
"""Scenarios of visitors who allow services, so that these would hear of them."""

LIMIT = 600.0
LOADED = frozenset({"script", "style", "iframe"})
"""What services may still be asked for: scripts, style sheets and frames count nobody by themselves."""


def profile_of(site: RunningSite, folder: Path) -> Path:
    source = ROOT / "src" / "consentinel" / "site" / "profiles" / "reference.toml"
    text = source.read_text(encoding="utf-8").replace('"https://harbour.localhost"', f'"{site.url(path="")}"')
    text = text.replace('"../../reference_site/', f'"{source.parents[2] / "reference_site"}/')
    file = folder / "held.toml"
    file.write_text(text.replace("[allow]\n", '[allow]\nservices = "hold"\n'), encoding="utf-8")
    return file


def played(site: RunningSite, profile: Path, browser: str, report: Path) -> dict[str, Any]:
    """The record of the run."""
    features = [f"features/{name}.feature" for name in FEATURES]
    command = ["pytest", *features, "-k", PLAYED, "-q", "-p", "no:cacheprovider"]
    options = ["--site", str(profile), "--ca", str(site.ca_pem), "--browser", browser, "--report", str(report)]
    done = call(*command, *options, "--no-pictures", limit=LIMIT, environment=REFERENCE_ACCOUNT)
    assert (report / "run.json").exists(), done.stdout + done.stderr
    run: dict[str, Any] = json.loads((report / "run.json").read_text("ascii"))
    assert run["problems"] == []
    return run


def is_service(url: str, profile: Profile) -> bool:
    return category_of_address(url, profile) not in (None, Category.FUNCTIONALITY)


def recorded(report: Path, profile: Profile) -> Counter[str]:
    """How often the record says that services were sent something which the harness answered, by host."""
    entries = [
        entry["request"]["url"]
        for file in (report / "hars").glob("*.har")
        for entry in json.loads(file.read_text("utf-8"))["log"]["entries"]
        if entry["response"]["status"] in (200, 204)
    ]
    sent = [urlsplit(url) for url in entries if is_service(url, profile)]
    return Counter(url.hostname or "" for url in sent if url.path in ("/g/collect", "/pixel", "/known"))


@pytest.mark.browser
@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_no_service_is_hit_by_a_run_in_which_everything_is_allowed(tmp_path: Path, browser: str) -> None:
    with start() as site:
        log, file = ServerLog(site), profile_of(site, tmp_path)
        run = played(site, file, browser, tmp_path / "report")
        seen = log.entries()
    profile = load_profile(str(file), None, {**REFERENCE_ACCOUNT})
    assert profile.allow.services == "hold"
    outcomes = Counter(one["outcome"] for one in run["scenarios"])
    assert outcomes["passed"] >= 4, outcomes
    assert {"failed", "error"}.isdisjoint(outcomes), [one["reason"] for one in run["scenarios"]]
    services = [one for one in seen if is_service(f"https://{one['host']}{one['path']}", profile)]
    assert {one["host"] for one in services} >= {hosts.METRICS, hosts.ADNET}, "their scripts come from them"
    hits = [(one["method"], one["host"], one["path"]) for one in services if kind(one) not in LOADED]
    assert hits == []
    sent = recorded(tmp_path / "report", profile)
    assert sent[hosts.METRICS] >= 4
    assert sent[hosts.ADNET] >= 1


def kind(entry: dict[str, Any]) -> str:
    return str(entry["headers"].get("sec-fetch-dest", "")) if entry["method"] == "GET" else entry["method"]
