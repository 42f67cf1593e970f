"""The table of rules and managers says of each cell what weighs most, and names what was found."""

from __future__ import annotations

from typing import Any, cast

from tests.consent.rule_table import Row, page
from tests.consent.rules_of_managers import MANAGERS, PACKAGES


def row(**changed: Any) -> Row:
    told = {
        "manager": "klaro",
        "package": "klaro",
        "version": "0.7.22",
        "browser": "chromium",
        "day": "2026-11-29",
        "rules": ["R-AXE"],
        "scenario": "Each layer",
        "outcome": "passed",
        "sentences": [""],
    }
    return cast("Row", told | changed)


def cells(text: str, package: str) -> dict[str, str]:
    """The cells of a manager's line by the heads of their columns."""
    head, *lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    found: dict[str, str] = next(dict(zip(head, line, strict=False)) for line in lines if line[0].strip("`") == package)
    return found


def test_a_breach_outweighs_what_held_and_is_told_below() -> None:
    broken = row(scenario="The page", outcome="failed", sentences=["No contrast.", "Too small."])
    text = page([row(), broken])
    assert cells(text, "klaro")["AXE"].strip() == "✘"
    assert "- `klaro`, R-AXE, “The page”: No contrast.; Too small." in text


def test_elements_of_one_layer_that_break_one_rule_are_one() -> None:
    said = "It must have a name (WCAG 4.1.2, axe's rule label), in the banner"
    text = page([row(outcome="failed", sentences=[f"{said}: <a>", f"{said}: <b>; so do 5 more elements"])])
    assert text.rstrip().endswith(f"{said}: `<a>`")


def test_what_held_outweighs_what_was_not_played_and_a_doubt_what_held() -> None:
    skipped = row(scenario="The page", outcome="skipped", sentences=["the profile has no entry"])
    assert cells(page([row(), skipped]), "klaro")["AXE"].strip() == "✔"
    doubt = row(scenario="The page", outcome="inconclusive", sentences=["It did not come."])
    assert cells(page([row(), doubt]), "klaro")["AXE"].strip() == "?"


def test_a_manager_that_was_not_asked_has_an_empty_cell() -> None:
    other = row(manager="osano", package="cookieconsent", version="3.1.1", rules=["R-EASY"])
    assert cells(page([row(), other]), "klaro")["EASY"].strip() == ""


def test_a_package_without_any_row_is_named() -> None:
    assert "Not measured: `cookieconsent`." in page([row()], ["klaro", "cookieconsent"])
    assert "Not measured" not in page([row()], ["klaro"])


def test_the_last_row_of_a_scenario_counts() -> None:
    text = page([row(outcome="failed", sentences=["It was busy."]), row()])
    assert cells(text, "klaro")["AXE"].strip() == "✔"
    assert "What is broken" not in text


def test_the_packages_are_those_of_managers_that_there_are() -> None:
    assert set(PACKAGES) <= set(MANAGERS)
