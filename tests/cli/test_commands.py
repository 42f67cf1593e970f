"""Commands that read their own arguments get them as they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from click.testing import CliRunner

from consentinel.cli import main
from consentinel.fleet import __main__ as fleet


def test_what_stands_behind_two_dashes_reaches_every_run_of_a_fleet(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def played(arguments: Sequence[str]) -> int:
        heard.extend(arguments)
        return 3

    monkeypatch.setattr(fleet, "main", played)
    asked = ["sites", "--jobs", "4", "--", "--browser", "firefox", "-h"]
    assert CliRunner().invoke(main, ["fleet", *asked]).exit_code == 3
    assert heard == asked


@pytest.mark.parametrize("command", ["run", "fleet", "history", "draft", "prove"])
def test_each_answers_for_its_own_help(command: str) -> None:
    answer = CliRunner().invoke(main, [command, "--help"])
    assert answer.exit_code == 0, answer.output
