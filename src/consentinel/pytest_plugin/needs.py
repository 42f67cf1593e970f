"""Checks before a scenario runs that the site's profile has what its sentences need.

A category's name in a feature means that category wherever it occurs: in a sentence, in an example, or in a list such
as `analytics, social and advertising`.
"""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.site.category import categories_named
from consentinel.site.profile import Profile
from consentinel.visitor.errors import MissingEntry, NotRefusable

_EXPECTED = {"the error was counted": ("analytics", "errors")}
"""Sentences that need an entry of `expected` in a category's table, as pairs of category and entry."""


def check_needs(sentences: Iterable[str], profile: Profile) -> None:
    """Check the sentences. Raises MissingEntry or NotRefusable if the profile lacks what they are about."""
    for sentence in sentences:
        for category in categories_named(sentence):
            if category not in profile.categories:
                raise MissingEntry(f"categories.{category}")
            if category not in profile.refusable:
                raise NotRefusable(category)
        if sentence in _EXPECTED:
            name, expected = _EXPECTED[sentence]
            if not any(key == name and expected in table.expected for key, table in profile.categories.items()):
                raise MissingEntry(f'categories.{name}.expected = ["{expected}"]')
