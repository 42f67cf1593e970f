"""Selectors that say where in a page a part of the dialog stands, and the links that lead back to it."""

from __future__ import annotations

import pytest

from consentinel.drafting.places import firm, holding, in_place, kept_apart
from consentinel.drafting.survey import Button, Proposal
from consentinel.drafting.tour import leading_back


@pytest.mark.parametrize(
    ("place", "selector", "told"),
    [
        ("#bar", "button.first", "#bar button.first"),
        ("x-bar >>> #bar", "x-bar >>> button.first", "x-bar >>> #bar button.first"),
        ("x-bar >>> #bar", "x-bar >>> x-b.a >>> button", "x-bar >>> #bar x-b.a >>> button"),
        ("x-bar >>> #bar", "button.first", "button.first"),
    ],
)
def test_a_selector_can_name_its_place(place: str, selector: str, told: str) -> None:
    assert in_place(place, selector) == told


@pytest.mark.parametrize(
    ("place", "part", "told"),
    [
        ("#dlg", "#a", "#dlg:has(#a)"),
        ("#dlg", "body > p > input.a", "#dlg:has(input.a)"),
        ("x-bar >>> form", "x-bar >>> #a", "x-bar >>> form:has(#a)"),
        ("#dlg", "x-a >>> #a", "#dlg"),
        ("#root > div", "#root > div > p > i", "#root > div:has(> p > i)"),
    ],
)
def test_a_place_can_ask_for_what_it_holds(place: str, part: str, told: str) -> None:
    assert holding(place, part) == told


@pytest.mark.parametrize(
    ("banner", "accept", "told"),
    [
        ("div.mt-4", "#yes", "div.mt-4:has(#yes)"),
        ("body > div:nth-of-type(2)", "a.go", "body > div:nth-of-type(2):has(a.go)"),
        ("x-bar >>> div.row", "x-bar >>> button.go", "x-bar >>> div.row:has(button.go)"),
        ("#bar", "#yes", "#bar"),
        ("div.cookie-bar", "#yes", "div.cookie-bar"),
        ("x-bar", "x-bar >>> #yes", "x-bar"),
        ("body > aside", "body > aside > a", "body > aside"),
    ],
)
def test_a_banner_that_is_named_by_its_looks_is_told_by_its_button(banner: str, accept: str, told: str) -> None:
    assert firm(Proposal(banner=banner, accept=(accept,))).banner == told


def test_the_link_to_the_page_of_the_preferences_opens_them() -> None:
    links = {"policy": ("#policy", "/cookies?from=foot"), "legal": ("#legal", "/legal")}
    assert leading_back(links, "/cookies", str)["preferences"] == links["policy"]
    assert leading_back(links, "/elsewhere", str) == links
    assert leading_back(links, "", str) == links
    own = {**links, "preferences": ("#own", "")}
    assert leading_back(own, "/cookies", str) == own


def test_a_slash_at_the_end_and_a_parameter_may_name_another_page() -> None:
    links = {"policy": ("#policy", "/cookies"), "legal": ("#legal", "/page?show=legal")}
    assert leading_back(links, "/cookies/", str) == links
    assert leading_back(links, "/cookies/", {"/cookies": "/cookies/"}.__getitem__)["preferences"] == links["policy"]
    assert leading_back(links, "/page?show=settings", str) == links
    assert leading_back(links, "/page?show=legal", str)["preferences"] == links["legal"]


def test_buttons_of_a_layer_that_is_drawn_anew_are_told_from_those_that_stood_there() -> None:
    first, second, third = (f"#root > div > button:nth-of-type({number})" for number in (1, 2, 3))
    before = (Button("Choose", first), Button("Reject", second), Button("Accept", third))
    outer = Proposal("#root > div", accept=(third,), refuse=(second,), preferences=(first,), buttons=before)
    inner = Proposal("#root > div", accept=(second,), refuse=(first,), save=("#save",))
    outer, inner = kept_apart(outer, inner, {first: "Reject", second: "Accept"}, ["#root > div > p > i"])
    without, having = "#root > div:not(:has(> p > i))", "#root > div:has(> p > i)"
    assert (outer.accept, outer.refuse) == ((third,), (f"{without} > button:nth-of-type(2)",))
    assert outer.preferences == (f"{without} > button:nth-of-type(1)",)
    assert (inner.accept, inner.refuse) == (
        (f"{having} > button:nth-of-type(2)",),
        (f"{having} > button:nth-of-type(1)",),
    )
    assert inner.save == ("#save",)
