"""Declares the words that a step's argument accepts, so that a wrong word is found before a browser starts.

A step declares them in the argument's annotation: `page: Annotated[str, OneOf("a page", ("home page", "article"))]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, get_type_hints

from consentinel.site.profile import Category, Profile

_COMMAS = re.compile(r", | and ")


@dataclass(frozen=True, slots=True)
class OneOf:
    """Accepts one of `words`. `what` describes them: "a page".

    With `several`, a list of words is accepted, as in `analytics, social and advertising`. The words in `alone` are
    accepted only outside a list. `own` is the profile's table that adds words, such as `pages.own`, or empty.
    """

    what: str
    words: tuple[str, ...]
    several: bool = False
    alone: tuple[str, ...] = ()
    own: str = ""

    def fault(self, text: str, own: Collection[str] = ()) -> str:
        """Return the problem with the text and the accepted words, or an empty string. `own` are added words."""
        words = (*self.words, *own)
        parts = _COMMAS.split(text) if self.several and text not in self.alone else [text]
        wrong = [part for part in parts if part not in (*words, *self.alone)]
        wrong += [part for part in parts if len(parts) > 1 and part in self.alone]
        if not wrong:
            return ""
        known = ", ".join((*words, *self.alone))
        joined = "; several are joined by commas and “and”" if self.several else ""
        more = f"; add your own to [{self.own}] of the profile" if self.own else ""
        return f"“{wrong[0]}” is not {self.what}; here may stand: {known}{joined}{more}"


def own_words(profile: Profile) -> dict[str, Collection[str]]:
    """Return the words that a profile adds to the sentences, by the table that holds them."""
    own = [category for category in profile.categories if category not in tuple(Category)]
    return {"pages.own": profile.pages.own, "categories": own}


def words_of(step: Callable[..., Any], arguments: Mapping[str, Any], words: Collection[str]) -> list[str]:
    """Of what a sentence gives to this step function: what stands in a place for one of these words, and is one."""
    hints: dict[str, Any] = {}
    with suppress(Exception):  # as below
        hints = get_type_hints(step, include_extras=True)
    places = {
        name for name, hint in hints.items() for one in getattr(hint, "__metadata__", ()) if isinstance(one, OneOf)
    }
    return [value for name, value in arguments.items() if name in places and value in words]


def faults(step: Callable[..., Any], arguments: dict[str, Any], own: Mapping[str, Collection[str]]) -> list[str]:
    """Return the problems with the arguments that a sentence passes to this step function.

    `own` are the words that each table of the profile adds.
    """
    hints: dict[str, Any] = {}
    with suppress(Exception):  # an annotation that only a type checker can resolve declares no words
        hints = get_type_hints(step, include_extras=True)
    problems = []
    for name, value in arguments.items():
        for choice in getattr(hints.get(name), "__metadata__", ()):
            if isinstance(choice, OneOf) and isinstance(value, str):
                problems.append(choice.fault(value, own.get(choice.own, ())))
    return [problem for problem in problems if problem]
