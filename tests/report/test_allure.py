"""The folder of Allure results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consentinel.report.schema import Outcome, ScenarioData
from tests.report.builders import (
    finding,
    run,
    scenario,
    step,
)
from tools.report_demo.invented import HOSTILE

pytest.importorskip("allure_pytest_bdd", reason="allure-pytest-bdd is not installed")

from consentinel.report.allure import write_allure


def results(folder: Path, *scenarios: ScenarioData, clean: bool = False) -> list[dict[str, Any]]:
    write_allure(run(*scenarios), folder, folder / "allure", clean=clean)
    return [json.loads(path.read_text("utf-8")) for path in (folder / "allure").glob("*-result.json")]


def test_a_failed_scenario_says_what_was_found_and_where(tmp_path: Path) -> None:
    steps = [step(), step("nothing social is stored", outcome="failed"), step("more", outcome="not run", at=0.0)]

    (made,) = results(tmp_path, scenario("failed", "P24", steps=steps, findings=[finding()]))

    assert (made["name"], made["status"]) == ("A refusal holds", "failed")
    assert made["statusDetails"]["message"] == "P24: The social network set nb_uid after a refusal."
    assert [(one["name"], one["status"]) for one in made["steps"]] == [
        ("Given a new visitor", "passed"),
        ("Given nothing social is stored", "failed"),
        ("Given more", "skipped"),
    ]
    assert {"name": "tag", "value": "P24"} in made["labels"]
    assert made["parameters"] == [{"name": "browser", "value": "Chromium"}]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("passed", "passed"), ("inconclusive", "broken"), ("error", "broken"), ("skipped", "skipped")],
)
def test_each_outcome_has_a_status_of_its_own(outcome: Outcome, status: str, tmp_path: Path) -> None:
    (made,) = results(tmp_path, scenario(outcome, reason="It could not be seen."))

    assert made["status"] == status
    assert made.get("statusDetails", {}).get("message") == (None if outcome == "passed" else "It could not be seen.")


def test_a_step_that_could_not_tell_before_the_breach_does_not_get_its_finding(tmp_path: Path) -> None:
    steps = [step("it is empty", outcome="inconclusive"), step("nothing is stored", outcome="failed")]

    (made,) = results(tmp_path, scenario("failed", "P24", steps=steps, findings=[finding()]))

    assert [bool(one.get("statusDetails", {}).get("message")) for one in made["steps"]] == [False, True]


def test_pictures_and_evidence_come_along(tmp_path: Path) -> None:
    for name in ("one.png", "a.json", "a.har"):
        (tmp_path / name).write_bytes(name.encode())
    steps = [step(picture="one.png"), step(picture="none.png"), step(picture="../out.png")]

    (made,) = results(tmp_path, scenario(steps=steps, timelines=["a.json"], hars=["a.har"]))

    attached = [*made["steps"][0]["attachments"], *made["attachments"]]
    assert [(one["name"], one["type"]) for one in attached] == [
        ("Screenshot", "image/png"),
        ("Timeline", "application/json"),
        ("Traffic (HAR)", "application/json"),
    ]
    told = [(tmp_path / "allure" / one["source"]).read_text("utf-8") for one in attached]
    assert told == ["one.png", "a.json", "a.har"]
    assert all("attachments" not in one for one in made["steps"][1:])


def test_hostile_names_are_tamed_and_shortened(tmp_path: Path) -> None:
    for name in HOSTILE:
        (made,) = results(tmp_path, scenario("failed", scenario=name, findings=[finding(sentence=name)]), clean=True)
        told = json.dumps(made, ensure_ascii=False)
        assert not {"\u202e", "\x00", "\x1b", "\ud83d"} & set(told)
        assert "x" * 700 not in told


def test_a_scenario_is_known_again_in_the_next_run(tmp_path: Path) -> None:
    first, second = results(tmp_path, scenario()) and results(tmp_path, scenario())

    assert first["historyId"] == second["historyId"]
    assert len(results(tmp_path, scenario(), clean=True)) == 1


def test_the_environment_names_site_and_browsers(tmp_path: Path) -> None:
    results(tmp_path, scenario())

    told = (tmp_path / "allure" / "environment.properties").read_text("ascii").splitlines()
    assert told == ["Site=Bluebird", "Address=https://www.site.localhost/", "Chromium=156", "Firefox=153"]
