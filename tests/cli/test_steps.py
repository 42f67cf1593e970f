"""The catalogue of sentences."""

from __future__ import annotations

import json

from click.testing import CliRunner

from consentinel.cli import main
from consentinel.cli.steps import as_markdown, catalogue
from tests.calls import ROOT


def test_each_sentence_has_an_example_that_a_feature_uses() -> None:
    entries = catalogue()
    assert len(entries) > 100
    assert [entry.pattern for entry in entries if not entry.used] == []


def test_the_page_is_up_to_date() -> None:
    written = (ROOT / "docs" / "steps.md").read_text(encoding="utf-8")
    assert written == as_markdown(catalogue()), "run: consentinel steps --markdown > docs/steps.md"


def test_tools_get_json() -> None:
    told = json.loads(CliRunner().invoke(main, ["steps", "--json"]).stdout)
    (entry,) = [entry for entry in told if entry["pattern"] == "they remove all cookies"]
    assert entry["kind"] == "when"
    assert entry["used"][0].startswith("forgetting.feature:")


def test_people_get_the_example_first() -> None:
    printed = CliRunner().invoke(main, ["steps"]).stdout
    assert printed.startswith("Given\n  a new visitor\n      used in analytics.feature:")
