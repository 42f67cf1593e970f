"""What pages measure and tell: it changes with each load, and by chance one reading is too plain for an identifier."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Record
from consentinel.verdicts import recognisable
from consentinel.verdicts.decimals import rounded
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.identifiers import identifiers_in
from tests.verdicts.builders import HOME, PROFILE, cookie, only, request, state, timeline, visit
from tests.verdicts.test_anonymity import TOKEN


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("123.30000019073486", "123.3"),
        ("99.60000002384186", "99.6"),
        ("12345.305000066757", "12345.305"),
        ("116.66000000000001", "116.66"),
        ("1.100000023841858", "1.1"),
        ("99.99999999999999", "100.0"),
        ('{"fcp":87.5,"lcp":150.7999999523163}', '{"fcp":87.5,"lcp":150.8}'),
    ],
)
def test_the_noise_of_arithmetic_says_nothing(text: str, read: str) -> None:
    assert rounded(text) == read
    assert identifiers_in(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "41.06666666666667",
        "GA1.1.1234567.12345678901234",
        "1234567890.1795593600",
        "1.1719999999",
        "1.2.30000019073486",
    ],
)
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert rounded(text) == text
    assert text in identifiers_in(text)


def test_the_point_of_a_computed_number_sets_no_parts_apart() -> None:
    assert identifiers_in("41.06666666666667") == {"41.06666666666667"}
    assert "1795593600" in identifiers_in("1234567890.1795593600")


def walked(name: str, *values: str, at: float = 10.0, times: int = 2) -> list[Record]:
    """The loads of one page, each of which tells the site a value several times; an empty one tells none."""
    records: list[Record] = [visit(at)]
    for number, value in enumerate(values):
        records.append(request(HOME, at + number, document=True))
        told = [request(f"{HOME}rum?{name}={value}", at + number + 0.1) for _ in range(times)]
        records += told if value else []
    return records


def judged(mine: list[Record], theirs: list[Record]) -> Verdict:
    stranger = timeline(*theirs)
    return recognisable.addresses_are_anonymous(timeline(*mine), stranger, PROFILE, (), lambda: stranger)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(("123.30000019073486", "87"), ("99", "101"), id="a paint, now and then in whole milliseconds"),
        pytest.param(("41.06666666666667", "87"), ("99", "101"), id="a mean"),
        pytest.param(("41.06666666666667", ""), ("", "101"), id="a mean of what is not always there"),
        pytest.param(("41.06666666666667", "0"), ("0", "0"), id="a shift that is there once"),
        pytest.param(("14.371428571428572",) * 2 + ("12.342857142857143",), ("99", "101"), id="the same by chance"),
        pytest.param(("12345.678912", "87.123456"), ("99.123456", "101.123456"), id="with six digits"),
        pytest.param(("12345678", "9876543"), ("9876540", "9876541"), id="bytes"),
        pytest.param(("9876543", "12345678"), ("9876540", "23456781"), id="bytes of both"),
        pytest.param(("k3j9x2lq", "abcdefgh", "p0o9i8u7"), ("q1w2e3r4", "hgfedcba"), id="letters by chance"),
        pytest.param(("k3j9x2lq",), ("abcdefgh", "q1w2e3r4", "z9y8x7w6"), id="letters of another's by chance"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_what_changes_with_the_load_recognises_nobody_though_a_value_is_plain(
    mine: tuple[str, ...], theirs: tuple[str, ...], times: int
) -> None:
    assert judged(walked("t", *mine, times=times), walked("t", *theirs, times=times)) == Verdict()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param((TOKEN, "0"), ("0", "0"), id="nobody's number"),
        pytest.param((TOKEN, ""), ("", ""), id="nothing"),
        pytest.param((TOKEN, "12345"), ("12345", "12345"), id="a number that is none of its kind"),
        pytest.param(("1234567890", "0"), ("0", "0"), id="a number, and nobody's number"),
        pytest.param(("1234567890", "42"), ("41", "42"), id="a number, and a page's"),
        pytest.param(("1234567890", "12345", "1234567890"), ("12345", "98765"), id="two loads"),
        pytest.param(("0.7234987234192837", "0.7234987234192837"), ("0", "0"), id="a fraction of two loads"),
        pytest.param((TOKEN, "anonymous", TOKEN), ("anonymous", "anonymous"), id="a word"),
        pytest.param(("1234567890.1795593600", "0"), ("0", "0"), id="two numbers"),
    ],
)
def test_an_identifier_is_found_though_its_name_holds_something_plain_at_times(
    mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    assert only(judged(walked("t", *mine), walked("t", *theirs))).host == "www.shop.example"


def test_a_computed_number_that_is_kept_recognises_though_one_load_alone_sends_it() -> None:
    number = "0.7234987234192837"
    mine = [*walked("t", number, "0"), state(20.0, cookie("who", number))]
    assert only(judged(mine, walked("t", "0", "0"))).host == "www.shop.example"


OTHERS = ("1b9d6bcd4f2a8e03", "5d41402abc4b2a76")


@pytest.mark.parametrize(
    ("loads", "is_accused"),
    [
        pytest.param(((TOKEN,), (TOKEN, OTHERS[0]), (OTHERS[0], OTHERS[1])), False, id="last words of each page"),
        pytest.param(((TOKEN, TOKEN), (TOKEN, TOKEN, OTHERS[0])), False, id="two of them"),
        pytest.param(((TOKEN,), (TOKEN,), (OTHERS[0],)), True, id="a page that says nothing else"),
        pytest.param(((TOKEN,), (OTHERS[0], TOKEN)), True, id="after its own words"),
        pytest.param(((TOKEN,), (TOKEN, OTHERS[0]), (TOKEN, OTHERS[1])), True, id="said by a third page as well"),
    ],
)
def test_what_a_page_says_on_being_left_belongs_to_it_though_the_next_one_is_named(
    loads: tuple[tuple[str, ...], ...], is_accused: bool
) -> None:
    seen: list[Record] = [visit(1.0)]
    for number, values in enumerate(loads):
        page, at = f"{HOME}{number}", 10.0 * (number + 1)
        seen.append(request(page, at, document=True))
        seen += [request(f"https://cdn.example/f?t={one}", at + 1 + n, page=page) for n, one in enumerate(values)]
    verdict = recognisable.partners_cannot_recognise(timeline(*seen), timeline(visit()), PROFILE, ())
    assert bool(verdict.findings) is is_accused
