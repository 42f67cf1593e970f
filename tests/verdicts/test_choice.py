"""Where the choice is kept is a pattern, and every rule reads it so."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote_plus

import pytest

from consentinel.evidence.records import Choice, Kind, StoredItem
from consentinel.site.classify import is_choice
from consentinel.site.profile import Profile
from consentinel.verdicts import (
    anonymity,
    assumption,
    lifetime,
    page_rules,
)
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    PROFILE,
    choice,
    cookie,
    item,
    request,
    setting,
    state,
    timeline,
    visit,
)

DAY = 86400.0
KEPT, OTHER = "choice-4f1a", "session-4f1a"
TOKEN = "7f3c9a1e5b2d4860"
SERVICE = "https://a.metrics.example/hit"


def kept_under(pattern: str, kind: str = "cookie") -> Profile:
    """The profile of a site that keeps the choice under such names, and declares them and those of sessions."""
    kept = PROFILE.consent.stored.model_copy(update={"name": pattern, "kind": kind})
    needed = PROFILE.categories["functionality"].model_copy(update={"cookies": ("choice-*", "session-*")})  # type: ignore[index]
    return PROFILE.model_copy(
        update={
            "consent": PROFILE.consent.model_copy(update={"stored": kept}),
            "categories": {**PROFILE.categories, "functionality": needed},
        }
    )


SITE = kept_under("choice-*")


def assumed(held: StoredItem) -> Verdict:
    return assumption.assumed(timeline(visit(), state(20.0, held)), SITE)


def bounded(held: StoredItem) -> Verdict:
    return lifetime.bounded(timeline(visit(), setting(held.name, max_age=200 * DAY)), SITE, ())


def prolonged(held: StoredItem) -> Verdict:
    before, after = (state(at, cookie(held.name, TOKEN, expires=180 * DAY)) for at in (20.0, 60.0))
    return lifetime.not_prolonged(timeline(visit(), before, visit(40.0), after), SITE, 40.0, 30 * DAY)


def sent_away(held: StoredItem) -> Verdict:
    seen = timeline(visit(), state(20.0, held), request(f"{SERVICE}?v={TOKEN}", at=30.0))
    return anonymity.functionality_stays_home(seen, SITE, ())


def came_back(held: StoredItem) -> Verdict:
    seen = timeline(visit(), state(20.0, held), visit(40.0), state(60.0, held))
    return anonymity.came_back(seen, SITE, (), 40.0)


def shared(held: StoredItem) -> Verdict:
    seen = timeline(visit(), state(20.0, held))
    return anonymity.share_nothing(seen, seen, SITE)


@pytest.mark.parametrize("rule", [assumed, bounded, prolonged])
def test_what_the_pattern_covers_is_the_choice(rule: Callable[[StoredItem], Verdict]) -> None:
    assert rule(cookie(KEPT, TOKEN)).findings
    assert not rule(cookie(OTHER, TOKEN)).findings


@pytest.mark.parametrize("rule", [sent_away, came_back, shared])
def test_the_choice_recognises_nobody(rule: Callable[[StoredItem], Verdict]) -> None:
    assert not rule(cookie(KEPT, TOKEN)).findings
    assert rule(cookie(OTHER, TOKEN)).findings


def test_a_choice_in_several_items_ends_with_each() -> None:
    ends = {"choice-a": 180 * DAY, "choice-b": 90 * DAY}
    before = state(20.0, *(cookie(name, expires=end) for name, end in ends.items()))
    after = state(60.0, cookie("choice-a", expires=150 * DAY), cookie("choice-b", expires=90 * DAY))
    verdict = lifetime.not_prolonged(timeline(visit(), before, visit(40.0), after), SITE, 40.0, 30 * DAY)
    assert [finding.name for finding in verdict.findings] == ["choice-b"]


def test_an_item_of_another_kind_is_not_the_choice() -> None:
    assert is_choice(item(Kind.LOCAL_STORAGE, KEPT), kept_under("choice-*", "local_storage"))
    assert not is_choice(cookie(KEPT), kept_under("choice-*", "local_storage"))
    held = state(20.0, item(Kind.LOCAL_STORAGE, KEPT))
    assert assumption.assumed(timeline(visit(), held), SITE) == Verdict()


def kept_as(**how: object) -> Profile:
    """The profile of a site that says of its choice where it is kept."""
    kept = type(PROFILE.consent.stored).model_validate(how)
    return PROFILE.model_copy(update={"consent": PROFILE.consent.model_copy(update={"stored": kept})})


def test_the_choice_may_be_kept_twice() -> None:
    twice = kept_as(name="choice", also_local_storage=["choice.copy"], also_cookies=["choice-*"])
    assert is_choice(cookie("choice"), twice)
    assert is_choice(cookie(KEPT), twice)
    assert is_choice(item(Kind.LOCAL_STORAGE, "choice.copy"), twice)
    assert not is_choice(item(Kind.LOCAL_STORAGE, "choice"), twice)


@pytest.mark.parametrize(
    ("host", "hosts", "is_one"),
    [
        ("shop.example", (), True),
        ("www.shop.example", (), True),
        ("shop-example.test", (), False),
        ("cmp.manager.example", (), False),
        ("cmp.manager.example", ("*.manager.example",), True),
        ("cmp.manager.example", ("manager.example",), False),
    ],
)
def test_an_item_of_the_choices_name_is_the_choice_on_the_sites_own_hosts_alone(
    host: str, hosts: tuple[str, ...], is_one: bool
) -> None:
    site = kept_as(name="choice", hosts=hosts)
    held = cookie("choice", TOKEN, host)
    assert is_choice(held, site) is is_one
    assert bool(assumption.assumed(timeline(visit(), state(20.0, held)), site).findings) is is_one
    again = timeline(visit(), state(20.0, held), visit(40.0), state(60.0, held))
    assert bool(anonymity.came_back(again, site, (), 40.0).findings) is not is_one


def test_a_choice_on_the_server_is_no_item() -> None:
    away = kept_as(kind="server")
    assert not is_choice(cookie("choice"), away)
    with pytest.raises(ValueError, match='unless kind = "server"'):
        kept_as(kind="server", name="choice")
    with pytest.raises(ValueError, match='unless kind = "server"'):
        kept_as(kind="cookie")


AGREED = cookie("choice", "v1.stats%3D1.1764349999999")
DEFAULT, REFUSED = (cookie("choice", f"v1.stats={value}.1764340000000") for value in ("?", "0"))


@pytest.mark.parametrize(
    ("value", "untouched", "found"),
    [
        ("v1.stats=?.1764350000000", DEFAULT, 0),
        ("v1.stats=1.1764350000000.25", AGREED, 1),  # everybody is taken to agree
        ('"v1.stats=\\061.1764350000000"', AGREED, 1),
        ("v1.stats=0.1764350000000", AGREED, 1),  # somebody else's choice, by whatever they have in common
        ("v1.stats=0.1764350000000", REFUSED, 0),
        ("v1.stats=0.1764350000000", None, 1),
    ],
)
def test_what_is_kept_while_the_site_asks_is_a_choice_unless_everybody_has_it(
    value: str, untouched: StoredItem | None, found: int
) -> None:
    held = timeline(visit(), state(20.0, cookie("choice", value)))
    verdict = assumption.assumed(held, PROFILE, [AGREED], [untouched] if untouched else [])
    assert len(verdict.findings) == found


IDS = ("qTzKpYwVbNsRdLfGhJmXcBvAeUiOoPlk", "MnBvCxZaSdFgHjKlPoIuYtReWqAsDfGh", "wXkTfQzLpRmNbVcJhGdSaYuIoEePtKls")
"""Three identifiers of letters alone, as a consent manager makes of base64."""


def by_id(number: int, action: str) -> StoredItem:
    return cookie("choice", f"consentid:{IDS[number]},action:{action},stats:{action or 'no'}")


def packed(text: str) -> StoredItem:
    return cookie("choice", base64.b64encode(text.encode()).decode())


def dated(moment: str, path: str, groups: str) -> StoredItem:
    address = f"landingPath=https%3A%2F%2Fshop.example%2F{path}"
    return cookie(
        "choice", f"isGpcEnabled=0&datestamp={quote_plus(moment)}&version=202405.1.0&{address}&groups={groups}"
    )


FIRST, SECOND = "Sun Nov 29 2026 21:40:12 GMT+0000 (Coordinated Universal Time)", "Sun, 29 Nov 2026 21:41:05 GMT"


def sealed(number: int) -> StoredItem:
    return cookie("choice", IDS[number][::-1] + IDS[number])


@pytest.mark.parametrize(
    ("held", "untouched", "agreed", "found", "doubted"),
    [
        (by_id(0, ""), by_id(1, ""), by_id(2, "yes"), 0, 0),
        (by_id(0, "yes"), by_id(1, "yes"), by_id(2, "yes"), 1, 0),
        (by_id(0, "yes"), by_id(1, ""), by_id(2, "yes"), 1, 0),
        (packed('{"id":"1a2b3c4d5e6f7a8b","stats":null}'), packed('{"id":"9a2b3c4d5e6f7a8b","stats":null}'),
         packed('{"id":"5a2b3c4d5e6f7a8b","stats":true}'), 0, 0),
        (packed('{"id":"1a2b3c4d5e6f7a8b","stats":true}'), packed('{"id":"9a2b3c4d5e6f7a8b","stats":true}'),
         packed('{"id":"5a2b3c4d5e6f7a8b","stats":true}'), 1, 0),
        (dated(FIRST, "tea", "C1%3A1%2CC2%3A0"), dated(FIRST.replace(":12", ":59"), "", "C1%3A1%2CC2%3A0"),
         dated(FIRST, "", "C1%3A1%2CC2%3A1"), 0, 0),
        (dated(FIRST, "tea", "C1%3A1%2CC2%3A1"), dated(SECOND, "", "C1%3A1%2CC2%3A0"),
         dated(SECOND, "", "C1%3A1%2CC2%3A1"), 1, 0),
        (cookie("choice", '{"$$token":"k3j9x2m4p7q","$$date":"29/11/2026, 21:40","done":false}'),
         cookie("choice", '{"$$token":"z8y1w5v2u6t","$$date":"29/11/2026, 21:42","done":false}'),
         cookie("choice", '{"$$token":"a4b7c1d9e2f","$$date":"29/11/2026, 21:41","done":true}'), 0, 0),
        (sealed(0), sealed(1), sealed(2), 0, 1),
    ],
)  # fmt: skip
def test_a_default_with_an_identifier_is_none_and_what_cannot_be_read_is_a_doubt(
    held: StoredItem, untouched: StoredItem, agreed: StoredItem, found: int, doubted: int
) -> None:
    verdict = assumption.assumed(timeline(visit(), state(20.0, held)), PROFILE, [agreed], [untouched])
    assert (len(verdict.findings), len(verdict.doubts)) == (found, doubted)


def test_what_an_earlier_choice_left_outside_cookies_is_no_choice_that_nobody_made() -> None:
    site = kept_as(name="choice", also_local_storage=["copy"])
    copy, written = item(Kind.LOCAL_STORAGE, "copy"), cookie("choice", "all")
    chosen = (visit(), choice(10.0), state(20.0, copy, written), Choice(30.0, None))
    assert assumption.assumed(timeline(*chosen, state(40.0, copy)), site) == Verdict()
    (finding,) = assumption.assumed(timeline(*chosen, state(40.0, copy, written)), site).findings
    assert finding.kind is Kind.COOKIE


@pytest.mark.parametrize(
    ("site", "doubt"),
    [
        (kept_as(kind="server"), "whose clock stays where it is"),
        (kept_as(kind="local_storage", name="ui"), "which has no term of its own"),
    ],
)
def test_a_choice_without_a_term_that_browsers_keep_leaves_a_doubt(site: Profile, doubt: str) -> None:
    held = state(20.0, item(Kind.LOCAL_STORAGE, "ui"))
    assert doubt in page_rules.asks(timeline(visit(), choice(10.0), held), site, False).doubts[0]
    assert page_rules.asks(timeline(visit(), choice(10.0), Choice(15.0, None), held), site, False).findings
    assert page_rules.asks(timeline(visit(), held), site, False).findings


def test_a_dialog_that_may_be_there_is_neither_missing_nor_gone() -> None:
    seen = timeline(visit(), state(20.0))
    assert page_rules.asks(seen, PROFILE, False, "out of reach").doubts == ("out of reach",)
    assert page_rules.keeps_quiet(seen, PROFILE, False, "never at rest").doubts == ("never at rest",)
    assert page_rules.keeps_quiet(seen, PROFILE, True, "never at rest").findings
    assert page_rules.asks(seen, PROFILE, True, "out of reach") == Verdict()
