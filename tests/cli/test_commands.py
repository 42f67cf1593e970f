"""The commands are found by their names, and read their arguments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from consentinel.cli import commands, main
from consentinel.cli.commands import ELSEWHERE
from consentinel.fleet import __main__ as fleet
from consentinel.fleet.play import Player
from consentinel.report.exit_codes import INTERRUPTED, SETUP_FAILED
from consentinel.shipped import FEATURES


def test_the_codes_of_the_commands_are_those_of_a_run() -> None:
    assert (commands.INTERRUPTED, commands.SETUP_FAILED) == (INTERRUPTED, SETUP_FAILED)


def test_what_stands_behind_two_dashes_reaches_every_run_of_a_fleet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Sequence[str]] = []

    class Fleet:
        def __init__(self, sites: object, mine: object, player: Player, say: object, jobs: int) -> None:
            heard.append((*player.options, str(jobs)))

        def page_of_all(self) -> int:
            return 3

    monkeypatch.setattr(fleet, "Fleet", Fleet)
    (tmp_path / "shop.toml").write_text("", encoding="ascii")
    asked = ["fleet", str(tmp_path), "--jobs", "4", "--page", "--", "--browser", "firefox", "-h", "--", "--jobs"]
    assert CliRunner().invoke(main, asked).exit_code == 3
    assert heard == [("--browser", "firefox", "-h", "--", "--jobs", "4")]


def test_what_a_fleet_does_not_know_is_no_option_of_a_run(tmp_path: Path) -> None:
    for asked in ([str(tmp_path), "more"], [str(tmp_path), "--browser", "firefox"], ["--", str(tmp_path)]):
        assert CliRunner().invoke(main, ["fleet", *asked]).exit_code == INTERRUPTED


def test_ctrl_c_ends_a_command_with_the_code_of_a_run_that_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fleet, "sites_in", interrupted)
    answer = CliRunner().invoke(main, ["fleet", "sites"])
    assert (answer.exit_code, answer.output) == (INTERRUPTED, "Interrupted.\n")


@pytest.mark.parametrize(("command", "summary"), [(name, summary) for name, (_, summary) in ELSEWHERE.items()])
def test_a_command_is_listed_by_what_it_says_of_itself(command: str, summary: str) -> None:
    said = CliRunner().invoke(main, [command, "--help"], terminal_width=200)
    assert said.exit_code == 0, said.output
    listed = CliRunner().invoke(main, ["--help"], terminal_width=200).output
    assert f"  {command} " in listed
    assert summary in listed
    assert summary.removesuffix(".") in said.output


def test_a_command_line_that_cannot_be_read_says_what_is_wrong_in_its_last_line() -> None:
    for asked, line in (
        (["history", "prune", "--keep", "0"], "Error: Invalid value for '--keep': 0 is not in the range x>=1."),
        (["verify"], "Error: Missing argument 'REPORT'."),
        (["draft", "http://shop.example/"], "Error: Missing option '-o' / '--output'."),
        (["history", "forget"], "Error: No such command 'forget'."),
    ):
        answer = CliRunner().invoke(main, asked)
        assert answer.exit_code == INTERRUPTED
        assert answer.output.splitlines()[-1] == line


def test_run_answers_for_its_own_help() -> None:
    for asked in (["run", "--help"], ["run", "social.feature", "-h"], ["run", "--consent-help"]):
        answer = CliRunner().invoke(main, asked)
        assert answer.exit_code == 0
        assert answer.output.startswith("Usage: consentinel run [FILES] [OPTIONS]")


def test_the_help_of_run_lists_its_own_options_in_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = CliRunner().invoke(main, ["run", "--help"]).output.splitlines()
    named = {line.split()[0] for line in lines if line.startswith("  --")}
    assert {"--site", "--browser", "--report", "--history"} <= named
    assert not named & {"--no-evidence", "--exitfirst", "--junit-xml"}, "hidden options and pytest's own are left out"
    assert [line for line in lines if len(line) > 80 and str(FEATURES) not in line] == []
