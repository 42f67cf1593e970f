"""What would run on a profile, without a browser."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from consentinel.cli import main
from consentinel.cli.check import planned
from consentinel.cli.init import TEMPLATE
from consentinel.cli.policy_notes import policy_notes
from consentinel.cli.steps import catalogue
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.site.load import load_profile
from tests.calls import ROOT
from tests.policy.builders import policy_of


def checked(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", *arguments])
    return done.exit_code, done.output


def test_on_the_reference_site_everything_runs_but_what_is_asked_of_sites_that_tell_services_of_consent() -> None:
    code, printed = checked()
    assert code == 0
    assert printed.startswith(
        "254 scenarios would run, 38 would be skipped.\n\nA policy that promises P33 would enable 8"
    )


def test_each_skipped_scenario_stands_under_the_entry_that_would_enable_it() -> None:
    code, printed = checked("--site", str(TEMPLATE / "site.toml"))
    assert code == 0
    assert "\ncategories.analytics would enable 24:\n  analytics.feature:7" in printed
    assert "pages.articles" not in printed
    assert "allow.orders would enable" in printed
    assert "\nperson.emails would enable 1:\n  anonymity.feature:7" in printed, "of nobody nothing would be looked for"


def test_an_entry_that_would_enable_many_is_listed_with_three_unless_all_are_asked_for() -> None:
    _, short = checked("--site", str(TEMPLATE / "site.toml"))
    _, whole = checked("--site", str(TEMPLATE / "site.toml"), "--all")
    few, all_of_them = (
        next(part for part in printed.split("\n\n") if part.startswith("categories.analytics ")).splitlines()
        for printed in (short, whole)
    )
    assert few == [*all_of_them[:4], f"  and {len(all_of_them) - 4} more, which --all lists"]


def test_another_policy_file_than_the_profiles_decides_what_is_promised(tmp_path: Path) -> None:
    gardens = load_profile("garden", None, REFERENCE_ACCOUNT).policy
    assert gardens
    code, printed = checked("--policy", gardens)
    assert code == 0
    assert "A policy that promises P33" not in printed
    code, printed = checked("--policy", str(tmp_path / "none.toml"))
    assert code == 4
    assert "no such file" in printed


def test_what_of_a_policy_file_has_no_effect_is_told() -> None:
    profile = load_profile("reference", None, REFERENCE_ACCOUNT)
    tables = {"analytics": {"name": "Statistics", "confirmed": True}, "comfort": {"name": "Comfort"}}
    written = policy_of("We count.", parameters={"categories": tables}, register=[{"item": "_ga"}, {"item": "_gid"}])
    assert list(policy_notes(profile, written)) == [
        "Nobody has confirmed 2 rows and 1 category of the policy file: nothing that they say makes a finding.",
        "The profile has no category comfort, which the policy file has: no category is compared there. "
        "Give both the same key; the profile has advertising, analytics, functionality and social.",
    ]
    assert list(policy_notes(profile, policy_of("We count."))) == []


def test_a_promise_that_no_shipped_scenario_tests_is_told() -> None:
    profile = load_profile("reference", None, REFERENCE_ACCOUNT)
    sentence = {"id": "S7", "fingerprint": "0" * 16, "promises": ["P02", "P53"], "confirmed": True}
    assert list(policy_notes(profile, policy_of(sentence=[sentence]))) == [
        "No shipped scenario tests P53 (sentence S7): only a suite with such promises of its own does."
    ]


def test_own_features_are_checked(tmp_path: Path) -> None:
    feature = "Feature: F\n\n  Scenario: S\n    Given a new visitor\n    When they visit the basket\n"
    feature += "    Then the page can be read\n"
    (tmp_path / "own.feature").write_text(feature, encoding="utf-8")
    code, printed = checked("--site", str(TEMPLATE / "site.toml"), str(tmp_path))
    assert code == 0
    assert printed == (
        "0 scenarios would run, 1 would be skipped.\n\npages.basket would enable 1:\n  own.feature:3  S\n"
    )


def test_a_wrong_word_is_named_with_the_words_that_may_stand_there(tmp_path: Path) -> None:
    feature = "Feature: F\n\n  Scenario: S\n    Given a new visitor\n    When they visit the checkout page\n"
    feature += "    Then the page can be read\n"
    (tmp_path / "own.feature").write_text(feature, encoding="utf-8")
    code, printed = checked(str(tmp_path))
    assert code == 4
    assert printed.startswith('own.feature:5: "they visit the checkout page": “checkout page” is not a page')
    assert "would run" not in printed


def test_a_sentence_that_no_shipped_step_matches_is_named(tmp_path: Path) -> None:
    feature = "Feature: F\n\n  Scenario: S\n    Given a new visitor\n    Then the page has a headline\n"
    (tmp_path / "own.feature").write_text(feature, encoding="utf-8")
    code, printed = checked(str(tmp_path / "own.feature"))
    assert code == 0
    assert printed == (
        "1 scenario would run, 0 would be skipped.\n\n"
        "1 sentence matches no shipped step. `pytest --collect-only` looks among your own steps:\n"
        "  own.feature:5  the page has a headline\n"
    )


def test_what_is_no_feature_file_ends_in_one_line_and_code_4(tmp_path: Path) -> None:
    other, twice = tmp_path / "site.toml", tmp_path / "twice.feature"
    other.write_text("schema_version = 1\n", encoding="utf-8")
    for named in (other, tmp_path):
        assert checked(str(named)) == (4, f"{named}: no feature file; name one, or a folder that holds some\n")
    twice.write_text("Feature: F\n  Scenario: S\n    Then a\n  Scenario: S\n    Then a\n", encoding="utf-8")
    code, printed = checked(str(twice))
    assert (code, printed.count("\n")) == (4, 1)
    assert 'a second scenario is called "S"' in printed


def test_a_wrong_profile_ends_in_one_line_and_code_4(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("[site]\nname = 3\n", encoding="utf-8")
    code, printed = checked("--site", str(tmp_path / "site.toml"))
    assert code == 4
    assert "site.toml" in printed
    assert "Traceback" not in printed


def test_a_misspelt_consent_manager_ends_in_one_line_and_code_4(tmp_path: Path) -> None:
    site = (TEMPLATE / "site.toml").read_text(encoding="utf-8")
    for name, ended, line in (
        ("klara", 4, "no consent manager is called 'klara'; did you mean `klaro`"),
        ("klaro", 0, ""),
    ):
        (tmp_path / "site.toml").write_text(site.replace('"auto"', f'"{name}"'), encoding="utf-8")
        code, printed = checked("--site", str(tmp_path / "site.toml"))
        assert (code, line in printed) == (ended, True)


def test_each_declared_need_is_an_entry_of_the_profile() -> None:
    page = (ROOT / "docs" / "profile.md").read_text(encoding="utf-8")
    for entry in catalogue():
        for need in "|".join(entry.needs).split("|") if entry.needs else ():
            key = need.partition(":")[0].rpartition(".")[2]
            assert f"`{key}`" in page or f"`[[{key}]]`" in page or key == "account", (entry.pattern, need)


def test_what_the_policy_does_not_promise_would_not_run() -> None:
    profile = load_profile("reference", None, REFERENCE_ACCOUNT)
    plan = planned(profile, (), policy_of("We link to the legal information.", rules=["R-EASY"]))
    assert {case.file for case in plan.runs} == {"policy_page.feature", "rules/eu.feature"}
    assert "A policy that promises P25" in plan.skipped
    assert 'rules = ["eu"] in the policy file' in plan.skipped
