"""No scenario passes on the reference site that did not do what its sentences say.

Each action of the page objects is replaced by nothing, and by its opposite where it has one: no scenario in which it
is called may then still pass. The fast share plays one scenario for each of a few mutations.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.calls import call
from tests.mutation.actions import MUTATIONS, Mutation

INDEPENDENT: dict[str, tuple[str, ...]] = {}
"""Scenarios whose verdict does not depend on an action that they call, by the mutation's name. None is known."""

SHARE = {
    "Choices.accept_all->nothing": "features/anonymity.feature::test_after_accepting_everything",
    "DialogManager.accept_all->refuse_all": "features/preferences.feature::test_the_policys_table_names_what_is_stored",
    "DialogManager.set_category->set_other_way": "features/choice.feature::test_a_choice_holds_on_the_subdomain",
    "Reading.read_articles->nothing": "features/choice.feature::test_a_refusal_is_not_made_up_for_by_addresses",
    "Reading.wait->nothing": "features/similar_technologies.feature::test_before_a_choice_no_other_store",
    "Visitor.remove_all_cookies->nothing": "features/forgetting.feature::test_no_identifier_comes_back",
}
"""One scenario each that would pass if nobody looked, as the beginning of its id."""

pytestmark = pytest.mark.browser


def play(folder: Path, mutation: str, *features: str, nodes: Sequence[str] = (), limit: float) -> list[dict[str, Any]]:
    """How the scenarios ended under a mutation: their ids, outcomes, reasons and the actions that they called."""
    outcomes, scenarios = folder / "outcomes.jsonl", folder / "scenarios.txt"
    scenarios.write_text("\n".join(nodes), encoding="utf-8")
    named = {"SCENARIOS": str(scenarios)} if nodes else {}
    environment = {"MUTATION": mutation, "OUTCOMES": str(outcomes), **named}
    command = ["pytest", "-p", "tests.mutation.plugin", "-q", "-p", "no:cacheprovider", *features]
    command += ["--no-evidence", "--no-pictures", "--report", str(folder / "report")]
    ended = call(*command, limit=limit, environment=environment)
    assert outcomes.exists(), ended.stdout + ended.stderr
    return [json.loads(line) for line in outcomes.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", SHARE)
def test_a_scenario_that_did_not_act_does_not_pass(name: str, tmp_path: Path) -> None:
    assert name in {mutation.name for mutation in MUTATIONS}
    feature, _, scenario = SHARE[name].partition("::test_")
    ended = play(tmp_path, name, feature, "-k", scenario, limit=120)
    assert ended
    assert "passed" not in {one["outcome"] for one in ended}, ended


@pytest.fixture(scope="session")
def survey(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The scenarios as they end with nothing replaced, and the actions that each calls."""
    ended = play(tmp_path_factory.mktemp("survey"), "", "features", limit=3600)
    assert {one["outcome"] for one in ended} == {"passed"}, [one for one in ended if one["outcome"] != "passed"]
    return ended


@pytest.mark.mutation
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_no_scenario_passes_without_this_action(
    mutation: Mutation, survey: list[dict[str, Any]], tmp_path: Path
) -> None:
    nodes = [one["node"] for one in survey if mutation.action in one["called"]]
    assert nodes, "no scenario calls this action"
    ended = play(tmp_path, mutation.name, "features", nodes=nodes, limit=3600)
    assert len(ended) == len(nodes)
    passed = {one["node"] for one in ended if one["outcome"] == "passed"}
    assert passed == set(INDEPENDENT.get(mutation.name, ()))
