"""The verdict in one sentence, and the summary for a CI service."""

from __future__ import annotations

import pytest

from consentinel.report.schema import ScenarioData
from consentinel.report.summary import markdown, sentence
from tests.report.builders import finding, run, scenario
from tests.report.test_causes import TOKEN, broken

_BROKEN = scenario("failed", "P24", findings=[finding()])


@pytest.mark.parametrize(
    ("scenarios", "told"),
    [
        (
            [],
            "No promise of Bluebird was tested; 1 cannot be proved by a browser and 2 were not run.",
        ),
        (
            [scenario("passed", "P24")],
            "Bluebird kept the one promise that was tested in Chromium: P24; "
            "1 cannot be proved by a browser and 1 was not run.",
        ),
        (
            [scenario("passed", "P24", "P10")],
            "Bluebird kept all 2 promises that were tested in Chromium; 1 cannot be proved by a browser.",
        ),
        (
            [_BROKEN, scenario("passed", "P10", browser="firefox")],
            "Bluebird broke 1 of the 2 promises that were tested in Chromium and Firefox: P24; "
            "1 cause is behind it and 1 cannot be proved by a browser.",
        ),
        (
            [scenario("failed", "P24", findings=[finding()])],
            "Bluebird broke the one promise that was tested in Chromium: P24; "
            "1 cause is behind it, 1 cannot be proved by a browser and 1 was not run.",
        ),
        (
            [scenario("inconclusive", "P24", reason="Not observable.")],
            "The one promise that was tested on Bluebird could not be decided in Chromium: P24; "
            "1 cannot be proved by a browser and 1 was not run.",
        ),
        (
            [scenario("inconclusive", "P24", reason="Not observable."), scenario("passed", "P10")],
            "Bluebird kept 1 of the 2 promises that were tested in Chromium, and broke none that could be seen; "
            "1 promise could not be decided (P24) and 1 cannot be proved by a browser.",
        ),
    ],
)
def test_the_verdict_is_one_sentence(scenarios: list[ScenarioData], told: str) -> None:
    assert sentence(run(*scenarios)) == told


def test_an_interrupted_run_says_so() -> None:
    assert sentence(run(complete=False)).endswith("The run was interrupted: this is what was seen until then.")


def test_the_summary_names_what_is_broken_and_counts_the_rest() -> None:
    told = markdown(run(_BROKEN, scenario("passed", "P10")))

    assert "### Broken" in told
    assert "| The social network set nb&#95;uid after a refusal. It is a breach, unless" in told
    assert "| **P24** Social can be refused | Cause 1 | 1 scenario, Chromium |" in told
    assert "| passed | 1 |" in told


def test_the_summary_lists_each_cause_once_and_undeclared_items_apart() -> None:
    told = markdown(run(*(broken(number, finding("P10", **TOKEN), finding()) for number in range(12))))

    assert told.count("The cookie csrftoken is in no category.") == 1
    assert told.index("### Known, and not allowed") < told.index("### In no category of the policy")
    assert "12 scenarios of P10, in Chromium |" in told
    assert "| **P10** Preferences rule | Cause 2 | 12 scenarios, Chromium |" in told


@pytest.mark.parametrize("name", ["<img src=x>", "[a](http://evil)", "@team", "a | b", "`x`", "http://evil"])
def test_a_strangers_text_is_no_markdown(name: str) -> None:
    told = markdown(run(scenario("failed", "P24", findings=[finding(sentence=name)])))

    assert name not in told
