"""Records each scenario through pytest-bdd's hooks, and turns the exception that it raised into an outcome."""

from __future__ import annotations

import logging
from collections.abc import Generator

import pytest
from pytest_bdd.parser import Feature, Scenario, Step

from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import among
from consentinel.policy.standing import NotPromised, lacking, open_sentences
from consentinel.pytest_plugin.acted import check_acted
from consentinel.pytest_plugin.collect import FeatureFile
from consentinel.pytest_plugin.deployment import deployment_of, held_of
from consentinel.pytest_plugin.entries import check_entries
from consentinel.pytest_plugin.grid_retry import (
    REASON,
    attempt_of,
    is_lost,
    is_spare,
)
from consentinel.pytest_plugin.in_progress import note
from consentinel.pytest_plugin.internals import example_of, parameters_of, template_of
from consentinel.pytest_plugin.options import promises_of, settings_of
from consentinel.pytest_plugin.outcome import ENDS_THE_RUN, fault_of, outcome_of
from consentinel.pytest_plugin.progress import mark_inconclusive
from consentinel.pytest_plugin.scenario_run import ScenarioRun, StepRun, case_words, stable_id
from consentinel.pytest_plugin.scenario_secrets import keep_secrets, secrets_of
from consentinel.pytest_plugin.serialize import as_property, bare_data, scenario_data
from consentinel.report.schema import Outcome, StepOutcome
from consentinel.shipped import name_of
from consentinel.site.profile import Profile
from consentinel.smoke import WHOLE_VISIT
from consentinel.verdicts.judge import CannotTell, Judge
from consentinel.visitor.resources import Screenshots

SCENARIO_RUN = pytest.StashKey[ScenarioRun]()

log = logging.getLogger(__name__)


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Feature, scenario: Scenario) -> None:
    """List the steps.

    Raises MissingEntry or NotRefusable if the profile lacks what they are about, and NotPromised if the policy does.
    """
    scenario_run = scenario_run_of(request.node)
    scenario_run.steps = [StepRun(step.keyword.strip(), step.name) for step in scenario.steps]
    check_entries(scenario.steps, profile_of(request.node))
    check_promised(scenario_run, deployment_of(request.config).policy)


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step, scenario: Scenario) -> None:
    """Note that a step begins, also on disk."""
    scenario_run, parameters = scenario_run_of(request.node), parameters_of(request.node)
    number = _number(scenario, step)
    scenario_run.begin(number)
    scenario_run.judge.waits = [one.type for one in scenario.steps[number : number + 2]] == ["then", "then"]
    report = settings_of(request.config).report
    note(scenario_run, request.node.nodeid, str(parameters["browser_engine"]), parameters["repetition"], report)


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Step, scenario: Scenario) -> None:
    """Note how a step ended.

    Raises CannotTell if no evidence shows its action, or if a doubt waited for it, and NoOccasion if what the scenario
    is about cannot happen here.
    """
    scenario_run, number = scenario_run_of(request.node), _number(scenario, step)
    scenario_run.end_unbroken(number)
    check_acted(scenario_run, number, profile_of(request.node))
    if not scenario_run.judge.waits:
        scenario_run.judge.tell()
        if step.type == "then":
            scenario_run.judge.need_occasion()


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Step, scenario: Scenario, exception: Exception) -> None:
    """Note the outcome of a step that raised."""
    outcome: StepOutcome = outcome_of(exception)[0]
    scenario_run_of(request.node).end(_number(scenario, step), outcome)


def scenario_run_of(item: pytest.Item) -> ScenarioRun:
    """Return the run of this item's scenario. The first call creates it."""
    if SCENARIO_RUN not in item.stash:
        item.stash[SCENARIO_RUN] = _open_scenario_run(item)
    return item.stash[SCENARIO_RUN]


def _open_scenario_run(item: pytest.Item) -> ScenarioRun:
    settings = settings_of(item.config)
    parameters, template, example = parameters_of(item), template_of(item), example_of(item)
    scenario = template.render(example)
    rule = template.rule
    rule_tags = set(rule.tags) if rule else set()
    tags = set(scenario.tags) | set(template.feature.tags) | rule_tags
    file = name_of(item.path)
    identity = stable_id(
        item.path.stem,
        scenario.name,
        case_words(example),
        parameters["browser_engine"],
        parameters["repetition"],
        parameters["variant"],
    )
    known = promises_of(item.config)
    ids, held = among(tags, known), held_of(item.config)
    holding = [promise for promise in [*among(rule_tags, known), *ids] if promise in held]
    primary = (holding or ids or ["P00"])[0]
    return ScenarioRun(
        id=identity,
        feature=template.feature.name,
        rule=rule.name if rule else "",
        scenario=_title(scenario.name, template.name, example),
        file=file,
        line=template.line_number,
        tags=sorted(tags),
        promises=[primary, *(promise for promise in ids if promise != primary)],
        judge=Judge(primary, held=held),
        screenshots=Screenshots(settings.report, identity) if settings.pictures else None,
        attempt=attempt_of(item),
    )


