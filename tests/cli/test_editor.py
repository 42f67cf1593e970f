"""The settings of an editor's Cucumber extension, which find the step of each sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consentinel.cli import main
from consentinel.cli.editor import REPEATED, SETTINGS, repeated
from consentinel.cli.steps import catalogue
from consentinel.report.exit_codes import SETUP_FAILED
from tests.calls import ROOT


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps/own.py").write_text('@when(parsers.parse("they order {things} for {whom:w}"))\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked() -> Result:
    return CliRunner().invoke(main, ["steps", "--editor"])


def test_the_settings_know_every_open_word_and_where_steps_are(suite: Path) -> None:
    assert asked().exit_code == 0
    settings = json.loads((suite / SETTINGS).read_text(encoding="utf-8"))
    names = {kind["name"] for kind in settings["cucumber.parameterTypes"]}
    assert {"allowed", "page", "things", "whom"} <= names
    assert settings["cucumber.glue"] == ["steps/**/*.py", f"{ROOT.as_posix()}/steps/**/*.py", REPEATED]


def test_steps_of_regular_expressions_are_repeated_without_groups_that_capture() -> None:
    text = repeated(catalogue())
    patterns = [re.compile(one) for one in re.findall(r'^@(?:given|when|then)\("(.*)"\)$', text, re.MULTILINE)]
    assert any(pattern.search("they read two articles") for pattern in patterns)
    assert not any(pattern.search("they read two articles at once") for pattern in patterns)
    assert "(?P<" not in text


def test_other_settings_stay(suite: Path) -> None:
    (suite / SETTINGS).parent.mkdir()
    (suite / SETTINGS).write_text('{"editor.rulers": [120], "cucumber.glue": ["elsewhere"]}')
    assert asked().exit_code == 0
    settings = json.loads((suite / SETTINGS).read_text(encoding="utf-8"))
    assert settings["editor.rulers"] == [120]
    assert "elsewhere" not in settings["cucumber.glue"]


@pytest.mark.parametrize("content", ['{"editor.rulers": [120] /* wide */}', "[]"])
def test_settings_that_cannot_be_read_are_left_alone(suite: Path, content: str) -> None:
    (suite / SETTINGS).parent.mkdir()
    (suite / SETTINGS).write_text(content)
    told = asked()
    assert told.exit_code == SETUP_FAILED
    assert "settings.json: it " in told.output
    assert (suite / SETTINGS).read_text() == content
    assert not (suite / REPEATED).exists()
