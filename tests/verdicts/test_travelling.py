"""A way back counts where the browser keeps pages that are left; a form counts where it was answered."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Deed, Kind, Record, Request
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.navigation import form_answer
from consentinel.verdicts.page_rules import keeps_quiet
from consentinel.verdicts.travelling import as_visitors_do
from consentinel.visitor.movement import KEPT
from tests.verdicts.builders import HOME, PROFILE, only, request, rest, timeline, visit

ANEW = (Blindness(Kind.PAGE, "a page that was left was loaded anew"),)
BACK = visit(1.0, "goes back")
SENT = visit(10.0, "sends the order form", Deed.SENDS_FORM)


def test_a_browser_that_keeps_pages_is_as_good_as_a_visitors() -> None:
    assert as_visitors_do(timeline(BACK), ()) == Verdict()
    assert as_visitors_do(timeline(BACK, visit(2.0, KEPT, Deed.SEES_KEPT_PAGE)), ANEW) == Verdict()


def test_where_it_keeps_none_the_way_back_proves_nothing() -> None:
    (doubt,) = as_visitors_do(timeline(BACK), ANEW).doubts
    assert doubt == "the way back cannot be judged in chromium: a page that was left was loaded anew"
    assert as_visitors_do(timeline(BACK), (Blindness(Kind.PAGE, "none", browser="firefox"),)) == Verdict()


def test_a_form_that_fails_is_a_finding_and_a_refusal_is_an_answer() -> None:
    def answered(status: int | None) -> Verdict:
        return form_answer(timeline(SENT, request(f"{HOME}order", 11.0, method="POST", document=True, status=status)))

    assert answered(200) == answered(403) == Verdict()
    assert only(answered(500)).sentence == "The form at /order fails once cookies were removed, with status 500"
    assert only(answered(None)).name == "/order"


def test_a_form_that_leads_in_circles_is_a_finding() -> None:
    circle = [request(f"{HOME}order", 11.0 + n, document=True, status=303) for n in range(4)]
    assert only(form_answer(timeline(SENT, *circle))).rule == "redirect loop"


def test_a_form_that_asks_for_no_page_cannot_be_judged() -> None:
    (doubt,) = form_answer(timeline(SENT, request(f"{HOME}api", 11.0), rest(12.0))).doubts
    assert doubt == "the record shows no page that the form asked for"


WALL = "https://consent.shop.example/ask?back=home"


def led(at: float, asked: str, url: str) -> list[Record]:
    """A page that leads to another one."""
    return [request(asked, at, document=True, status=302), request(url, at, document=True, asked=asked)]


def looked_at(url: str = WALL, asked: str = "", **more: Any) -> Request:
    return request(url, 9.0, document=True, asked=asked, **more)


ASKED = led(1.0, HOME, WALL)
ANSWERED = request(HOME, 5.0, document=True, asked=WALL)


@pytest.mark.parametrize(
    ("records", "is_quiet"),
    [
        pytest.param([*ASKED, ANSWERED, looked_at()], True, id="the page of the question, by the history"),
        pytest.param([*ASKED, ANSWERED, looked_at(f"{WALL}&x=1")], True, id="with another query"),
        pytest.param([*ASKED, ANSWERED, looked_at(asked=HOME)], False, id="led there once more"),
        pytest.param([*ASKED, ANSWERED, looked_at(HOME)], False, id="a page of the site"),
        pytest.param([*ASKED, looked_at()], False, id="which leads there still"),
        pytest.param([looked_at(), ANSWERED, looked_at()], False, id="a page to which nothing led"),
        pytest.param([], False, id="nothing was seen"),
    ],
)
def test_a_page_that_only_asks_is_no_new_question_where_the_history_shows_it(
    records: list[Record], is_quiet: bool
) -> None:
    assert (not keeps_quiet(timeline(visit(), *records), PROFILE, True).findings) is is_quiet
