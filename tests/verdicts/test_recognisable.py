"""Rules about what recognises the visitor in addresses: told by comparison with a stranger."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

import pytest

from consentinel.evidence.records import Kind, Record, StoredItem, Value
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import recognisable
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    cookie,
    item,
    only,
    request,
    state,
    timeline,
    visit,
)
from tests.verdicts.test_anonymity import METRICS, TOKEN


def partner(value: str, name: str = "uid") -> Verdict:
    seen = timeline(visit(), request(f"https://cdn.example/f?{name}={value}", initiator="https://x.example/p.js?k=1:3"))
    stranger = timeline(visit(), request("https://cdn.example/f?uid=1111aaaa2222bbbb&v=99887766aabb"))
    return recognisable.partners_cannot_recognise(seen, stranger, PROFILE, ())


def test_a_value_that_sets_one_visitor_apart_must_not_reach_a_partner() -> None:
    assert partner("99887766aabb", "v") == Verdict()
    assert partner("en-GB") == Verdict()
    finding = only(partner(TOKEN))
    assert (finding.rule, finding.host) == ("recognisable: told to a partner", "cdn.example")
    assert finding.sentence == (
        'The service at cdn.example was told something that recognises the visitor, as "uid": https://cdn.example/f'
    )


@pytest.mark.parametrize(("value", "is_accused"), [("13p3p3p2p5l1", False), (f"13p3p3p2p5l1{TOKEN}", True)])
def test_a_consent_code_says_what_was_chosen_and_not_by_whom(value: str, is_accused: bool) -> None:
    assert bool(partner(value, "gcd").findings) == is_accused
    assert bool(partner(value, "events.0.gcd").findings) == is_accused


def told(*addresses: str) -> Verdict:
    seen = timeline(visit(), *(request(f"https://cdn.example/{address}", 1795732859.1) for address in addresses))
    return recognisable.partners_cannot_recognise(seen, timeline(visit()), PROFILE, ())


@pytest.mark.parametrize(
    "addresses",
    [
        ("f?_=1795732859101",),
        ("f?_=1795732859",),
        ("f?nonce=7c9e6679f3a14b02", "f?nonce=1b9d6bcd4f2a8e03"),
        ("f?nonce=7c9e6679f3a14b02", "f?nonce=1b9d6bcd4f2a8e03", "f"),
        ("tea?nonce=7c9e6679f3a14b02", "salt?nonce=1b9d6bcd4f2a8e03", "soap?nonce=5d41402abc4b2a76"),
    ],
)
def test_a_number_against_caches_and_a_nonce_recognise_nobody(addresses: tuple[str, ...]) -> None:
    assert told(*addresses) == Verdict()


@pytest.mark.parametrize(
    "addresses",
    [
        (f"f?uid={TOKEN}", f"f?uid={TOKEN}"),
        (f"f?uid={TOKEN}.1", f"f?uid={TOKEN}.2"),
        (f"f?uid={TOKEN}", "f?uid=en-GB", f"g?u={TOKEN}"),
        (f"f?id={TOKEN}", "g?id=1b9d6bcd4f2a8e03"),
        (f"f?id={TOKEN}", "g?id=1b9d6bcd4f2a8e03", "h?id=en-GB"),
        (f"f?id={TOKEN}", "g?id=1b9d6bcd4f2a8e03", f"h?id={TOKEN}"),
        (f"f?id={TOKEN}&id=1b9d6bcd4f2a8e03",),
        ("f?since=1795712864",),
    ],
)
def test_what_stays_the_same_recognises(addresses: tuple[str, ...]) -> None:
    assert {finding.host for finding in told(*addresses).findings} == {"cdn.example"}


@pytest.mark.parametrize(
    "more",
    [
        {"url": f"{HOME}a?sid={TOKEN}"},
        {"url": f"{HOME}a;jsessionid={TOKEN}/b"},
        {"url": f"{HOME}a", "method": "POST", "body": Value(f"sid={TOKEN}")},
    ],
)
def test_an_address_that_stands_in_for_a_cookie(more: dict[str, object]) -> None:
    stranger = timeline(visit(), request(f"{HOME}a?sid=1111aaaa2222bbbb&asset=44445555666677"))
    seen = timeline(visit(), request(**more))  # type: ignore[arg-type]
    finding = only(recognisable.addresses_are_anonymous(seen, stranger, PROFILE, ()))
    assert finding.rule == "recognisable: in an address"
    assert TOKEN not in finding.written_by
    clean = timeline(visit(), request(f"{HOME}a?asset=44445555666677"), request(f"{METRICS}?cid={TOKEN}"))
    assert recognisable.addresses_are_anonymous(clean, stranger, PROFILE, ()) == Verdict()


@pytest.mark.parametrize(
    "more",
    [
        {"fields": (("who.session", Value(TOKEN)),)},
        {"fields": (("", Value(f"\x10{TOKEN}")),)},
        {"headers": (("x-visitor", Value(TOKEN)),)},
        {"body": Value(f'{{"who": "{TOKEN}"}}')},
        {"url": f"https://cdn.example/e/{TOKEN}/f"},
        {"url": f"https://cdn.example/e?{TOKEN}"},
    ],
)
def test_an_identifier_may_reach_a_partner_in_a_body_a_header_or_a_path(more: dict[str, object]) -> None:
    told = {"url": "https://cdn.example/e", "method": "POST", **more}
    first, second = request(**told), request(**told, at=12.0)  # type: ignore[arg-type]
    stranger = timeline(visit(), request("https://cdn.example/e"))
    seen = timeline(visit(), first, second)
    finding = only(recognisable.partners_cannot_recognise(seen, stranger, PROFILE, ()))
    assert (finding.rule, finding.host) == ("recognisable: told to a partner", "cdn.example")


def test_what_each_request_draws_anew_recognises_nobody_in_a_body_either() -> None:
    drawn = [
        request("https://cdn.example/e", at, method="POST", fields=(("id", Value(token)), ("sent", Value(f"{at}"))))
        for at, token in ((10.0, TOKEN), (11.0, "1b9d6bcd4f2a8e03"))
    ]
    verdict = recognisable.partners_cannot_recognise(timeline(visit(), *drawn), timeline(visit()), PROFILE, ())
    assert verdict == Verdict()


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "crumb", "form_key", "form_token"])
def test_a_token_against_forgery_is_no_identifier_to_the_site_itself(name: str) -> None:
    fields = ((name, Value(TOKEN)), ("choice", Value("no")))
    for url, count in ((f"{HOME}save", 0), ("https://cdn.example/save", 1)):
        posted = [request(url, at, method="POST", fields=fields) for at in (10.0, 12.0)]
        seen, stranger = timeline(visit(), *posted), timeline(visit())
        verdicts = recognisable.addresses_are_anonymous(seen, stranger, PROFILE, ())
        verdicts += recognisable.partners_cannot_recognise(seen, stranger, PROFILE, ())
        assert len(verdicts.findings) == count


@pytest.mark.parametrize("rule", [recognisable.addresses_are_anonymous, recognisable.partners_cannot_recognise])
@pytest.mark.parametrize(
    ("times", "name", "is_accused"), [(1, "choice", False), (2, "choice", True), (1, "session", True)]
)
def test_a_choice_may_be_noted_once_with_the_number_that_its_item_holds(
    rule: Callable[..., Verdict], times: int, name: str, is_accused: bool
) -> None:
    is_own = rule is recognisable.addresses_are_anonymous
    taken = f"{HOME}note?id={TOKEN}&choice=none" if is_own else "https://cdn.example/note"
    fields = () if is_own else (("id", Value(TOKEN)), ("choice", Value("none")))
    seen: list[Record] = [visit(), state(9.0, cookie(name, f"none.{TOKEN}"))]
    for number in range(times):
        page, at = f"{HOME}{number}", 10.0 + number
        seen += [request(page, at, document=True), request(taken, at + 0.1, page=page, fields=fields)]
    verdict = rule(timeline(*seen), timeline(visit()), PROFILE, ())
    assert bool(verdict.findings) is is_accused


def loaded(*pages: str) -> Verdict:
    """Three requests of each page to one address, with the value that the page has for its load."""
    seen: list[Record] = [visit()]
    for number, value in enumerate(pages):
        page, at = f"{HOME}{number % 2}", 10.0 + number
        seen += [request(page, at, document=True)]
        seen += [request(f"https://cdn.example/f?trace={value}", at + 0.1, page=page) for _ in range(3)]
        if number:  # what the page before has sent on being left
            before = f"{HOME}{(number - 1) % 2}"
            seen += [request(f"https://cdn.example/f?trace={pages[number - 1]}", at + 0.2, page=before)]
    stranger = timeline(visit(), request("https://cdn.example/f"))
    return recognisable.partners_cannot_recognise(timeline(*seen), stranger, PROFILE, ())


OTHERS = ("1b9d6bcd4f2a8e03", "5d41402abc4b2a76")


def test_what_each_load_of_a_page_draws_anew_recognises_nobody() -> None:
    assert loaded(TOKEN, *OTHERS) == Verdict()
    assert loaded(f"{TOKEN}.{OTHERS[0]}", OTHERS[1]) == Verdict()


@pytest.mark.parametrize(
    "values",
    [(TOKEN,), (TOKEN, TOKEN), (TOKEN, OTHERS[0], TOKEN), (TOKEN, "en-GB"), (f"{TOKEN}.1", f"{TOKEN}.2")],
)
def test_what_two_loads_have_in_common_or_one_load_alone_has_told_recognises(values: tuple[str, ...]) -> None:
    assert only(loaded(*values)).host == "cdn.example"


def in_paths(*loads: str) -> Verdict:
    """Two requests of each load of a page to an address whose path holds a number of the load's, and one to another."""
    seen: list[Record] = [visit()]
    for number, value in enumerate(loads):
        at = 10.0 + 10 * number
        seen += [request(HOME, at, document=True), request("https://cdn.example/library.js", at + 1)]
        seen += [request(f"https://cdn.example/live/{number + 7}/{value}/{part}", at + 2) for part in ("xhr", "xhr")]
    stranger = timeline(visit(), request("https://cdn.example/library.js"))
    return recognisable.partners_cannot_recognise(timeline(*seen), stranger, PROFILE, ())


