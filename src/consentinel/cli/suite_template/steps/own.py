"""Sentences of our own: each is one call."""

from __future__ import annotations

from pages.front import FrontPage
from pytest_bdd import then

from consentinel.testing import Judge, Visitor, expect


@then("the page has a headline")
def the_page_has_a_headline(visitor: Visitor, judge: Judge) -> None:
    held = bool(FrontPage(visitor).headline())
    judge.require(expect(visitor.timeline, held, "no headline", "headline", "the page has no headline"))
