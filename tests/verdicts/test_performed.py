"""A sentence counts as done when the record shows it, and not because a page object was called."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Record
from consentinel.verdicts.performed import not_performed
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    choice,
    cookie,
    request,
    rest,
    state,
    timeline,
    visit,
)

BEGUN = 100.0
BEFORE = (
    visit(1.0, "visits the home page"),
    request(HOME, 2.0, document=True),
    state(3.0),
    rest(4.0, tab="1", loads=1),
)
ALL = ("analytics", "social", "advertising")
CHOSEN = (*BEFORE, choice(50.0, *ALL), state(60.0, cookie("choice"), cookie("session")))
CLOSED = visit(101.0, "closes the browser")
AHEAD = request(f"{HOME}next", 103.0, document=True, wishes=(("sec-purpose", "prefetch"),))


def page(name: str, at: float, **changed: object) -> tuple[Record, ...]:
    """A page that loads and comes to rest."""
    url = f"{HOME}{name}"
    return request(url, at, document=True, **changed), rest(at + 1, page=url)


def route(name: str, at: float) -> tuple[Record, ...]:
    """A page that takes another one's place in the same document."""
    return (rest(at, page=f"{HOME}{name}"),)


def doubts(sentence: str, *records: Record) -> tuple[str, ...]:
    return not_performed(sentence, BEGUN, [timeline(*records)], PROFILE)


ACTED: list[tuple[str, tuple[Record, ...]]] = [
    ("a new visitor on the home page", (visit(101.0), *page("", 102.0))),
    ("a visitor who has accepted all cookies", (choice(101.0, *ALL),)),
    ("a visitor who has refused all cookies", (choice(101.0),)),
    ("a visitor with a browser of their own who has refused all cookies", (choice(101.0),)),
    ("a visitor who has allowed no optional cookies", (choice(101.0),)),
    ("a visitor who has allowed social and advertising cookies", (choice(101.0, "social", "advertising"),)),
    ("a visitor who has refused analytics cookies alone", (choice(101.0, "social", "advertising"),)),
    ("they refuse social cookies", (choice(101.0, "analytics", "advertising"),)),
    # A service worker has the page at hand, so that no request is that of a page.
    ("they open a second tab", (visit(101.0, "opens a second tab"), rest(103.0, tab="2"))),
    ("they read two articles", (visit(101.0), *page("a", 102.0), *page("b", 104.0))),
    ("they read two articles", (visit(101.0), *route("a", 102.0), *route("b", 104.0))),
    ("who has read three articles", (visit(101.0), *page("a", 102.0), *page("b", 104.0), *page("c", 106.0))),
    ("they visit the error page", (visit(101.0), *page("x", 102.0, status=404))),
    ("they wait for a minute", (rest(160.0, bound=60.0),)),
    ("they leave the site", (visit(101.0, "leaves the site"), rest(103.0, page="https://elsewhere.example/"))),
    ("they press Escape", (visit(101.0, "presses Escape"),)),
    ("they copy some of the text", (visit(101.0, "copies some of the text"),)),
    ("they click into the text", (visit(101.0, "clicks into the text"),)),
    ("they click into the text", (visit(101.0, "finds no text to click into"),)),
    ("they click links that lead away from the site", (visit(101.0, "clicks a link that leads to a file"),)),
    ("they click links that lead away from the site", (visit(101.0, "finds no link that leads away"),)),
    ("they type into a field without sending it", (visit(101.0, "types into a field and sends nothing"),)),
    ("they type into a field without sending it", (visit(101.0, "finds no field to type into"),)),
    ("they open and close what the page folds away", (visit(101.0, "finds nothing that the page folds away"),)),
    ("they look something up", (visit(101.0, "looks something up"),)),
    ("they turn to leave the page", (visit(101.0, "turns to leave the page"),)),
    ("they remove all cookies", (state(101.0), state(103.0, cookie("session")))),
    ("they come back after 14 months", (CLOSED, visit(102.0, "comes back after 14 months"))),
    ("they return to the first tab", (visit(101.0, "returns to the first tab"),)),
    ("they go back", (visit(101.0, "goes back"), visit(102.0, "sees the page loaded anew"))),
    ("they reload the page", (visit(101.0, "reloads the page"), *page("", 102.0))),
    ("they reload the page", (visit(101.0, "reloads the page"), rest(102.0, tab="1", loads=2))),
    ("they arrive by a link from a letter", (visit(101.0, "arrives from a letter"), *page("?utm_source=x", 102.0))),
    (
        "they remove what is left of analytics cookies",
        (
            visit(101.0, "removes what is left of analytics cookies: 1 were left"),
            state(102.0, cookie("choice"), cookie("_adn")),
        ),
    ),
    (
        "they come to the home page while no technical partner answers",
        (
            visit(101.0, "visits the home page, no partner answering"),
            request("https://fonts.cdn.example/a.css", 102.0, status=None),
        ),
    ),
    ("they restart their browser", (CLOSED, visit(102.0, "opens the browser again"))),
    ("another person uses the same browser", (visit(101.0), *page("", 102.0))),
    ("the share buttons say why they are off", (visit(101.0, "visits the article"),)),
]


@pytest.mark.parametrize(("sentence", "records"), ACTED)
def test_an_action_that_the_record_shows_is_no_doubt(sentence: str, records: tuple[Record, ...]) -> None:
    assert doubts(sentence, *CHOSEN, *records) == ()