def test_what_the_path_of_an_address_holds_anew_with_each_load_recognises_nobody() -> None:
    assert in_paths(TOKEN, *OTHERS) == Verdict()
    assert only(in_paths(TOKEN)).host == "cdn.example"
    assert only(in_paths(TOKEN, OTHERS[0], TOKEN)).host == "cdn.example"


def walked(*values: str, at: float = 10.0) -> tuple[Record, ...]:
    """The loads of one page, each of which tells a partner a value twice; an empty one tells none."""
    records: list[Record] = [visit(at)]
    for number, value in enumerate(values):
        records.append(request(HOME, at + number, document=True))
        told = [request(f"https://cdn.example/f?key={value}", at + number + 0.1) for _ in range(2)]
        records += told if value else []
    return tuple(records)


@pytest.mark.parametrize(
    ("theirs", "is_accused"),
    [
        (OTHERS, False),
        ((OTHERS[0], OTHERS[0]), True),
        ((OTHERS[0],), True),
        (("", OTHERS[0]), True),
        ((OTHERS[0], ""), False),
        ((OTHERS[0], "en-GB"), True),
    ],
)
def test_what_was_sent_with_one_load_is_judged_by_what_a_stranger_sends_with_two(
    theirs: tuple[str, ...], is_accused: bool
) -> None:
    seen, stranger = timeline(*walked(TOKEN)), timeline(*walked(theirs[0]))
    asked = []

    def again() -> Timeline:
        asked.append(True)
        return timeline(*walked(*theirs))

    verdict = recognisable.partners_cannot_recognise(seen, stranger, PROFILE, (), again)
    assert bool(verdict.findings) is is_accused
    assert asked == [True]


