"""Whoever comes next at a browser meets nothing of whoever was there before."""

from __future__ import annotations

from consentinel.evidence.records import Deed, Kind, Record
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.leftovers import basket_is_empty, is_signed_out, names_nobody, nothing_of_the_session
from tests.verdicts.builders import HOME, PROFILE, cookie, item, only, rest, state, timeline, visit

FORM = cookie("choice", "v1:1795890000")
SESSION = cookie("session", "9f86d081884c7d65")
IN, OUT = visit(10.0, "signs in", Deed.SIGNS_IN), visit(20.0, "signs out", Deed.SIGNS_OUT)


def left(*records: Record) -> Verdict:
    return nothing_of_the_session(timeline(visit(1.0), state(2.0, FORM), *records, rest(90.0, page=HOME)), PROFILE, ())


def test_what_was_given_with_the_session_goes_with_it() -> None:
    found = only(left(IN, state(11.0, FORM, SESSION), OUT, state(21.0, FORM, SESSION)))
    assert (found.rule, found.name, found.category) == ("session left", "session", "functionality")
    told = 'The functionality cookie "session" of shop.example holds what the person who has signed out was'
    assert found.sentence.startswith(told)


def test_another_value_is_another_session() -> None:
    fresh = cookie("session", "1b4f0e9851971998")
    assert left(IN, state(11.0, FORM, SESSION), OUT, state(21.0, FORM, fresh)) == Verdict()


def test_a_token_of_forms_and_a_file_of_the_page_are_no_ones() -> None:
    token, build = cookie("csrftoken", "9f86d081884c7d65"), item(Kind.LOCAL_STORAGE, "build", "9f86d081884c7d65")
    assert left(IN, state(11.0, token, build), OUT, state(21.0, token, build)) == Verdict()


def test_what_was_there_before_belongs_to_the_device() -> None:
    assert left(state(9.0, SESSION), IN, state(11.0, SESSION), OUT, state(21.0, SESSION)) == Verdict()


def test_when_something_was_written_recognises_nobody_either() -> None:
    begun = 1795890000.0
    seen = cookie("seen", str(int(begun)))
    signed_in, signed_out = (visit(begun + n, "signs", deed) for n, deed in ((0, Deed.SIGNS_IN), (9, Deed.SIGNS_OUT)))
    told = timeline(signed_in, state(begun + 1, seen), signed_out, state(begun + 10, seen), rest(begun + 11))
    assert nothing_of_the_session(told, PROFILE, ()) == Verdict()
    old = cookie("seen", str(int(begun) - 5000))
    told = timeline(signed_in, state(begun + 1, old), signed_out, state(begun + 10, old), rest(begun + 11))
    assert only(nothing_of_the_session(told, PROFILE, ())).name == "seen"


def test_when_the_visit_began_was_there_before_somebody_signed_in() -> None:
    began = 1795890000.0
    since = cookie("since", str(int(began)))
    signed_in, signed_out = visit(began + 40, "in", Deed.SIGNS_IN), visit(began + 50, "out", Deed.SIGNS_OUT)
    readings = [state(began + seconds, since) for seconds in (1, 41, 51)]
    told = timeline(visit(began), signed_in, signed_out, *readings, rest(began + 52))
    assert nothing_of_the_session(told, PROFILE, ()) == Verdict()


def test_words_recognise_nobody() -> None:
    assert left(IN, state(11.0, cookie("session", "large")), OUT, state(21.0, cookie("session", "large"))) == Verdict()


def test_nobody_who_signed_out_is_no_pass() -> None:
    assert left(IN, state(11.0, SESSION)).doubts == ("the record does not show that somebody signed in and out again",)


def test_a_full_basket_is_the_sites_doing_unless_it_may_be_kept_beside_cookies() -> None:
    assert basket_is_empty(timeline(state(3.0)), PROFILE, holds=False) == Verdict()
    assert only(basket_is_empty(timeline(visit(2.0), state(3.0)), PROFILE, holds=True)).name == "basket"
    beside = timeline(visit(2.0), state(3.0, item(Kind.LOCAL_STORAGE, "ui")))
    (doubt,) = basket_is_empty(beside, PROFILE, holds=True).doubts
    assert doubt == 'the basket may be kept in the local storage entry "ui", which removing cookies leaves in place'
    assert only(is_signed_out(timeline(visit(2.0), state(3.0)), PROFILE, signed_in=True)).rule == "still signed in"
    assert is_signed_out(beside, PROFILE, signed_in=True).doubts[0].startswith("the session may be kept in")
    assert is_signed_out(beside, PROFILE, signed_in=False) == Verdict()
    signed_out = timeline(OUT, state(21.0, item(Kind.LOCAL_STORAGE, "ui")))
    assert only(basket_is_empty(signed_out, PROFILE, holds=True)).rule == "basket left"


def test_a_page_that_greets_whoever_has_left_is_found() -> None:
    shown = {"home page": "Welcome back, Ada!", "basket": "Nothing yet"}
    found = only(
        names_nobody(timeline(OUT), PROFILE, shown, lambda: {"home page": "Welcome!", "basket": "Nothing yet"})
    )
    assert found.sentence == "The home page shows the name of the person who has signed out"


def test_a_name_that_everybody_reads_is_nobodys() -> None:
    shown = {"home page": "Ada, our newest lamp"}
    assert names_nobody(timeline(OUT), PROFILE, shown, lambda: shown) == Verdict()
