"""How a person sees a finding in a window of their own: the lines follow what the visitor did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from consentinel.evidence.records import Action, Deed, Kind
from consentinel.evidence.timeline import Timeline
from consentinel.pytest_plugin.by_hand import LINES, by_hand
from consentinel.verdicts.finding import Finding
from tests.verdicts.builders import HOME, PROFILE, rest, timeline

WITH_PAGES = PROFILE.model_copy(
    update={"pages": PROFILE.pages.model_copy(update={"basket": "/basket", "own": {"checkout": "/checkout"}})}
)
NEW = ("a new visitor",)


def found(moment: str, kind: Kind = Kind.COOKIE, at: float = 50.0) -> Finding:
    host = "circle.example" if kind is Kind.REQUEST else "shop.example"
    name = "/widget.js" if kind is Kind.REQUEST else "_adn"
    return Finding("stored without consent", "advertising", kind, name, host, at, moment, "", "It was there")


def done(*sentences: str, deeds: Mapping[str, Deed] = MappingProxyType({})) -> Timeline:
    acts = (Action(at, said, HOME, deed=deeds.get(said, Deed.OTHER)) for at, said in enumerate(sentences, 1))
    return timeline(*acts, rest())


def test_it_begins_in_a_new_window_and_ends_where_the_finding_shows() -> None:
    record = done("visits the home page", "refuses all cookies", "visits the basket")
    assert by_hand(found("visits the basket"), [record], NEW, WITH_PAGES) == [
        f"Open a new private window; open DevTools (F12), and go to {HOME}",
        "Refuse all cookies in the site's dialog",
        f"Go to {HOME}basket",
        "Look at DevTools → Application (Firefox: Storage) → Cookies: _adn of shop.example",
    ]


@pytest.mark.parametrize("kind", [Kind.COOKIE, Kind.LOCAL_STORAGE])
def test_what_another_site_stored_is_looked_for_where_the_browser_lets_it(kind: Kind) -> None:
    elsewhere = replace(found("visits the home page", kind), host="circle.example")
    first, *_ = by_hand(elsewhere, [done("visits the home page")], NEW, PROFILE)
    assert first.startswith("Open a browser profile that is new, since private windows block other sites' cookies; ")


def test_what_came_after_the_finding_is_left_out() -> None:
    record = done("visits the home page", "refuses all cookies", "visits the basket")
    lines = by_hand(found("visits the home page", at=1.5), [record], NEW, WITH_PAGES)
    assert len(lines) == 2


def test_a_request_is_looked_for_by_its_host_in_a_log_that_is_kept() -> None:
    first, *_, last = by_hand(found("visits the home page", Kind.REQUEST), [done("visits the home page")], NEW, PROFILE)
    assert "tick “Preserve log”" in first
    assert last == "Look at DevTools → Network, filtered by circle.example: requests to /widget.js"


def test_switches_have_the_names_that_the_dialog_gives_them() -> None:
    said = "allows only analytics, social cookies"
    lines = by_hand(found(said), [done("visits the home page", said)], NEW, PROFILE)
    assert lines[1] == "In the site's dialog switch on only “Statistics” and “Social networks”, and save"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("signs in", "Sign in"),
        ("opens the preferences and presses Escape", "Open the preferences and press Escape"),
        ("refuses all cookies by keyboard", "Refuse all cookies by keyboard in the site's dialog"),
        ("visits the checkout", f"Go to {HOME}checkout"),
        ("reads article 7", f"Go to {HOME}"),
        ("comes back after 14 months", f"Set the computer's clock 14 months ahead, and go to {HOME}"),
        ("does as somebody's own step says", "Do as somebody's own step says"),
    ],
)
def test_each_deed_is_an_order(said: str, line: str) -> None:
    lines = by_hand(found(said), [done("visits the home page", said)], NEW, WITH_PAGES)
    assert lines[1] == line


def test_whoever_comes_back_needs_more_than_a_private_window() -> None:
    said = ("visits the home page", "closes the browser", "opens the browser again")
    record = done(*said, deeds={"closes the browser": Deed.CLOSES_BROWSER})
    assert by_hand(found(said[-1]), [record], NEW, PROFILE)[0].startswith("Open a browser profile that is new;")


def test_a_special_visitor_is_named() -> None:
    (first, *_) = by_hand(
        found("visits the home page"), [done("visits the home page")], ["a visitor on a phone"], PROFILE
    )
    assert "as “a visitor on a phone”" in first


def test_a_long_way_fits_into_five_lines_and_loses_nothing() -> None:
    said = ["visits the home page", *(f"does thing {number}" for number in range(9))]
    lines = by_hand(found(said[-1]), [done(*said)], NEW, PROFILE)
    assert len(lines) == LINES
    assert all(f"o thing {number}" in "\n".join(lines) for number in range(9))


def test_the_record_is_that_of_the_visitor_whom_the_finding_is_about() -> None:
    other = Timeline.of("another", "chromium", done("visits the home page", "signs in").records)
    lines = by_hand(found("signs in"), [done("visits the home page"), other], NEW, PROFILE)
    assert lines[1] == "Sign in"
    assert by_hand(found("never did"), [done("visits the home page"), other], NEW, PROFILE) == []
    assert by_hand(found("never did"), [], NEW, PROFILE) == []
