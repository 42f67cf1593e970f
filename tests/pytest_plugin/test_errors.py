"""What goes wrong in a step, a fixture or a thread: an outcome of its own, and never the exit code of a clean run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from consentinel.report import exit_codes
from tests.calls import ROOT, call

STEPS = """
import threading

import pytest
from pytest_bdd import given, parsers, then

from consentinel.evidence.records import Kind
from consentinel.verdicts.finding import Finding, Verdict

@given("a page with 3 words")
def page(): ...

@then(parsers.parse("it has {count:d} words"))
def has_words(count):
    assert count == 3

@then("it has a heading")
def has_heading():
    return {}["heading"]

@given("a thread that dies")
def thread():
    dying = threading.Thread(target=lambda: 1 / 0, name="dying")
    dying.start()
    dying.join()

@then("it can be seen in part")
def doubtful(judge):
    judge.require(Verdict(doubts=("half of it is hidden",)))

@then("it has what is not there")
def not_there():
    pytest.skip("no such thing")

@then("nothing is wrong")
def breach(judge):
    judge.require(Verdict((Finding("rule", "", Kind.COOKIE, "c", "h.example", 1.0, "", "", "A cookie was stored"),)))

@pytest.fixture
def broken():
    raise ValueError("no way")

@pytest.fixture
def broken_at_its_end():
    yield
    raise ValueError("too late")

@given("a broken fixture")
def needs_a_broken_fixture(broken): ...

@given("a fixture that fails at its end")
def needs_a_late_failure(broken_at_its_end): ...

@given("what this site does not have")
def not_here():
    pytest.skip("no such thing")
