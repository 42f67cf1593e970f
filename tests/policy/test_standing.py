"""Which promises a policy file makes, and which rules beyond the policy a site is held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.policy.promises import PromisesError, among, promises
from consentinel.policy.standing import NotPromised, lacking, standings, unconfirmed
from tests.policy.builders import policy_of

KNOWN = promises()
DEFAULT = {"R-PRIOR", "R-ACT", "R-EASY", "R-TICKED", "R-KEYBOARD", "R-LIFETIME"}
FIRST_POLICY = {f"P{number:02}" for number in range(1, 28)}


def made(standing: str, **more: object) -> set[str]:
    policy = policy_of("We keep nothing.", **more)
    return {one for one, said in standings(KNOWN, policy).items() if said == standing}


def test_without_a_policy_file_the_first_policys_promises_and_the_default_rules_hold() -> None:
    held = {one for one, said in standings(KNOWN, None).items() if said == "made"}
    assert held == FIRST_POLICY | DEFAULT


def test_a_file_without_sentences_says_nothing_of_them() -> None:
    assert made("made", sentence=[]) >= FIRST_POLICY
    assert "P29" in made("not made", sentence=[])


def test_a_promise_that_no_sentence_makes_is_not_made() -> None:
    assert made("made") == {"P01"} | DEFAULT


def test_what_a_suite_adds_itself_holds_whatever_the_policy_file_lists(tmp_path: Path) -> None:
    file = tmp_path / "promises.toml"
    file.write_text(
        '[SHOP-1]\ntitle = "The shop works"\n[P05]\ntitle = "Our words for it"\n'
        '[R-OURS]\ntitle = "A rule of ours"\nsource = "our handbook"\n[SHOP-2]\ntitle = "x"\nonly_if_said = true\n',
        encoding="utf-8",
    )
    said = standings(promises(file), policy_of("We keep nothing.", rules=[]))
    assert [said[one] for one in ("SHOP-1", "R-OURS", "SHOP-2", "P05")] == ["made", "made", "not made", "not made"]


def test_a_sentence_that_nobody_confirmed_makes_a_promise_unconfirmed() -> None:
    sentence = {"id": "S7", "fingerprint": "0" * 16, "promises": ["P29"]}
    assert made("unconfirmed", sentence=[sentence]) == {"P29"}
    assert "sentence S7" in unconfirmed(policy_of(sentence=[sentence]), "P29")


def test_a_register_and_categories_make_promises_of_their_own() -> None:
    rows = [{"item": "_ga", "lifetime": "13 months", "confirmed": True}, {"item": "cart"}]
    assert "P28" in made("made", register=rows)
    assert made("unconfirmed", register=rows) == {"P31"}
    category = {"name": "Statistics", "model": "opt-out", "account_wide": True, "confirmed": True}
    assert made("made", parameters={"categories": {"statistics": category}}) >= {"P33", "P34"}


def test_a_site_is_held_to_the_rules_that_its_file_lists() -> None:
    assert made("made", rules=["R-EASY"]) == {"P01", "R-EASY"}
    assert "R-EASY" not in made("made", rules=[])


def test_a_scenario_that_is_not_played_says_which_promise_is_not_made() -> None:
    assert str(NotPromised(["P29"], 3)) == (
        "the policy does not promise this: no sentence of its file names P29; 3 of its sentences are not confirmed"
    )


def test_promises_come_before_rules() -> None:
    assert among(["R-EASY", "P10", "slow", "P02"], KNOWN) == ["P02", "P10", "R-EASY"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[R-NEW]\ntitle = "A rule"', "needs a source"),
        ('[SHOP-3]\ntitle = "A promise"\nsource = "law"', "only a rule"),
        ('[R-]\ntitle = "A rule"\nsource = "law"', "is no id"),
    ],
)
def test_a_rule_has_a_source_and_a_promise_has_none(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PromisesError, match=told):
        promises(file)


def test_a_whole_visit_needs_all_its_promises_and_a_plain_scenario_one() -> None:
    assert lacking(["P01", "P02"], ["P01"], whole=False) == []
    assert lacking(["P01", "P02"], ["P01"], whole=True) == ["P02"]
    assert lacking(["P01", "P02"], ["P03"], whole=False) == ["P01", "P02"]
    assert lacking([], [], whole=False) == lacking(["P01"], ["P01"], whole=True) == []
