"""A way back counts where the browser keeps pages that are left; a form counts where it was answered."""

from __future__ import annotations

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Deed, Kind
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.navigation import form_answer
from consentinel.verdicts.travelling import as_visitors_do
from consentinel.visitor.movement import KEPT
from tests.verdicts.builders import HOME, only, request, rest, timeline, visit

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
