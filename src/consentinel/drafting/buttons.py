"""Decides what a button of a consent dialog does by what it is called, in any language that is known.

A word for acceptance says little: "Nicht zustimmen" and "Continua senza accettare" hold one. A name is therefore read
word by word, and the whole decides. Where two languages read a name as opposites, it is taken for neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consentinel.drafting.lexicon import (
    Lexicon,
    lexicons,
    phrases,
)
from consentinel.site.normal_text import normal

ORDER = ("refuse", "save", "accept", "close", "preferences")
"""Which kind is believed where two languages know a name equally well, but for acceptance against refusal."""

ROLES = (
    "consent",
    "not",
    "without",
    "only",
    "necessary",
    "all",
    "go",
    "settings",
    "info",
    "save",
    "selected",
    "or",
    "ok",
    "pay",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as one language reads it: the kind of button, None where it tells none, and how many letters it knew."""

    language: str
    kind: str | None
    known: int
    roles: frozenset[str]


def button_kind(name: str, language: str = "") -> str | None:
    """Return what a button does: accept, refuse, preferences, save or close; None where its name does not tell.

    `language` is the language that the page says it is written in, as a BCP 47 tag. It decides between readings, and
    excludes none: many pages name a wrong one.
    """
    return _kind(normal(name), language.lower().replace("_", "-").split("-")[0]) or _of_sign(name)


def speaks_of_everything(name: str) -> bool:
    """Return whether a button's name says that it is about everything, as "Accept all" does."""
    return any("all" in reading.roles for reading in _readings(normal(name)))


def speaks_of_consent(name: str) -> bool:
    """Return whether a button's name speaks of consent by itself: "Yes" and "No thanks" may answer any question."""
    telling = {"accept", "refuse", "consent", "necessary"}
    return any(reading.kind in ("accept", "refuse") and reading.roles & telling for reading in _readings(normal(name)))


def asks_for_money(name: str) -> bool:
    """Return whether a button's name leads to something that is paid for, such as a subscription."""
    return any("pay" in reading.roles for reading in _readings(normal(name)))


def goes_on(name: str) -> bool:
    """Return whether a button's name says no more than that one goes on, as "Enter" and "Continue to the shop" do."""
    roles = frozenset[str]().union(*(reading.roles for reading in _readings(normal(name))))
    return "go" in roles and not roles & {"not", "without", "refuse"}


def is_plain(name: str) -> bool:
    """Return whether the whole name says what a button does: some language knows each word of it."""
    letters = len(normal(name).replace(" ", ""))
    return any(reading.kind and reading.known == letters for reading in _readings(normal(name)))


def names_settings(name: str) -> bool:
    """Return whether the whole name says that it leads to settings: some language knows each word of it."""
    letters = len(normal(name).replace(" ", ""))
    return any(
        reading.kind == "preferences" and "settings" in reading.roles and reading.known == letters
        for reading in _readings(normal(name))
    )


def folds(name: str) -> bool:
    """Return whether a name says that it closes a part of the dialog, as "Close controls" and "Hide details" do."""
    parts = {"settings", "info", "selected"}
    return any(reading.kind == "close" and reading.roles & parts for reading in _readings(normal(name)))


def is_vague(name: str) -> bool:
    """Return whether a name, such as "More", leads perhaps to the preferences and perhaps to a text."""
    return any(reading.roles and reading.roles <= {"info", "or"} for reading in _readings(normal(name)))


def read(name: str, language: str = "") -> str | None:
    """Return what a button does by its words alone, without the phrases that are known as they stand."""
    return _by_words(normal(name), language)


def _of_sign(name: str) -> str | None:
    return "close" if name.strip() in ("\xd7", "✕", "✖", "✗", "❌") else None


@cache
def _kind(name: str, language: str) -> str | None:
    known = phrases().get(name)
    if known:
        kinds = set(known.values())
        if len(kinds) == 1:
            return kinds.pop()
        if language in known:
            return known[language]
    return _by_words(name, language)


