"""Gardens whose policy and reality have drifted apart, played by the real commands, and gardens that only look so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from consentinel.policy.promises import promises
from consentinel.reference_site import hosts
from consentinel.reference_site.defects.garden_drift import GHOSTS, TEXT_DECOYS, TEXTS
from consentinel.reference_site.defects.model import Defect
from consentinel.reference_site.serve import RunningSite, start
from consentinel.report.exit_codes import DRIFT
from consentinel.report.history import RUNS, Store
from consentinel.report.schema import RunData
from consentinel.site.load import PROFILES
from tests.calls import call

CONFIRMED = PROFILES.parent.parent / "reference_site" / "garden" / "policy.toml"
LIMIT = 300.0
NIGHT = 86_400.0


@pytest.fixture(scope="module")
def site() -> Iterator[RunningSite]:
    with start() as running:
        yield running


def confirmed_at(site: RunningSite, host: str, folder: Path) -> Path:
    """A profile with the garden's policy file, which names the address of one deployment."""
    text = CONFIRMED.read_text(encoding="utf-8")
    published = f'url = "https://{hosts.GARDEN}/cookies"'
    assert published in text
    address = f'url = "https://{host}:{site.port}/cookies"'
    (folder / "policy.toml").write_text(text.replace(published, address), encoding="utf-8")
    profile = folder / "garden.toml"
    profile.write_text('policy = "policy.toml"\n[site]\nname = "Fernbank"\n', encoding="utf-8")
    return profile


def checked(site: RunningSite, host: str, folder: Path, *options: str) -> tuple[int, str]:
    """The exit code and the words of `consentinel policy check` on one deployment."""
    profile = confirmed_at(site, host, folder)
    done = call(
        *("consentinel", "policy", "check", "--site", str(profile), "--ca", str(site.ca_pem), *options), limit=LIMIT
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("defect", TEXTS, ids=lambda defect: defect.name)
def test_a_changed_text_is_told_with_its_sentence_and_what_may_be_stale(
    site: RunningSite, defect: Defect, tmp_path: Path
) -> None:
    code, said = checked(site, defect.host, tmp_path)
    assert code == DRIFT, said
    assert "1 change since" in said
    assert all(truth.name in said for truth in defect.expected), said
    stale = [line for line in said.splitlines() if line.startswith("may be stale: ")]
    assert stale == (_stale(defect.promises, tmp_path / "garden.toml") if defect.promises else [])


def _stale(promises: Sequence[str], profile: Path) -> list[str]:
    command = f'consentinel run --site {profile} -m "{" or ".join(promises)}"'
    return [f"may be stale: {', '.join(promises)}; their scenarios: {command}"]


@pytest.mark.parametrize("host", [hosts.GARDEN, f"{TEXT_DECOYS}.{hosts.GARDEN}"])
def test_a_text_that_only_looks_changed_is_unchanged(site: RunningSite, host: str, tmp_path: Path) -> None:
    code, said = checked(site, host, tmp_path)
    assert (code, said.startswith("unchanged: ")) == (0, True), said


def played(site: RunningSite, host: str, folder: Path) -> RunData:
    """The record of a real run on a deployment, in which everything was accepted and three pages were read."""
    done = call(
        *("pytest", "features/register.feature", "-k", "accepting", "-q", "-p", "no:cacheprovider", "--site", "garden"),
        *("--base-url", f"https://{host}:{site.port}", "--ca", str(site.ca_pem), "--report", str(folder / "report")),
        *("--no-pictures", "--no-evidence"),
        limit=LIMIT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    run: RunData = json.loads((folder / "report" / "run.json").read_text(encoding="ascii"))
    return run


def kept(run: RunData, nights: int, file: Path) -> Path:
    """A history in which so many more nights have said the same."""
    with Store(file) as store:
        for _ in range(nights):
            run["started"] += NIGHT
            store.save(run)
    return file


@pytest.mark.parametrize("defect", GHOSTS, ids=lambda defect: defect.name)
def test_a_row_that_several_runs_have_looked_for_in_vain_is_drift(
    site: RunningSite, defect: Defect, tmp_path: Path
) -> None:
    (truth,) = defect.expected
    run, history = played(site, defect.host, tmp_path), tmp_path / "history.sqlite"
    code, said = checked(site, defect.host, tmp_path, "--history", str(kept(run, RUNS - 1, history)))
    assert (code, "nobody has seen it" in said) == (0, False), said
    code, said = checked(site, defect.host, tmp_path, "--history", str(kept(run, 1, history)))
    assert code == DRIFT, said
    told = [line for line in said.splitlines() if "nobody has seen it" in line]
    assert len(told) == 1
    assert f'lists "{truth.name}"' in told[0]


def test_a_garden_that_keeps_what_its_table_lists_has_no_such_row(site: RunningSite, tmp_path: Path) -> None:
    run = played(site, hosts.GARDEN, tmp_path)
    code, said = checked(site, hosts.GARDEN, tmp_path, "--history", str(kept(run, RUNS, tmp_path / "history.sqlite")))
    assert (code, "nobody has seen it" in said) == (0, False), said
    # Those that only a language or a sign-in sets: which page does it, the file does not say.
    untold = [line.split('"')[1] for line in said.splitlines() if line.startswith("could not tell whether")]
    assert untold == ["fb_session", "fb_lang"]


def test_each_names_promises_that_there_are() -> None:
    known = {one.id for one in promises()}
    assert {promise for defect in (*TEXTS, *GHOSTS) for promise in defect.promises} <= known
