"""Exit codes, repetitions, the webhook: what the rest of the world gets of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from consentinel.report import exit_codes, webhook
from consentinel.report.exit_codes import exit_code
from consentinel.report.history import Drift, diff, snapshot
from consentinel.report.repeat import disagreements
from consentinel.report.schema import RunData, ScenarioData
from tests.history.builders import (
    finding,
    item,
    run,
    run_with,
    scenario,
)
from tests.serving import QuietHandler, Server, listening


def drifted() -> Drift:
    return diff(snapshot(run_with()), snapshot(run_with(item())))


@pytest.mark.parametrize(
    ("outcomes", "changed", "fail_on", "with_drift", "code"),
    [
        (["passed"], {}, (), False, exit_codes.KEPT),
        (["passed", "skipped"], {}, (), False, exit_codes.KEPT),
        (["passed"], {}, (), True, exit_codes.DRIFT),
        (["passed", "inconclusive"], {}, (), False, exit_codes.KEPT),
        (["passed", "inconclusive"], {}, ("inconclusive",), True, exit_codes.COULD_NOT_TELL),
        (["inconclusive", "failed"], {"complete": False}, ("inconclusive",), True, exit_codes.BROKEN),
        (["passed", "error", "inconclusive"], {"complete": False}, ("inconclusive",), True, exit_codes.ERROR),
        (["error", "failed"], {}, (), False, exit_codes.BROKEN),
        (["passed"], {"complete": False}, (), True, exit_codes.INTERRUPTED),
        (["inconclusive", "skipped"], {}, (), False, exit_codes.COULD_NOT_TELL),
        ([], {}, (), False, exit_codes.NOTHING_RAN),
        (["skipped"], {}, (), False, exit_codes.NOTHING_RAN),
    ],
)
def test_the_code_that_says_most_wins(
    outcomes: list[str], changed: dict[str, Any], fail_on: tuple[()], with_drift: bool, code: int
) -> None:
    told = run(*(scenario(f"s{number}", outcome=outcome) for number, outcome in enumerate(outcomes)), **changed)
    assert exit_code(told, drifted() if with_drift else None, fail_on) == code


def test_a_failed_assertion_of_a_step_is_a_failed_test() -> None:
    told = run(scenario("one", outcome="error", fault="assertion"), scenario("two", outcome="error", fault="exception"))
    assert exit_code(told, None, ()) == exit_codes.BROKEN


def test_our_codes_are_not_pytests() -> None:
    pytests = {int(code) for code in pytest.ExitCode}
    assert {exit_codes.COULD_NOT_TELL, exit_codes.DRIFT, exit_codes.ERROR}.isdisjoint(pytests)
    assert pytest.ExitCode(exit_codes.KEPT) is pytest.ExitCode.OK
    assert pytest.ExitCode(exit_codes.BROKEN) is pytest.ExitCode.TESTS_FAILED
    assert pytest.ExitCode(exit_codes.INTERRUPTED) is pytest.ExitCode.INTERRUPTED
    assert pytest.ExitCode(exit_codes.SETUP_FAILED) is pytest.ExitCode.USAGE_ERROR
    assert pytest.ExitCode(exit_codes.NOTHING_RAN) is pytest.ExitCode.NO_TESTS_COLLECTED


def repeated(*changes: dict[str, Any]) -> RunData:
    scenarios: list[ScenarioData] = []
    for number, changed in enumerate(changes, start=1):
        data = scenario("one", repetition=number, **changed)
        data["id"] += "" if number == 1 else f"-r{number}"
        scenarios.append(data)
    return run(*scenarios)


def test_repetitions_that_agree_are_stable() -> None:
    later = finding(at=9.0, sentence="the same, later")
    assert disagreements(repeated({"findings": [finding()]}, {"findings": [later]}, {"outcome": "skipped"})) == []
    assert disagreements(repeated({})) == []


def test_a_different_outcome_is_unstable() -> None:
    (found,) = disagreements(repeated({}, {}, {"outcome": "failed"}))
    assert found.sentence == "Unstable: “one” ran 3 times in Chromium: 2 held, 1 broken."
    assert [it.number for it in found.pair] == [1, 3]
    assert found.pair[1].timelines


def test_different_findings_are_unstable() -> None:
    (found,) = disagreements(repeated({"outcome": "failed"}, {"outcome": "failed", "findings": [finding()]}))
    assert found.sentence == "Unstable: “one” ran 2 times in Chromium: 2 broken, with different findings."


class _Hook(QuietHandler):
    received: list[bytes]
    status: int

    def do_POST(self) -> None:
        self.received.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.status)
        self.end_headers()


@pytest.fixture
def hook() -> Iterator[tuple[type[_Hook], str]]:
    handler = type("Hook", (_Hook,), {"received": [], "status": 200})
    with listening(Server(handler)) as server:
        yield handler, f"http://127.0.0.1:{server.server_port}/secret-path"


def test_the_summary_is_posted(hook: tuple[type[_Hook], str]) -> None:
    handler, url = hook
    content = webhook.summary(run(scenario("one")), drifted(), exit_codes.DRIFT, "https://ci.example/report")
    assert webhook.post(content, url) == ""
    sent = json.loads(handler.received[0])
    assert sent["exit_code"] == exit_codes.DRIFT
    assert sent["promises"] == {"P08": "not provable", "P24": "kept"}
    assert sent["drift"] == ['New since the baseline: cookie "_ga" of www.shop.example (analytics).']
    assert sent["text"]


def test_a_chat_is_told_of_causes_and_not_of_every_scenario() -> None:
    broken = [scenario(f"s{number}", outcome="failed", findings=[finding()]) for number in range(40)]
    told = webhook.summary(run(*broken), None, exit_codes.BROKEN)

    (cause,) = told["causes"]
    assert (cause["id"], cause["scenarios"], cause["promises"]) == (finding()["cause"], 40, ["P24"])
    assert cause["sentence"] == "A social cookie was stored after the refusal."
    assert "1 cause is behind it" in told["text"]


def test_failures_of_the_webhook_are_one_line_without_its_secret(hook: tuple[type[_Hook], str]) -> None:
    handler, url = hook
    content = webhook.summary(run(), None, exit_codes.KEPT)
    handler.status = 500
    assert webhook.post(content, url) == "webhook: 127.0.0.1 answered 500"
    handler.status = 302
    assert webhook.post(content, url) == "webhook: 127.0.0.1 answered 302"
    refused = webhook.post(content, "http://127.0.0.1:1/secret")
    assert refused == "webhook: 127.0.0.1 could not be reached: ConnectionError"
    assert webhook.post(content, "no address").startswith("webhook: the address given could not be reached")
    assert webhook.post(content, "http://[").startswith("webhook: the address given could not be reached")


def test_the_address_comes_from_the_option_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(webhook.ENVIRONMENT, raising=False)
    assert webhook.address(None) == ""
    monkeypatch.setenv(webhook.ENVIRONMENT, "https://hooks.example/x")
    assert webhook.address(None) == "https://hooks.example/x"
    assert webhook.address("https://other.example") == "https://other.example"
