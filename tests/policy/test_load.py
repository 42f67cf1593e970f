"""A policy file that cannot be used says what, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.policy.load import load_policy
from consentinel.site.errors import ProfileError

SOURCE = f'[source]\nurl = "https://www.shop.example/"\ndate = 2026-03-31\nsha256 = "{"0" * 64}"\n'
SENTENCE = '[[sentence]]\nid = "S1"\nfingerprint = "0123456789abcdef"\n'
PROMISES = 'promises = ["P01"]\n'
ROW = '[[register]]\nitem = "_ga_<container>"\n'


def load(folder: Path, text: str) -> str:
    file = folder / "shop.toml"
    file.write_text(text, encoding="utf-8")
    try:
        load_policy(file)
    except ProfileError as error:
        return str(error)
    return ""


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    more = 'host = "*.Metrics.example"\nlifetime = "13 mois"\nkind = "cookie"\n'
    assert load(tmp_path, f'rules = ["R-CNIL-34"]\n{SOURCE}{SENTENCE}{PROMISES}{ROW}{more}') == ""


@pytest.mark.parametrize("said", ['untested = "deletion"\n', PROMISES + 'untested = "deletion"\n'])
def test_what_no_id_stands_for_may_stand_alone_or_beside_promises(tmp_path: Path, said: str) -> None:
    assert load(tmp_path, SOURCE + SENTENCE + said) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SENTENCE + PROMISES, "shop.toml: source: is missing; add the table [source]"),
        (SOURCE + SENTENCE + PROMISES + "confrimed = true\n",
         "shop.toml: sentence[0].confrimed = true: no such key; did you mean `confirmed`?"),
        (SOURCE + SENTENCE,
         "give either `promises`, or `silent` with the reason why it makes none"),
        (SOURCE + SENTENCE + 'promises = ["soon"]\n', 'sentence[0].promises[0] = "soon": is no id of a promise'),
        (SOURCE + SENTENCE + 'promises = ["R-EASY"]\n',
         "is a rule; put it into `rules` at the top of the file, and write `silent` here"),
        (SOURCE + SENTENCE + PROMISES + 'silent = "a heading"\n', "S1: give either `promises`, or `silent`"),
        (SOURCE + SENTENCE + 'silent = "a heading"\nuntested = "deletion"\n', "S1: give either"),
        (SOURCE + SENTENCE.replace("abcdef", "") + PROMISES, "is no digest; it has 16 hexadecimal digits"),
        (SOURCE + SENTENCE + PROMISES + SENTENCE + PROMISES, "two sentences have the id S1"),
        (SOURCE + '[[register]]\nitem = "*"\n', 'register[0].item = "*": names every item'),
        (SOURCE + '[[register]]\nitem = "…"\n', "names every item"),
        (SOURCE + ROW + 'lifetime = "a while"\n', 'register[0].lifetime = "a while": says no duration'),
        (SOURCE + ROW + 'kind = "cokie"\n', 'register[0].kind = "cokie": is not known; write'),
        (SOURCE + '[parameters.categories.fun]\nname = "Fun"\nmodle = "always"\n', "did you mean `model`?"),
        (SOURCE + '[parameters.categories.fun]\nname = "Fun"\n' + ROW + 'category = "stats"\n',
         'the register puts "_ga_<container>" into "stats"'),
        ('rules = ["P01"]\n' + SOURCE, "is no pack of rules and no id of one"),
        (SOURCE + "[source", "is not TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, text: str, line: str) -> None:
    assert line in load(tmp_path, text)


def test_a_file_that_is_not_there_names_the_command_that_writes_one(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="consentinel policy draft URL"):
        load_policy(tmp_path / "none.toml")
