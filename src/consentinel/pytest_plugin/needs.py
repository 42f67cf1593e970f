"""What a scenario's sentences need of the site's profile, told before anybody acts.

In the features the name of a category means that category wherever it stands: in a sentence of the scenario, in an
example, in `analytics, social and advertising`.
"""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.site.category import categories_named
from consentinel.site.profile import Profile
from consentinel.visitor.errors import MissingEntry, NotRefusable

_EXPECTED = {"the error was counted": ("analytics", "errors")}
"""Sentences that hold only where the profile says so: the category, and what must be expected of it."""


def check_needs(sentences: Iterable[str], profile: Profile) -> None:
    """Raises MissingEntry where a scenario is about something that the site does not have."""
    for sentence in sentences:
        for category in categories_named(sentence):
            if category not in profile.categories:
                raise MissingEntry(f"categories.{category}")
            if category not in profile.refusable:
                raise NotRefusable(category)
        if sentence in _EXPECTED:
            name, expected = _EXPECTED[sentence]
            if not any(one == name and expected in table.expected for one, table in profile.categories.items()):
                raise MissingEntry(f'categories.{name}.expected = ["{expected}"]')
