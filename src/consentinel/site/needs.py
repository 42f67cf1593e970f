"""The profile entries that a sentence needs, declared beside its step and checked before a browser starts.

A need is a dotted key of the profile: `pages.basket`, `elements.user`, `allow.orders`. `pages.articles:3` needs so many
entries; `pages.articles:{count}` takes the number from the sentence; `pages.basket|pages.product` needs one of several.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from consentinel.site.profile import Profile

Step = TypeVar("Step", bound=Callable[..., object])

NUMBERS = {"two": 2, "three": 3}
"""Numbers as sentences write them."""

_ATTRIBUTE = "profile_entries"


def needs(*entries: str) -> Callable[[Step], Step]:
    """Declare what a step needs of the profile. Put it below the step's own decorator."""

    def declare(step: Step) -> Step:
        setattr(step, _ATTRIBUTE, entries)
        return step

    return declare


def needs_of(step: Callable[..., object]) -> tuple[str, ...]:
    """Return what a step has declared to need."""
    found: tuple[str, ...] = getattr(step, _ATTRIBUTE, ())
    return found


def is_met(need: str, profile: Profile) -> bool:
    """Return whether the profile has what is needed. On the reference site everything is allowed."""
    return any(_has(entry, profile) for entry in need.split("|"))


def entry_of(need: str) -> str:
    """Return the entry that would meet a need, as a message names it."""
    first = need.partition("|")[0]
    key, _, count = first.partition(":")
    return f"{key} ({_number(count)} of them)" if count else key


def _has(entry: str, profile: Profile) -> bool:
    key, _, count = entry.partition(":")
    if key.startswith("allow.") and profile.site.reference:
        return True
    value: object = profile
    for part in key.split("."):
        value = getattr(value, part, None)
    if count:
        return isinstance(value, tuple) and len(value) >= _number(count)
    return bool(value)


def _number(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else int(word)