def check_promised(scenario_run: ScenarioRun, policy: PolicyFile | None) -> None:
    """Raise NotPromised if the policy makes none of the promises that a scenario names, of a whole visit any."""
    named = scenario_run.promises
    missing = lacking(named, scenario_run.judge.held, whole=WHOLE_VISIT in scenario_run.tags)
    if named != ["P00"] and missing:
        raise NotPromised(missing, open_sentences(policy))


def _title(rendered: str, written: str, example: dict[str, str]) -> str:
    """Return a scenario's title. Example values are added if the name uses none, so that each case has its own."""
    unnamed = [value for key, value in example.items() if f"<{key}>" not in written]
    named = len(unnamed) < len(example)
    return rendered if named or not unnamed else f"{rendered} ({', '.join(unnamed)})"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Set a scenario's outcome and reason on its report, and attach its record after the teardown."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if SCENARIO_RUN not in item.stash and not _failed_early(item, error):
        return report
    scenario_run = scenario_run_of(item)
    if call.when in ("setup", "call") and scenario_run.outcome is None and (error or call.when == "call"):
        scenario_run.outcome = _outcome(item, scenario_run, error)
        scenario_run.fault = fault_of(error) if scenario_run.outcome[0] == "error" else ""
        _restate(report, item, scenario_run.outcome, error)
    elif call.when == "teardown" and error:
        _end_badly(scenario_run, error)
    if report.longrepr or report.sections:
        _keep_secrets(report, item)
    if call.when == "teardown":
        if not is_spare(item):
            _attach(item, report)
        scenario_run.close()
        del item.stash[SCENARIO_RUN]
    return report


def _failed_early(item: pytest.Item, error: BaseException | None) -> bool:
    """Return whether a scenario failed before its `ScenarioRun` was created. It needs a record all the same."""
    return isinstance(item.parent, FeatureFile) and fault_of(error) != ""


def _outcome(item: pytest.Item, scenario_run: ScenarioRun, error: BaseException | None) -> tuple[Outcome, str]:
    if isinstance(error, ENDS_THE_RUN):
        scenario_run.ends_the_run = item.session.shouldstop = str(error)
    elif is_lost(item, scenario_run, error):
        return "inconclusive", REASON
    outcome, reason = outcome_of(error)
    waited = scenario_run.judge.doubts
    if waited and outcome in ("inconclusive", "skipped") and not isinstance(error, CannotTell):
        return "inconclusive", str(CannotTell((*waited, reason)))
    return outcome, reason


def _end_badly(scenario_run: ScenarioRun, error: BaseException) -> None:
    """Handle an error of a fixture's teardown: the outcome is an error, unless a breach or an error was found."""
    _, reason = outcome_of(error)
    message = f"after the scenario's end: {reason or type(error).__name__}"
    if scenario_run.outcome is not None and scenario_run.outcome[0] in ("failed", "error"):
        scenario_run.problems.append(f"“{scenario_run.scenario}”: {message}")
    else:
        scenario_run.outcome, scenario_run.fault = ("error", message), "exception"


def _restate(
    report: pytest.TestReport, item: pytest.Item, ended: tuple[Outcome, str], error: BaseException | None
) -> None:
    """Set a report's outcome. A scenario stands by its line in the feature, what the profile lacks by the profile."""
    outcome, reason = ended
    scenario_run = item.stash[SCENARIO_RUN]
    if outcome == "failed":
        report.outcome, report.longrepr = "failed", str(error)
    elif outcome == "inconclusive":
        mark_inconclusive(report, scenario_run.file, scenario_run.line, reason)
    elif outcome == "skipped":
        report.outcome = "skipped"
        report.longrepr = (settings_of(item.config).site, None, reason)  # type: ignore[assignment]


def profile_of(item: pytest.Item) -> Profile:
    """Return the profile of the site that this item's scenario visits."""
    return deployment_of(item.config).at(parameters_of(item)["variant"])


def _attach(item: pytest.Item, report: pytest.TestReport) -> None:
    scenario_run = item.stash[SCENARIO_RUN]
    outcome, reason = scenario_run.outcome or ("inconclusive", "the scenario did not run to its end")
    parameters = parameters_of(item)
    engine, repetition = str(parameters["browser_engine"]), parameters["repetition"]
    try:
        data = scenario_data(
            scenario_run, profile_of(item), settings_of(item.config), engine, repetition, outcome, reason
        )
    except Exception as error:
        log.exception("the record of a scenario could not be made")
        data = bare_data(scenario_run, profile_of(item), engine, repetition, outcome, error)
        report.outcome = "failed"
        report.longrepr = report.longrepr or data["reason"]
    report.user_properties = [*report.user_properties, as_property(scenario_run, data)]


def _keep_secrets(report: pytest.TestReport, item: pytest.Item) -> None:
    """Remove secrets from a report. If the secrets cannot be determined, hide the whole report."""
    try:
        keep_secrets(report, secrets_of(profile_of(item), scenario_run_of(item).visitors))
    except Exception as error:  # noqa: BLE001 - the error's message may contain a secret
        report.sections = []
        report.longrepr = f"hidden: what in it is secret could not be found out ({type(error).__name__})"


def _number(scenario: Scenario, step: Step) -> int:
    return next(number for number, candidate in enumerate(scenario.steps) if candidate is step)
