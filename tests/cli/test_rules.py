"""The page of the rules beyond the policy says what the packs say, and each rule has a scenario."""

from __future__ import annotations

from consentinel.cli.rules import page
from consentinel.policy.promises import promises
from tests.calls import ROOT

PAGE = ROOT / "docs" / "rules.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m consentinel.cli.rules > docs/rules.md"


def test_each_rule_is_tested_and_says_what_its_test_cannot_see() -> None:
    rows = [
        line.split(" | ") for line in page().partition("## How each rule")[2].splitlines() if line.startswith("| R-")
    ]
    assert {row[0].removeprefix("| ") for row in rows} == {one.id for one in promises() if one.is_rule}
    assert [row[0] for row in rows if not all(cell.strip(" |") for cell in row) or len(row) != 5] == []
