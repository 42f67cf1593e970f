"""Packs of rules beyond the policy: who asks for what, which of them a policy file chooses, and where they disagree."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from consentinel.policy.packs import PackError, chosen, contradictions, packs
from consentinel.policy.promises import promises
from consentinel.policy.standing import NotPromised, standings
from tests.policy.builders import policy_of

CITED = 'source = "A law"\nstatus = "binding"\n'
HEAD = '[pack]\ntitle = "Somewhere"\n'
ALWAYS = {"R-PRIOR", "R-ACT", "R-EASY", "R-TICKED", "R-KEYBOARD", "R-LIFETIME"}
"""What holds on a site whose policy file chooses no pack, and on one that has no policy file."""


def held(*rules: str) -> set[str]:
    said = standings(promises(), policy_of("We link to it.", rules=list(rules)))
    return {one for one, standing in said.items() if standing == "made" and one.startswith("R-")}


def read(folder: Path, text: str) -> object:
    (folder / "some.toml").write_text(text, encoding="utf-8")
    return packs(folder)["some"]


def test_every_rule_of_a_pack_has_a_source_and_the_number_that_is_ours_is_said_to_be() -> None:
    for pack in packs().values():
        assert pack.title
        assert pack.rules
        for rule, one in pack.rules.items():
            assert one.source, rule
            assert one.date or one.status == "ours", (pack.name, rule)
            assert one.read or one.status == "ours" or "axe-core" in one.paragraph, (pack.name, rule)
    assert "(our number)" in packs()["eu"].rules["R-EASY"].text


def test_every_rule_of_the_catalogue_is_cited() -> None:
    cited = {rule for pack in packs().values() for rule in pack.rules}
    assert {one.id for one in promises() if one.is_rule} == cited


def test_without_a_choice_of_packs_the_default_rules_hold() -> None:
    said = standings(promises(), None)
    assert {one for one, standing in said.items() if one.startswith("R-") and standing == "made"} == ALWAYS
    said = standings(promises(), policy_of("We link to it."))
    assert {one for one, standing in said.items() if one.startswith("R-") and standing == "made"} == ALWAYS


def test_a_policy_file_chooses_packs_and_single_rules() -> None:
    assert held("cnil") == set(packs()["cnil"].rules)
    assert held("wcag", "R-EASY") == {*packs()["wcag"].rules, "R-EASY"}
    assert held() == set()


def test_a_pack_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="is no pack of rules"):
        policy_of("We link to it.", rules=["mars"])


def test_a_scenario_of_a_pack_that_was_not_chosen_says_so() -> None:
    assert str(NotPromised(["R-KEYBOARD"])) == (
        'no pack of rules that asks for R-KEYBOARD was chosen; choose one by rules = ["wcag"] in the policy file'
    )
    assert "no sentence of its file names P04" in str(NotPromised(["P04", "R-KEYBOARD"]))


def test_packs_that_contradict_each_other_say_so_only_together() -> None:
    (told,) = contradictions(chosen(["cnil", "eu"]))["cnil"]
    assert told.endswith("The pack eu says otherwise (R-PRIOR).")
    assert contradictions(chosen(["cnil"])) == {"cnil": ()}


def test_a_reader_adds_a_rule_by_a_row(tmp_path: Path) -> None:
    pack = read(tmp_path, f'{HEAD}[R-NEW]\ntitle = "New"\n{CITED}paragraph = "1"\ndate = 2026-01-02\n')
    assert pack == packs(tmp_path)["some"]
    assert packs(tmp_path)["some"].rules["R-NEW"].text == "A law, 1, 2026-01-02, binding"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"[R-NEW]\n{CITED}", "title"),
        (f'{HEAD}[R-NEW]\nstatus = "binding"\n', "R-NEW.source"),
        (f"{HEAD}[P01]\n{CITED}", "P01"),
        (f"{HEAD}[R-NEW]\n{CITED}colour = 1\n", "colour"),
        ("[", "cannot be read as TOML"),
    ],
)
def test_what_is_wrong_with_a_pack_is_said_in_one_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(PackError, match=rf"\Asome\.toml: [^\n]*{fault}[^\n]*\Z"):
        read(tmp_path, text)