@cache
def _by_words(name: str, language: str) -> str | None:
    readings = _readings(name)
    if not readings or asks_for_money(name):
        return None
    most = max(reading.known for reading in readings)
    best = [reading for reading in readings if reading.known == most]
    own = [reading for reading in best if reading.language == language]
    kinds = {reading.kind for reading in own or best}
    if {"accept", "refuse"} <= kinds:
        return None
    return next((kind for kind in ORDER if kind in kinds), None)


@cache
def _readings(name: str) -> tuple[Reading, ...]:
    """Return the name as each language reads it that knows a word of it."""
    return tuple(_reading(name, lexicon) for lexicon in lexicons() if lexicon.anything.search(name))


def _reading(name: str, lexicon: Lexicon) -> Reading:
    """Return a name as one language reads it.

    A phrase with several roles counts as the first of these: optional, refuse, close, any other but accept, accept.
    """
    places: dict[str, frozenset[int]] = {}
    rest = name
    for role in ("optional", "refuse", "close"):
        places[role] = lexicon.places(role, rest)
        rest = "".join("\0" if place in places[role] else letter for place, letter in enumerate(rest))
    places |= {role: lexicon.places(role, rest) for role in ROLES}
    places["accept"] = lexicon.places("accept", rest) - places["consent"]
    known = frozenset[int]().union(*places.values(), lexicon.places("filler", name))
    letters = {place for place, letter in enumerate(name) if letter != " "}
    roles = frozenset(role for role, found in places.items() if found)
    return Reading(lexicon.language, _decide(roles, letters <= known), len(letters & known), roles)


def _decide(roles: frozenset[str], is_all_known: bool) -> str | None:
    if "refuse" in roles:
        return _refusing(roles)
    if roles & {"not", "without"}:
        return _negated(roles, is_all_known)
    if "necessary" in roles and "optional" not in roles and roles & {"only", "accept", "go", "save", "ok"}:
        return "refuse"
    if "save" in roles or ("selected" in roles and "accept" in roles):
        return _keeping(roles)
    if "accept" in roles:
        return "preferences" if "settings" in roles and "all" not in roles else "accept"
    return _of_the_rest(roles, is_all_known)


def _refusing(roles: frozenset[str]) -> str | None:
    """Return "refuse", or another kind where the button offers that beside a refusal, as "Settings or reject" does."""
    if "or" in roles and roles & {"settings", "selected"}:
        return "preferences"
    return None if "or" in roles and "accept" in roles else "refuse"


def _negated(roles: frozenset[str], is_all_known: bool) -> str | None:
    if {"not", "only", "accept", "all"} <= roles:
        return None  # "not only what is necessary, accept all", or its opposite
    if roles & {"accept", "consent"} or {"only", "necessary"} <= roles:
        return "refuse"
    if "save" in roles:
        return "close" if roles & {"close", "without"} else None
    if "settings" in roles:
        return "preferences"
    if roles & {"without", "go"}:
        return "refuse"
    return "refuse" if is_all_known and not roles & {"close", "info", "selected"} else None


def _keeping(roles: frozenset[str]) -> str:
    """Saving what is selected, unless everything is: "Confirm all", "Accept and save"."""
    if "selected" in roles:
        return "save"
    if "settings" in roles:
        return "accept" if {"accept", "all"} <= roles else "save"
    return "accept" if roles & {"accept", "all"} else "save"


def _of_the_rest(roles: frozenset[str], is_all_known: bool) -> str | None:
    if "settings" in roles and "close" in roles:
        return "close"
    if roles & {"settings", "selected"}:
        return "preferences"
    if "consent" in roles or ("ok" in roles and is_all_known and "info" not in roles):
        return "accept"
    if "close" in roles:
        return "close"
    if {"all", "go"} <= roles:
        return "accept"
    return "preferences" if "info" in roles else None
