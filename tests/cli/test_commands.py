"""Commands that read their own arguments get them as they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from click.testing import CliRunner

from consentinel.cli import commands, main
from consentinel.fleet import __main__ as fleet
from consentinel.report.exit_codes import INTERRUPTED, SETUP_FAILED


def test_the_codes_of_the_commands_are_those_of_a_run() -> None:
    assert (commands.INTERRUPTED, commands.SETUP_FAILED) == (INTERRUPTED, SETUP_FAILED)


def test_what_stands_behind_two_dashes_reaches_every_run_of_a_fleet(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def played(arguments: Sequence[str]) -> int:
        heard.extend(arguments)
        return 3

    monkeypatch.setattr(fleet, "main", played)
    asked = ["sites", "--jobs", "4", "--", "--browser", "firefox", "-h"]
    assert CliRunner().invoke(main, ["fleet", *asked]).exit_code == 3
    assert heard == asked


def test_ctrl_c_ends_a_command_with_the_code_of_a_run_that_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(arguments: Sequence[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(fleet, "main", interrupted)
    answer = CliRunner().invoke(main, ["fleet", "sites"])
    assert (answer.exit_code, answer.output) == (INTERRUPTED, "Interrupted.\n")


@pytest.mark.parametrize("command", ["run", "fleet", "history", "draft", "prove"])
def test_each_answers_for_its_own_help(command: str) -> None:
    answer = CliRunner().invoke(main, [command, "--help"])
    assert answer.exit_code == 0, answer.output
