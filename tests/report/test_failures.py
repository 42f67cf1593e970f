"""What the terminal says of a run: causes first, each once, then half a line for each scenario."""

from __future__ import annotations

from pathlib import Path

from consentinel.report.failures import SHOWN_CAUSES, failures
from consentinel.report.schema import ScenarioData
from tests.report.builders import finding, run, scenario
from tests.report.test_causes import TOKEN, broken


def told(*scenarios: ScenarioData, folder: Path | None = None) -> list[str]:
    return list(failures(run(*scenarios), folder))


def test_one_undeclared_cookie_in_thirty_scenarios_is_read_once() -> None:
    scenarios = [broken(number, finding("P10", **TOKEN)) for number in range(30)]

    text = "\n".join(told(*scenarios, folder=Path("reports/latest")))

    assert text.count("The cookie csrftoken is in no category.") == 1
    assert text.splitlines()[:10] == [
        "1 cause breaks 30 scenarios",
        "In no category of the policy",
        "  1  The cookie csrftoken is in no category.",
        "     Seen in: 30 scenarios of P10, in Chromium",
        "     First: 1.5 s into “Scenario 0”, after “When they refuse social cookies”",
        "     By: https://www.site.localhost/",
        '     To do: If the policy covers it, declare it in the profile: cookies = ["csrftoken"] under',
        "     [categories.…]. If not, it is a breach.",
        "     Written in: features/social.feature:12",
        "     Evidence: reports/latest/scenarios/scenario-0-chromium.html",
    ]
    assert "  P10 Scenario 29 (Chromium): cause 1 only" in text.splitlines()


def test_no_broken_scenario_is_left_out() -> None:
    """A failure without a finding, and one with drift alone, have an entry of their own."""
    scenarios = [
        broken(1, finding(**TOKEN)),
        broken(2, finding(**TOKEN), finding()),
        scenario("failed", "P10", id="assert", scenario="A step of somebody else", reason="2 is not 3"),
        broken(4, finding("", rule="drift")),
        scenario("passed", "P10", id="good", scenario="A scenario that holds"),
    ]
    text = "\n".join(told(*scenarios))

    assert "P10 Scenario 1 (Chromium): cause 2 only" in text
    assert "P10 Scenario 2 (Chromium): causes 1 and 2" in text
    assert "FAILED  A step of somebody else" in text
    assert "BROKEN  Scenario 4" in text
    assert "A scenario that holds" not in text


def test_both_browsers_share_a_line() -> None:
    text = "\n".join(told(*(broken(1, finding(**TOKEN), browser=name) for name in ("chromium", "firefox"))))

    assert "P10 Scenario 1 (Chromium and Firefox): cause 1 only" in text


def test_scenarios_with_the_same_doubt_share_one_reason() -> None:
    unsure = [
        scenario("inconclusive", "P10", id=f"s{number}", scenario=f"Scenario {number}", reason="It never rests.")
        for number in range(3)
    ]
    other = scenario("inconclusive", "P24", id="other", scenario="Another", reason="No dialog.")

    first, second = told(*unsure, other)

    assert first.count("It never rests.") == 1
    assert "The same in 2 further scenarios:" in first
    assert "P10 Scenario 2 (Chromium): for the same reason" in first
    assert "No dialog." in second


def test_a_run_with_hundreds_of_causes_stays_readable_and_says_that_there_are_more() -> None:
    findings = [
        finding(**{**TOKEN, "item": {"kind": "cookie", "name": f"odd{'x' * number}", "host": "a.example"}})
        for number in range(SHOWN_CAUSES + 5)
    ]
    blocks = told(broken(1, *findings))

    assert "And 5 causes more, each in the report." in blocks


def test_a_strangers_text_moves_no_cursor() -> None:
    hostile = "\x1b[2J\u202e" + "x" * 5_000
    item = {"kind": "cookie", "name": hostile, "host": hostile}
    one = finding(**{**TOKEN, "item": item, "written_by": hostile, "sentence": hostile, "moment": hostile})

    text = "\n".join(told(broken(1, one)))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(text) < 4_000
