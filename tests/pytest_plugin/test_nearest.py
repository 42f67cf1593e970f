"""A sentence that no step knows: the nearest ones of the catalogue are named, as somebody who wrote it would want."""

from __future__ import annotations

import pytest

from consentinel.cli.steps import catalogue
from consentinel.pytest_plugin.nearest import SHOWN, Sayable, nearest
from consentinel.pytest_plugin.sentences import sayable


@pytest.fixture(scope="module")
def known() -> list[Sayable]:
    """What the shipped steps can say."""
    catalogue()  # imports the steps
    return sayable()


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("given", "a visitor that is new", "Given a new visitor"),
        ("when", "they refuse the social cookies", "When they refuse social cookies"),
        ("when", "they reject everything", "When they refuse all cookies after all"),
        ("when", "the user visits three articles", "When they read three articles"),
        ("then", "no social items are writen", "Then no social items are stored"),
        ("then", "they refuse social cookies", "When they refuse social cookies"),
        ("then", "the banner asks again", "Then the site does not ask again"),
    ],
)
def test_what_was_meant_is_named(known: list[Sayable], kind: str, text: str, meant: str) -> None:
    found = [str(one).partition("    ")[0] for one in nearest(kind, text, known)]
    assert len(found) == SHOWN
    assert meant in found


def test_three_steps_are_named_and_not_one_step_three_times() -> None:
    known = [Sayable("when", "they refuse {what} cookies", f"they refuse {what} cookies") for what in ("social", "all")]
    known.append(Sayable("when", "they look", "they look"))
    assert list(map(str, nearest("when", "they refuse social cookie", known))) == [
        "When they refuse social cookies    (they refuse {what} cookies)",
        "When they look",
    ]


def test_a_sentence_without_words_has_neighbours_too(known: list[Sayable]) -> None:
    assert len(nearest("when", "???", known)) == SHOWN
