"""Matches an item to a pattern of the profile, so that it counts as one item though its name changes with each
visit."""

from __future__ import annotations

from collections.abc import Iterator

from consentinel.evidence.records import Kind
from consentinel.site.classify import FIELDS, matcher
from consentinel.site.profile import Profile

LEAST_LETTERS = 2
"""How many characters other than `*` a pattern needs to stand for one item: `*` alone would stand for all of them."""


def declared_pattern(kind: Kind, name: str, profile: Profile) -> str:
    """Return the pattern that matches an item's name; empty if there is none, or none that distinguishes items."""
    for pattern in _patterns(kind, profile):
        if len(pattern.replace("*", "")) >= LEAST_LETTERS and matcher(pattern)(name):
            return pattern
    return ""


def _patterns(kind: Kind, profile: Profile) -> Iterator[str]:
    kept = profile.consent.stored
    if kind == kept.kind and kept.name:
        yield kept.name
    yield from {Kind.COOKIE: kept.also_cookies, Kind.LOCAL_STORAGE: kept.also_local_storage}.get(kind, ())
    field = FIELDS.get(kind)
    for table in profile.categories.values() if field else ():
        yield from getattr(table, str(field))
