from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.report.history import (
    Drift,
    Exemption,
    HistoryError,
    diff,
    excuse,
    read_exemptions,
    snapshot,
)
from consentinel.report.history.findings import cause_of
from tests.history.builders import item, run_with

DAY = date(2026, 11, 25)


def drift() -> Drift:
    return diff(snapshot(run_with()), snapshot(run_with(item("_gcl_au", host="a.shop.example"))))


def exemption(**changed: object) -> Exemption:
    return Exemption.model_validate({"name": "_gcl_*", "reason": "autumn sale", "expires": DAY, **changed})


def test_an_exception_covers_until_its_day_and_comes_back_after() -> None:
    held = excuse(drift(), [exemption()], DAY)
    assert held.drift.open == ()
    assert held.drift.changes[0].accepted == "autumn sale (until 2026-11-25)"
    lapsed = excuse(drift(), [exemption()], DAY + timedelta(days=1))
    assert len(lapsed.drift.open) == 1
    assert lapsed.lapsed == (exemption(),)
    assert lapsed.drift.notes == ('the exception for "_gcl_*" ended on 2026-11-25 and covers nothing',)


def test_an_exception_by_id_needs_no_name_and_covers_no_other_item() -> None:
    two = diff(snapshot(run_with()), snapshot(run_with(item("_gcl_au"), item("other"))))
    by_id = Exemption(cause=cause_of(two.changes[0]), reason="asked for", expires=DAY)

    assert [change.name for change in excuse(two, [by_id], DAY).drift.open] == [two.changes[1].name]


def test_the_id_of_a_change_is_the_same_when_the_item_goes_again() -> None:
    without, having = snapshot(run_with()), snapshot(run_with(item("_gcl_au")))
    (came,), (went,) = diff(without, having).changes, diff(having, without).changes

    assert cause_of(came) == cause_of(went)


@given(st.dates(), st.dates())
def test_no_exception_outlives_its_day(expires: date, today: date) -> None:
    excused = excuse(drift(), [exemption(expires=expires)], today)
    assert (excused.drift.open == ()) == (today <= expires)
    assert len(excused.drift.changes) == 1


@pytest.mark.parametrize(
    ("changed", "covered"),
    [
        ({"name": "_gcl_au"}, True),
        ({"name": "_gcl"}, False),
        ({"name": "*"}, True),
        ({"host": "*.shop.example"}, True),
        ({"host": "shop.example"}, False),
        ({"host": "*.op.example"}, False),
        ({"kind": "cookie"}, True),
        ({"kind": "local_storage"}, False),
        ({"change": "gone"}, False),
        ({"cause": cause_of(drift().changes[0])}, True),
        ({"cause": "0badcafe"}, False),
    ],
)
def test_it_covers_what_it_names_and_no_more(changed: dict[str, object], covered: bool) -> None:
    assert (excuse(drift(), [exemption(**changed)], DAY).drift.open == ()) == covered


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "a"\nexpires = 2027-01-31', "accepted, exception 1, reason: field required; give it"),
        ('name = "a"\nreason = "b"', "accepted, exception 1, expires: field required; give it"),
        ('name = "a"\nreason = " "\nexpires = 2027-01-31', "accepted, exception 1, reason: string should match"),
        ('name = "a"\nreason = "b"\nexpires = "2027-01-31"', "write it without quotes, as expires = 2027-01-31"),
        (
            'name = "a"\nreason = "b"\nexpires = 2027-01-31\nhots = "x"',
            "extra inputs are not permitted; remove it",
        ),
        ('reason = "b"\nexpires = 2027-01-31', "it gives neither name nor cause; give one of them"),
        ("name = ", "not valid TOML"),
    ],
)
def test_a_wrong_file_names_file_key_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text(f"[[accepted]]\n{text}\n")
    with pytest.raises(HistoryError) as told:
        read_exemptions(file)
    assert message in str(told.value)
    assert str(told.value).startswith(f"{file}: ")
    assert "\n" not in str(told.value)


def test_a_right_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text('[[accepted]]\nname = "_gcl_*"\nreason = "autumn sale"\nexpires = 2026-11-25\n')
    assert read_exemptions(file) == (exemption(),)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="cannot be read"):
        read_exemptions(tmp_path / "no.toml")