@pytest.mark.parametrize("sentence", sorted({sentence for sentence, _ in ACTED}))
def test_an_action_that_the_record_does_not_show_is_a_doubt(sentence: str) -> None:
    here = rest(101.0, page=HOME, tab="1", loads=1)
    (doubt,) = doubts(sentence, *CHOSEN, here, state(102.0, cookie("choice")))
    assert doubt.startswith(f'the record does not show that "{sentence}" was done: ')


@pytest.mark.parametrize(
    ("sentence", "records", "why"),
    [
        ("a visitor who has accepted all cookies", (choice(101.0),), "allows nothing optional, not advertising, analy"),
        ("a visitor who has refused all cookies", (choice(101.0, *ALL),), "not nothing optional"),
        ("they allow social cookies after all", (choice(101.0),), "the choice allows nothing optional, not social"),
        ("they allow social cookies after all", (choice(101.0, *ALL),), "not social"),
        ("they withdraw their consent to social cookies", (choice(101.0, *ALL),), "social, not advertising, analytics"),
        ("they read three articles", (visit(101.0), *page("a", 102.0), *page("b", 104.0)), "2 of 3 pages came"),
        ("they read two articles", (visit(101.0), *route("a", 102.0), *route("a", 104.0)), "1 of 2 pages came"),
        ("they read two articles", (visit(101.0), *page("a", 102.0, status=None)), "1 of 2 pages came"),
        ("they read two articles", (visit(101.0), *page("a", 102.0), AHEAD, AHEAD), "1 of 2 pages came"),
        (
            "they reload the page",
            (visit(101.0, "reloads the page"), rest(102.0, tab="1", loads=1)),
            "0 of 1 pages came",
        ),
        (
            "they reload the page",
            (visit(101.0, "reloads the page"), rest(102.0, tab="2", loads=2)),
            "0 of 1 pages came",
        ),
        ("they wait for a minute", (rest(110.0, bound=5.0),), "5 seconds of page time passed"),
        ("they remove all cookies", (state(101.0, cookie("session")),), "was not seen to be empty"),
        (
            "they remove what is left of analytics cookies",
            (visit(101.0, "removes what is left of analytics cookies: 1 were left"), state(102.0, cookie("_ga"))),
            "cookies of that category were seen afterwards",
        ),
        (
            "they come to the home page while no technical partner answers",
            (visit(101.0, "visits the home page, no partner answering"),),
            "no technical partner was asked for anything",
        ),
        (
            "they come to the home page while no technical partner answers",
            (
                visit(101.0, "visits the home page, no partner answering"),
                request("https://fonts.cdn.example/a.css", 102.0),
            ),
            "a technical partner answered",
        ),
    ],
)
def test_the_reason_says_what_was_seen_instead(sentence: str, records: tuple[Record, ...], why: str) -> None:
    (doubt,) = doubts(sentence, *CHOSEN, *records)
    assert why in doubt


@pytest.mark.parametrize(
    ("sentence", "records"),
    [
        ("they come back after 1 day", (CLOSED, visit(102.0, "comes back after 1 day"))),
        ("they restart their browser", (CLOSED, visit(102.0, "opens the browser again"))),
        ("another person uses the same browser", (visit(101.0), *page("", 102.0))),
    ],
)
def test_whoever_comes_back_had_a_choice_to_come_back_with(sentence: str, records: tuple[Record, ...]) -> None:
    (doubt,) = doubts(sentence, *BEFORE, choice(50.0), *records)
    assert doubt.endswith("no choice was on the device before, in nothing called choice")


def test_who_never_chose_may_come_back_as_well() -> None:
    assert doubts("they come back after 1 month", *BEFORE, CLOSED, visit(102.0, "comes back after 1 months")) == ()


def test_a_choice_on_the_server_comes_back_with_a_cookie_alone() -> None:
    stored = PROFILE.consent.stored.model_copy(update={"kind": "server", "name": None})
    served = PROFILE.model_copy(update={"consent": PROFILE.consent.model_copy(update={"stored": stored})})
    back = (CLOSED, visit(102.0, "opens the browser again"))

    def told(*records: Record) -> tuple[str, ...]:
        return not_performed("they restart their browser", BEGUN, [timeline(*records, *back)], served)

    assert told(choice(50.0), state(60.0, cookie("session"))) == ()
    for untold in ((state(60.0, cookie("session")),), (choice(50.0), state(60.0))):
        (doubt,) = told(*untold)
        assert doubt.endswith("by which the site could know who had chosen")


def test_who_had_refused_withdraws_from_nothing_more() -> None:
    sentence = "they withdraw their consent to social cookies"
    assert doubts(sentence, *BEFORE, choice(50.0), choice(101.0)) == ()
    assert doubts(sentence, *BEFORE, choice(101.0, "analytics", "advertising")) == ()


def test_where_nothing_was_kept_in_cookies_there_is_nothing_to_remove() -> None:
    (doubt,) = doubts("they remove all cookies", *BEFORE, state(101.0))
    assert doubt.endswith("no cookie was there to be removed")


def test_a_page_that_never_comes_to_rest_has_its_own_doubt() -> None:
    assert doubts("they wait for a minute", *CHOSEN, rest(110.0, bound=5.0, complete=False)) == ()


def test_one_of_several_visitors_must_have_acted() -> None:
    other = timeline(visit(101.0), *page("", 102.0))
    assert not_performed("the same person uses a phone", BEGUN, [timeline(*CHOSEN), other], PROFILE) == ()
    assert len(not_performed("the same person uses a phone", BEGUN, [timeline(*CHOSEN)], PROFILE)) == 1
    assert len(not_performed("the same person uses a phone", BEGUN, [], PROFILE)) == 1


def test_a_sentence_of_ones_own_is_taken_at_its_word() -> None:
    assert doubts("they sing a song", *CHOSEN) == ()
