"""run.json and Cucumber JSON."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from consentinel.report.cucumber import cucumber_json
from consentinel.report.schema import VERSION, Outcome, json_schema
from consentinel.report.writer import write_report
from tests.report.builders import (
    finding,
    run,
    scenario,
    step,
)
from tools.report_demo.invented import Mood, invented

_SCHEMA = Path(__file__).parents[2] / "src/consentinel/report" / "run.schema.json"


def test_the_schema_file_is_up_to_date() -> None:
    written = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    assert written == json_schema(), "run: python -m consentinel.report.schema > src/consentinel/report/run.schema.json"


@pytest.mark.parametrize("mood", ["broken", "clean", "interrupted"])
def test_run_json_is_as_the_schema_says(mood: Mood, tmp_path: Path) -> None:
    write_report(invented(30, mood), tmp_path)
    document = json.loads((tmp_path / "run.json").read_text(encoding="ascii"))

    jsonschema.Draft202012Validator(json_schema()).validate(document)
    assert document["version"] == VERSION


def test_a_wrong_document_is_refused() -> None:
    document = dict(run(scenario("passed", "P24")), version=VERSION + 1)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json_schema())


def test_cucumber_has_a_feature_per_file_and_browser() -> None:
    features = cucumber_json(run(scenario("passed", "P24"), scenario("passed", "P24", browser="firefox")))

    assert [feature["name"] for feature in features] == [
        "Social network cookies (Chromium)",
        "Social network cookies (Firefox)",
    ]
    assert features[0]["elements"][0]["steps"][0] == {
        "keyword": "Given ",
        "name": "a new visitor",
        "line": 12,
        "match": {"location": "features/social.feature"},
        "result": {"status": "passed", "duration": 500_000_000},
    }
    assert features[0]["elements"][0]["tags"] == [{"name": "@P24", "line": 12}]


def test_cucumber_shows_the_finding_where_the_scenario_failed() -> None:
    steps = [step(), step("nothing social is stored", outcome="failed"), step("more", outcome="not run")]
    made = run(scenario("failed", "P24", steps=steps, findings=[finding()]))

    results = [one["result"] for one in cucumber_json(made)[0]["elements"][0]["steps"]]

    assert [result["status"] for result in results] == ["passed", "failed", "skipped"]
    assert results[1]["error_message"] == "P24: The social network set nb_uid after a refusal."


def test_cucumber_shows_no_finding_at_a_step_that_could_not_tell_before() -> None:
    steps = [step("it is empty", outcome="inconclusive"), step("nothing is stored", outcome="failed")]
    made = run(scenario("failed", "P24", steps=steps, findings=[finding()]))

    results = [one["result"] for one in cucumber_json(made)[0]["elements"][0]["steps"]]

    assert ["error_message" in result for result in results] == [False, True]


@pytest.mark.parametrize(
    ("outcome", "status"), [("failed", "failed"), ("error", "failed"), ("inconclusive", "pending")]
)
def test_cucumber_never_shows_as_passed_what_did_not_pass(outcome: Outcome, status: str) -> None:
    made = run(scenario(outcome, "P24", reason="It could not be seen."))

    last = cucumber_json(made)[0]["elements"][0]["steps"][-1]

    assert last["result"]["status"] == status
    assert last["result"]["error_message"] == "It could not be seen."


def test_cucumber_embeds_pictures_that_exist(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(b"PNG")
    made = run(scenario(steps=[step(picture="one.png"), step(picture="none.png"), step(picture="../out.png")]))

    steps = cucumber_json(made, tmp_path)[0]["elements"][0]["steps"]

    assert [one.get("embeddings") for one in steps] == [[{"mime_type": "image/png", "data": "UE5H"}], None, None]