"""

TESTS = {
    "passes": ("a page with 3 words", "it has 3 words"),
    "skips": ("what this site does not have", "it has 3 words"),
    "asserts": ("a page with 3 words", "it has 4 words"),
    "raises": ("a page with 3 words", "it has a heading"),
    "loses a thread": ("a thread that dies", "it has 3 words"),
    "needs a fixture": ("a broken fixture", "it has 3 words"),
    "ends badly": ("a fixture that fails at its end", "it has 3 words"),
}


def played(folder: Path, wanted: Mapping[str, Sequence[str]], *more: str) -> tuple[int, dict[str, dict[str, Any]], str]:
    """The exit code, the scenarios of `run.json` by name, and what was printed."""
    lines = ["@P10", "Feature: A suite of one's own"]
    for name, (given, *thens) in wanted.items():
        lines += [f"  Scenario: {name}", f"    Given {given}"]
        lines += [f"    {'And' if n else 'Then'} {then}" for n, then in enumerate(thens)]
    (folder / "own.feature").write_text("\n".join(lines), encoding="utf-8")
    (folder / "own_steps.py").write_text(STEPS, encoding="utf-8")
    command = ["pytest", str(folder / "own.feature"), "-p", "conftest", "-p", "own_steps"]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider", "-q"]
    command += ["--report", str(folder / "report"), *more]
    done = call(*command, limit=120, environment={"PYTHONPATH": str(folder)})
    file = folder / "report" / "run.json"
    scenarios = json.loads(file.read_text("ascii"))["scenarios"] if file.exists() else []
    return done.returncode, {one["scenario"]: one for one in scenarios}, done.stdout + done.stderr


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_each_error_has_its_own_outcome_and_its_reason(tmp_path: Path, workers: tuple[str, ...]) -> None:
    code, told, printed = played(tmp_path, TESTS, *workers)

    assert {name: (one["outcome"], one["fault"]) for name, one in told.items()} == {
        "passes": ("passed", ""),
        "skips": ("skipped", ""),
        "asserts": ("error", "assertion"),
        "raises": ("error", "exception"),
        "loses a thread": ("error", "exception"),
        "needs a fixture": ("error", "exception"),
        "ends badly": ("error", "exception"),
    }, printed
    reasons = {name: one["reason"].rpartition(" (")[0] for name, one in told.items()}
    assert reasons["asserts"] == "a step's own assertion failed: assert 4 == 3"
    assert reasons["raises"] == "a step failed unexpectedly: KeyError: 'heading'"
    assert reasons["loses a thread"] == "a thread died: ZeroDivisionError: division by zero"
    assert reasons["needs a fixture"] == "a step failed unexpectedly: ValueError: no way"
    assert reasons["ends badly"] == "after the scenario's end: a step failed unexpectedly: ValueError: too late"
    assert [step["outcome"] for step in told["raises"]["steps"]] == ["passed", "error"]
    assert "ERROR  raises" in printed
    assert code == exit_codes.BROKEN, printed


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("passes", exit_codes.KEPT),
        ("asserts", exit_codes.BROKEN),
        ("raises", exit_codes.ERROR),
        ("loses a thread", exit_codes.ERROR),
        ("ends badly", exit_codes.ERROR),
    ],
)
def test_an_error_never_ends_with_the_code_of_a_clean_run(tmp_path: Path, name: str, code: int) -> None:
    ended, _, printed = played(tmp_path, {one: TESTS[one] for one in ("passes", name)})
    assert ended == code, printed


def test_what_fails_beside_the_scenarios_is_not_hidden_by_those_that_pass(tmp_path: Path) -> None:
    (tmp_path / "test_beside.py").write_text("def test_beside() -> None:\n    assert not 'this'\n", encoding="utf-8")
    ended, told, printed = played(tmp_path, {"passes": TESTS["passes"]}, str(tmp_path / "test_beside.py"))
    assert (ended, told["passes"]["outcome"]) == (exit_codes.BROKEN, "passed"), printed


def test_a_file_that_cannot_be_collected_is_not_hidden_by_those_that_pass(tmp_path: Path) -> None:
    (tmp_path / "test_beside.py").write_text("import nothing_of_this_name\n", encoding="utf-8")
    more = (str(tmp_path / "test_beside.py"), "--continue-on-collection-errors")
    ended, told, printed = played(tmp_path, {"passes": TESTS["passes"]}, *more)
    assert (ended, told["passes"]["outcome"]) == (exit_codes.BROKEN, "passed"), printed


def test_an_internal_error_keeps_pytests_code_and_is_named_in_the_report(tmp_path: Path) -> None:
    hook = "def pytest_runtest_logfinish(nodeid):\n    if 'passes' in nodeid:\n        raise KeyError('gone')\n"
    (tmp_path / "conftest.py").write_text(hook, encoding="utf-8")
    ended, _, printed = played(tmp_path, {"passes": TESTS["passes"]})
    assert ended == pytest.ExitCode.INTERNAL_ERROR, printed
    run = json.loads((tmp_path / "report" / "run.json").read_text("ascii"))
    assert "pytest ended the run with an internal error: KeyError: 'gone'" in run["problems"]


def test_a_report_that_cannot_be_made_is_no_clean_run(tmp_path: Path) -> None:
    hook = (
        "import consentinel.pytest_plugin.publish as publish\n"
        "def made(*_):\n    raise KeyError('cell')\npublish.notify = made\n"
    )
    (tmp_path / "conftest.py").write_text(hook, encoding="utf-8")
    ended, _, printed = played(tmp_path, {"passes": TESTS["passes"]})
    assert ended == exit_codes.ERROR, printed
    assert "Problem: the report could not be made: KeyError: 'cell'" in printed


def test_a_report_that_cannot_be_written_is_no_clean_run(tmp_path: Path) -> None:
    hook = (
        "import consentinel.pytest_plugin.publish as publish\n"
        "def full(*_, **__):\n    raise publish.ReportError('no space left')\npublish.write_report = full\n"
    )
    (tmp_path / "conftest.py").write_text(hook, encoding="utf-8")
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "run.json").write_text('{"scenarios": []}', encoding="ascii")
    ended, _, printed = played(tmp_path, {"passes": TESTS["passes"]})
    assert ended == exit_codes.ERROR, printed
    assert "Problem: no space left" in printed
    assert "Report: " not in printed, "there is none to read"


def test_a_doubt_waits_for_what_the_next_sentences_find(tmp_path: Path) -> None:
    doubt, words, breach = "it can be seen in part", "it has 3 words", "nothing is wrong"
    page = "a page with 3 words"
    code, told, printed = played(
        tmp_path,
        {
            "doubted alone": (page, doubt),
            "doubted first": (page, doubt, words),
            "doubted, then broken": (page, doubt, breach),
            "doubted, then asserted": (page, doubt, "it has 4 words"),
            "doubted, then not there": (page, doubt, "it has what is not there"),
        },
    )
    outcomes = {name: (one["outcome"], [step["outcome"] for step in one["steps"]]) for name, one in told.items()}
    assert outcomes == {
        "doubted alone": ("inconclusive", ["passed", "inconclusive"]),
        "doubted first": ("inconclusive", ["passed", "inconclusive", "passed"]),
        "doubted, then broken": ("failed", ["passed", "inconclusive", "failed"]),
        "doubted, then asserted": ("error", ["passed", "inconclusive", "error"]),
        "doubted, then not there": ("inconclusive", ["passed", "inconclusive", "not run"]),
    }, printed
    assert told["doubted first"]["reason"] == "half of it is hidden"
    assert told["doubted, then not there"]["reason"] == "half of it is hidden; no such thing"
    assert code == exit_codes.BROKEN


def test_records_that_another_run_has_overwritten_are_no_clean_run(tmp_path: Path) -> None:
    hook = (
        "import pytest\n"
        "from pathlib import Path\n"
        "@pytest.hookimpl(wrapper=True)\n"
        "def pytest_runtestloop(session):\n"
        "    result = yield\n"
        f"    Path({str(tmp_path / 'report' / 'scenarios.jsonl')!r}).write_text('', encoding='ascii')\n"
        "    return result\n"
    )
    (tmp_path / "conftest.py").write_text(hook, encoding="utf-8")
    ended, _, printed = played(tmp_path, {"passes": TESTS["passes"]})
    assert ended == exit_codes.ERROR, printed
    assert "records of this run are lost, as where two runs at once have the same --report" in printed
