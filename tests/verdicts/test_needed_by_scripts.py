"""What a script keeps in a store that is declared as needed may be told to the site itself: that is what it is for."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Kind, Record, StoredItem, Value
from consentinel.verdicts import recognisable
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, cookie, item, only, request, state, timeline, visit
from tests.verdicts.test_anonymity import TOKEN

DECLARED = item(Kind.LOCAL_STORAGE, "ui", TOKEN)
API = f"{HOME}api/tab"


def told(kept: StoredItem, value: str = TOKEN, url: str = API, *, document: bool = False) -> Verdict:
    """Two loads tell the same value, in the query of an address."""
    seen: list[Record] = [visit(), state(9.0, kept)]
    for at in (10.0, 20.0):
        seen += [request(HOME, at, document=True), request(f"{url}?tab={value}", at + 1, document=document)]
    return recognisable.addresses_are_anonymous(timeline(*seen), timeline(visit()), PROFILE, ())


@pytest.mark.parametrize(
    ("kept", "value"),
    [
        pytest.param(DECLARED, TOKEN, id="as it is"),
        pytest.param(DECLARED, f"tab:{TOKEN}", id="with a word"),
        pytest.param(item(Kind.LOCAL_STORAGE, "ui", f'{{"tab": "{TOKEN}", "dark": true}}'), TOKEN, id="a part of it"),
    ],
)
def test_the_site_may_be_told_what_a_needed_item_of_scripts_holds(kept: StoredItem, value: str) -> None:
    assert told(kept, value) == Verdict()


@pytest.mark.parametrize(
    "verdict",
    [
        pytest.param(told(DECLARED, document=True), id="in the address of a page"),
        pytest.param(told(DECLARED, f"{TOKEN}.1b9d6bcd4f2a8e03"), id="with another identifier"),
        pytest.param(told(item(Kind.LOCAL_STORAGE, "undeclared", TOKEN)), id="in no category"),
        pytest.param(told(item(Kind.INDEXED_DB, "buffer", TOKEN)), id="in another category"),
        pytest.param(told(cookie("session", TOKEN)), id="a cookie, which browsers send by themselves"),
        pytest.param(told(DECLARED, url="https://stats.shop.example/hit"), id="to what counts on the site's own host"),
    ],
)
def test_elsewhere_and_of_other_items_it_recognises(verdict: Verdict) -> None:
    assert only(verdict).rule == "recognisable: in an address"


def test_a_partner_is_not_told_what_a_needed_item_holds() -> None:
    fields = (("tab", Value(TOKEN)),)
    sent = [request("https://x.cdn.example/e", at, method="POST", fields=fields) for at in (10.0, 12.0)]
    seen = timeline(visit(), state(9.0, DECLARED), *sent)
    assert only(recognisable.partners_cannot_recognise(seen, timeline(visit()), PROFILE, ())).host == "x.cdn.example"


def said(kept: StoredItem, value: str = TOKEN, host: str = HOME, name: str = "id") -> Verdict:
    """Two loads say a value in a body."""
    seen: list[Record] = [visit(), state(9.0, kept)]
    for at in (10.0, 20.0):
        noted = request(f"{host}api/choices", at + 1, method="POST", fields=((name, Value(value)),))
        seen += [request(HOME, at, document=True), noted]
    return recognisable.addresses_are_anonymous(timeline(*seen), timeline(visit()), PROFILE, ())


def test_a_needed_cookie_may_be_repeated_to_the_site_in_a_body() -> None:
    assert said(cookie("session", TOKEN)) == Verdict()
    assert said(cookie("session", f"v1.{TOKEN}")) == Verdict()


@pytest.mark.parametrize(
    "verdict",
    [
        pytest.param(said(cookie("session", TOKEN), f"{TOKEN}.1b9d6bcd4f2a8e03"), id="with another identifier"),
        pytest.param(said(cookie("undeclared", TOKEN)), id="in no category"),
        pytest.param(said(cookie("_ga", TOKEN)), id="in another category"),
        pytest.param(said(cookie("session", TOKEN), host="https://stats.shop.example/"), id="to what counts"),
        pytest.param(said(cookie("session", TOKEN, host="x.cdn.example")), id="of another host"),
    ],
)
def test_other_cookies_may_not(verdict: Verdict) -> None:
    assert only(verdict).rule == "recognisable: in an address"
