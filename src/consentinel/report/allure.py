"""The run as a folder of Allure results, for teams that already read Allure reports.

Written from the record and not by `allure-pytest-bdd` itself, which would write out every object that a step is given:
session ids, folders and whatever else their text holds. What is hidden in the report is hidden here too.

An inconclusive scenario and one that ended in an error have Allure's status `broken`, which means that the test gave
no answer.
"""

from __future__ import annotations

import json
import mimetypes
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Attachment, Label, Parameter, Status, StatusDetails, TestResult, TestStepResult
from allure_commons.types import LabelType

from consentinel.report.links import inside
from consentinel.report.outcomes import deciding_step
from consentinel.report.promises import reason
from consentinel.report.scenario_key import coordinates
from consentinel.report.schema import (
    FindingData,
    RunData,
    ScenarioData,
    StepData,
)
from consentinel.report.text import browser, plain, version

_STATUS = {
    "passed": Status.PASSED,
    "failed": Status.FAILED,
    "error": Status.BROKEN,
    "inconclusive": Status.BROKEN,
    "skipped": Status.SKIPPED,
    "not run": Status.SKIPPED,
}
_CATEGORIES = (("Broken promises", Status.FAILED), ("Could not tell, or an error", Status.BROKEN))


def write_allure(run: RunData, report: Path, folder: Path, *, clean: bool) -> None:
    """Writes the results into `folder`, which is emptied first if `clean`; `report` holds pictures and evidence.

    Raises OSError if the folder cannot be written.
    """
    if clean:
        shutil.rmtree(folder, ignore_errors=True)
    logger = AllureFileLogger(folder)
    for scenario in run["scenarios"]:
        logger.report_result(_result(scenario, _Attachments(report, folder)))
    categories = [{"name": name, "matchedStatuses": [status]} for name, status in _CATEGORIES]
    (folder / "categories.json").write_text(json.dumps(categories), encoding="ascii")
    (folder / "environment.properties").write_text(_environment(run), encoding="ascii", errors="backslashreplace")


class _Attachments:
    """Adds files of the report to the results, as hard links where the file system allows them."""

    def __init__(self, report: Path, folder: Path) -> None:
        self._report = report
        self._folder = folder

    def take(self, path: str, name: str) -> Iterator[Attachment]:
        """Yield the attachment, or nothing if the file is missing or outside the report's folder."""
        source = self._report / path
        if not inside(path) or not source.is_file():
            return
        target = self._folder / f"{uuid.uuid4()}-attachment{source.suffix}"
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
        kind = mimetypes.guess_type(source.name)[0] or "application/json"  # which a HAR is
        yield Attachment(name=name, source=target.name, type=kind)


def _result(scenario: ScenarioData, attachments: _Attachments) -> TestResult:
    identity = coordinates(scenario)
    result = TestResult(
        uuid=str(uuid.uuid4()),
        historyId=identity,
        testCaseId=identity,
        fullName=plain(f"{scenario['file']}:{scenario['line']} {scenario['scenario']}"),
        name=plain(scenario["scenario"]),
        description=plain(scenario["rule"]),
        status=_STATUS[scenario["outcome"]],
        start=_ms(scenario["started"]),
        stop=_ms(scenario["started"] + scenario["seconds"]),
        parameters=[Parameter("browser", browser(scenario["browser"]))],
        labels=[Label(kind, plain(value)) for kind, value in _labels(scenario)],
        titlePath=["features", plain(scenario["feature"])],
    )
    result.statusDetails = _details(scenario)
    result.steps = [_step(step, scenario, attachments) for step in scenario["steps"]]
    for title, paths in (("Timeline", scenario["timelines"]), ("Traffic (HAR)", scenario["hars"])):
        result.attachments += [taken for path in paths for taken in attachments.take(path, title)]
    return result


def _labels(scenario: ScenarioData) -> Iterator[tuple[str, str]]:
    yield LabelType.FEATURE, scenario["feature"]
    if scenario["rule"]:
        yield LabelType.STORY, scenario["rule"]
    yield LabelType.PARENT_SUITE, browser(scenario["browser"])
    yield LabelType.SUITE, scenario["feature"]
    for tag in scenario["tags"]:
        yield LabelType.TAG, tag
    if scenario["worker"]:
        yield LabelType.THREAD, scenario["worker"]
    yield LabelType.FRAMEWORK, "pytest-bdd"


def _step(step: StepData, scenario: ScenarioData, attachments: _Attachments) -> TestStepResult:
    at = step["at"] or scenario["started"]
    result = TestStepResult(
        name=plain(f"{step['keyword'].strip()} {step['text']}"),
        status=_STATUS[step["outcome"]],
        start=_ms(at),
        stop=_ms(at + step["seconds"]),
        attachments=list(attachments.take(step["picture"], "Screenshot")),
    )
    if step is deciding_step(scenario) and step["outcome"] != "skipped":
        result.statusDetails = _details(scenario)
    return result


def _details(scenario: ScenarioData) -> StatusDetails | None:
    """Return the findings, one a line, or the reason why the scenario did not pass."""
    if scenario["findings"]:
        return StatusDetails(message="\n".join(map(_line, scenario["findings"])))
    return None if scenario["outcome"] == "passed" else StatusDetails(message=plain(reason(scenario), 2000))


def _line(finding: FindingData) -> str:
    return f"{finding['promise'] or finding['rule']}: {plain(finding['sentence'], 600)}"


def _environment(run: RunData) -> str:
    """Return a Java properties file: a backslash would begin an escape."""
    lines = {"Site": run["site"], "Address": run["base_url"]}
    lines |= {browser(name): version(reported) for name, reported in run["browsers"].items()}
    return "".join(
        f"{name.replace(' ', '_')}={plain(value, 200)}\n".replace("\\", "/") for name, value in lines.items()
    )


def _ms(epoch: float) -> int:
    return round(epoch * 1000)
