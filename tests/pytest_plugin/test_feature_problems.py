"""A feature file that cannot be played ends the run with one line and exit code 4, with workers as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calls import call

PLAYABLE = "Scenario: One\n    Given a new visitor\n    Then nothing at all is stored\n"

WRONG = {
    "sentence": (PLAYABLE.replace("at all", "of that kind"), ':4: no step matches "nothing of that kind is stored"'),
    "tag": (f"@nobody-knows-this\n  {PLAYABLE}", ':3: "One" has an unknown tag'),
    "keyword": (PLAYABLE.replace("Then", "When"), ':2: "One" expects nothing'),
}


@pytest.mark.process
@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
@pytest.mark.parametrize(("scenario", "problem"), WRONG.values(), ids=WRONG)
def test_it_ends_with_one_line_and_exit_code_4(
    tmp_path: Path, scenario: str, problem: str, workers: tuple[str, ...]
) -> None:
    file = tmp_path / "wrong.feature"
    file.write_text(f"Feature: F\n  {scenario}", encoding="ascii")
    done = call("consentinel", "run", str(file), "--report", str(tmp_path / "report"), *workers, limit=120.0)
    printed = done.stdout + done.stderr
    assert done.returncode == 4, printed
    assert printed.count(f"ERROR: wrong.feature{problem}") == 1, printed
    assert "Traceback" not in printed
    assert "INTERNALERROR" not in printed