@pytest.mark.parametrize(
    ("mine", "theirs", "is_accused"),
    [
        ((), (), False),
        ((cookie("seen", "1"),), (cookie("seen", "1"),), False),
        ((cookie("session", TOKEN),), (cookie("session", OTHERS[0]),), True),
        ((cookie("session", base64.b64encode(f"id={TOKEN}".encode()).decode()),), (), True),
        ((), (item(Kind.INDEXED_DB, "buffer", f'[{{"id": "{OTHERS[0]}"}}]'),), True),
        ((item(Kind.CACHE, TOKEN),), (), True),
    ],
)
def test_what_was_sent_once_recognises_where_a_store_keeps_it(
    mine: tuple[StoredItem, ...], theirs: tuple[StoredItem, ...], is_accused: bool
) -> None:
    seen = timeline(*walked(TOKEN, "", at=10.0), state(20.0, *mine))
    stranger = timeline(*walked(OTHERS[0], ""), state(20.0, *theirs))
    verdict = recognisable.partners_cannot_recognise(seen, stranger, PROFILE, (), lambda: stranger)
    assert bool(verdict.findings) is is_accused


def _same(record: Timeline) -> Timeline:
    return record


def test_what_was_sent_once_and_is_the_same_for_a_stranger_who_chose_likewise_sets_nobody_apart() -> None:
    seen, stranger = timeline(*walked(TOKEN, "")), timeline(*walked("", ""))
    for again, is_accused in ((timeline(*walked(TOKEN, "")), False), (stranger, True)):
        verdict = recognisable.partners_cannot_recognise(seen, stranger, PROFILE, (), partial(_same, again))
        assert bool(verdict.findings) is is_accused


def test_a_number_of_the_build_beside_a_nonce_recognises_nobody() -> None:
    build = "44445555666677"
    seen = timeline(*walked(f"{build}.{TOKEN}", ""))
    stranger, again = timeline(*walked(f"{build}.{OTHERS[0]}", "")), timeline(*walked(f"{build}.{OTHERS[1]}", ""))
    assert recognisable.partners_cannot_recognise(seen, stranger, PROFILE, (), lambda: again) == Verdict()


def test_a_stranger_goes_again_only_where_something_may_recognise() -> None:
    def again() -> Timeline:
        raise AssertionError

    seen, stranger = timeline(*walked("en-GB", TOKEN)), timeline(*walked("fr-FR", TOKEN))
    assert recognisable.partners_cannot_recognise(seen, stranger, PROFILE, (), again) == Verdict()


def test_what_two_loads_have_told_recognises_whatever_a_stranger_sends() -> None:
    seen, stranger = timeline(*walked(TOKEN, TOKEN)), timeline(*walked(*OTHERS))
    verdict = recognisable.partners_cannot_recognise(seen, stranger, PROFILE, (), lambda: stranger)
    assert only(verdict).host == "cdn.example"
