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
    Then they look
  Rule: R
    Scenario Outline: many
      When they visit the <page>
      Then they look
      Examples:
        | page |
        | a    |
        | b    |
      @more
      Examples:
        | page |
        | c    |
    Scenario Outline: none yet
      Then they visit the <page>
      Examples:
        | page |
"""
    assert written(feature(tmp_path, text)) == [
        Written("plain", 4, 1),
        Written("many", 7, 3),
        Written("none yet", 18, 0),
    ]


@pytest.mark.parametrize("between", ["", "  Rule: Another\n"])
def test_two_scenarios_of_one_name_are_refused_under_different_rules_too(tmp_path: Path, between: str) -> None:
    text = f"Feature: F\n  Rule: One\n    Scenario: same\n      Then a\n{between}    Scenario: same\n      Then b\n"
    line = 6 if between else 5
    with pytest.raises(
        FeatureError, match=rf'\Asome\.feature:{line}: a second scenario is called "same"; give it a name'
    ):
        written(feature(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Feature: F\n  Scenari: x\n    Then a\n", "some.feature: holds no scenario"),
        ("", "some.feature: holds no scenario"),
        ("Feature: F\n  Scenario: x\n    them a\n", 'some.feature:2: "x" expects nothing'),
        ("Feature: F\n  Scenario: x\n    Given a\n    When b\n    And c\n", 'some.feature:2: "x" expects nothing'),
    ],
)
def test_a_misspelt_keyword_does_not_make_a_scenario_that_always_passes(
    tmp_path: Path, text: str, problem: str
) -> None:
    with pytest.raises(FeatureError) as raised:
        written(feature(tmp_path, text))
    assert str(raised.value).startswith(problem)


def test_a_file_in_another_encoding_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "some.feature"
    file.write_bytes("Feature: caf\u00e9\n".encode("latin-1"))
    with pytest.raises(FeatureError, match=r"\Asome\.feature: is not in UTF-8 \(byte 12\)"):
        written(file)


def test_a_file_that_does_not_parse_says_where_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match=r"\Asome\.feature: \(4:5\)[^\n]*\Z"):
        written(feature(tmp_path, "Feature: F\n  Scenario: x\n    When a\n    Nonsense\n"))


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
    text = "@a\nFeature: F\n  @b\n  Rule: R\n    @c @d\n    Scenario: S\n      Then a\n"
    assert [one.tags for one in written(feature(tmp_path, text))] == [{"a", "b", "c", "d"}]
