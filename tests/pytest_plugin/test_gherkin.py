"""What is wrong with a feature file is said before anything runs: no scenario is lost, no sentence has two meanings."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import parsers
from pytest_bdd.steps import StepFunctionContext

from consentinel.pytest_plugin import sentences
from consentinel.pytest_plugin.gherkin import FeatureError, Written, written
from tests.pytest_plugin.builders import feature

FEATURES = sorted((Path(__file__).parents[2] / "features").rglob("*.feature"))


def test_scenarios_are_counted_with_their_examples_and_under_their_rules(tmp_path: Path) -> None:
    text = """\
Feature: F
  Background:
    Given a new visitor
  Scenario: plain
    When they look
  Rule: R
    Scenario Outline: many
      When they visit the <page>
      Examples:
        | page |
        | a    |
        | b    |
      @more
      Examples:
        | page |
        | c    |
    Scenario Outline: none yet
      When they visit the <page>
      Examples:
        | page |
"""
    assert written(feature(tmp_path, text)) == [
        Written("plain", 4, 1),
        Written("many", 7, 3),
        Written("none yet", 17, 0),
    ]


@pytest.mark.parametrize("between", ["", "  Rule: Another\n"])
def test_two_scenarios_of_one_name_are_refused_under_different_rules_too(tmp_path: Path, between: str) -> None:
    text = f"Feature: F\n  Rule: One\n    Scenario: same\n      When a\n{between}    Scenario: same\n      When b\n"
    line = 6 if between else 5
    with pytest.raises(
        FeatureError, match=rf'\Asome\.feature:{line}: a second scenario is called "same"; give it a name'
    ):
        written(feature(tmp_path, text))


def test_a_file_that_does_not_parse_says_where_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match=r"\Asome\.feature: \(4:5\)[^\n]*\Z"):
        written(feature(tmp_path, "Feature: F\n  Scenario: x\n    When a\n    Nonsense\n"))


def test_an_empty_file_has_no_scenarios(tmp_path: Path) -> None:
    assert written(feature(tmp_path, "")) == []


OUTLINE = """\
Feature: F
  Scenario Outline: o
    Given a <kind> visitor
    When they look
    Examples:
      | kind |
      | new  |
      | old  |
"""


def context(sentence: str, kind: str | None) -> StepFunctionContext:
    def step() -> None: ...

    step.__name__ = sentence.replace(" ", "_")
    return StepFunctionContext(type=kind, step_func=step, parser=parsers.parse(sentence))  # type: ignore[arg-type]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[StepFunctionContext]:
    """The steps that there are, to be filled."""
    known: list[StepFunctionContext] = []
    monkeypatch.setattr(sentences, "step_contexts", lambda: known)
    return known


def test_a_sentence_without_a_step_is_named_as_it_reads_with_its_example(
    tmp_path: Path, steps: list[StepFunctionContext]
) -> None:
    steps += [context("a new visitor", "given"), context("they look", "when")]
    (message,) = sentences.undefined(feature(tmp_path, OUTLINE))
    assert message.splitlines() == [
        'some.feature:3: no step matches "a old visitor"; `consentinel steps` lists all sentences. The nearest are:',
        "    Given a new visitor",
        "    When they look",
    ]


def test_a_sentence_with_two_steps_is_ambiguous(tmp_path: Path, steps: list[StepFunctionContext]) -> None:
    steps += [context("a {kind} visitor", "given"), context("a new visitor", "given"), context("they look", None)]
    file = feature(tmp_path, OUTLINE)
    (line,) = sentences.ambiguous(file)
    assert line.startswith('some.feature:3: "a new visitor" is matched by 2 steps: ')
    assert line.count("tests.pytest_plugin.test_gherkin.") == 2
    assert sentences.undefined(file) == []


def test_a_step_of_another_keyword_is_none(tmp_path: Path, steps: list[StepFunctionContext]) -> None:
    steps += [context("a {kind} visitor", "when"), context("they look", "when")]
    assert len(sentences.undefined(feature(tmp_path, OUTLINE))) == 2


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_our_own_features_are_sound(path: Path) -> None:
    assert written(path)
    assert sentences.undefined(path) == []
    assert sentences.ambiguous(path) == []


def test_a_scenario_has_the_tags_of_its_rule_and_its_feature(tmp_path: Path) -> None:
    text = "@a\nFeature: F\n  @b\n  Rule: R\n    @c @d\n    Scenario: S\n      When a\n"
    assert [one.tags for one in written(feature(tmp_path, text))] == [{"a", "b", "c", "d"}]
