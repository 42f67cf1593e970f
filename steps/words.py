"""What the words of the features mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from consentinel.pytest_plugin.vocabulary import OneOf
from consentinel.site.campaigns import PARAMETERS
from consentinel.site.profile import Category, Profile
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.sitemap import PAGES
from consentinel.visitor.trouble import OF_MANAGERS

UNUSUAL: Mapping[str, Mapping[str, str | None]] = {
    "an unknown browser": {"User-Agent": "Gopherus/0.3 (unheard-of)"},
    "no named browser": {"User-Agent": None},
    "no language": {"Accept-Language": None},
    "an unknown language": {"Accept-Language": "tlh-Piqd, x-nobody;q=0.5"},
}
"""Headers of visitors whose browser or language cannot be told; None leaves a header out."""

_CATEGORIES = tuple(str(category) for category in Category)

PageWord = Annotated[str, OneOf("a page that features know", PAGES, own="pages.own")]
Whence = Annotated[str, OneOf("a place from which visitors are sent", tuple(PARAMETERS))]
CategoryWord = Annotated[str, OneOf("a category of cookies", _CATEGORIES, own="categories")]
CategoryWords = Annotated[
    str,
    OneOf(
        "a category of cookies",
        _CATEGORIES,
        several=True,
        alone=("optional", "all optional", "no optional"),
        own="categories",
    ),
]
ManagerTrouble = Annotated[str, OneOf("what befalls a consent manager", tuple(OF_MANAGERS))]
Peculiarity = Annotated[str, OneOf("a peculiarity of a visitor", tuple(UNUSUAL))]


def categories(words: str, profile: Profile) -> tuple[Category, ...]:
    """Categories as a sentence lists them: `analytics, social and advertising`, `optional` or `no optional`.

    Raises MissingEntry for a category that the site does not have.
    """
    if words in ("no optional", "no"):
        return ()
    if words in ("optional", "all optional"):
        return profile.refusable
    return tuple(category(word, profile) for word in re.split(r", | and ", words))


def category(word: str, profile: Profile) -> Category:
    """The one category that a word means. Raises MissingEntry where the site does not have it."""
    found = Category(word)
    if found not in profile.categories:
        raise MissingEntry(f"categories.{found}")
    return found


def objectionable(profile: Profile) -> tuple[Category, ...]:
    """The categories that need no consent and can be objected to. Raises MissingEntry where there is none."""
    found = tuple(one for one in profile.refusable if one in profile.objectionable)
    if not found:
        raise MissingEntry('categories (one with model = "opt-out")')
    return found


def service_hosts(word: str, profile: Profile) -> tuple[str, ...]:
    """The hosts of a category's services. Raises MissingEntry where the site has no such category, or it no host."""
    named = category(word, profile)
    if not profile.categories[named].hosts:
        raise MissingEntry(f"categories.{named}.hosts")
    return profile.categories[named].hosts


def offered_labels(profile: Profile) -> tuple[str, ...]:
    """What the dialog calls the categories that it offers. Raises MissingEntry for a dialog that offers none."""
    dialog = profile.consent.dialog
    if dialog is not None and not dialog.categories:
        raise MissingEntry("consent.dialog.categories")
    if dialog is None and not profile.refusable:
        raise MissingEntry("categories (one that the visitor can refuse)")
    offered = profile.categories if dialog is None else dialog.categories
    return tuple(table.label for category, table in profile.categories.items() if category in offered)


def granted_by(granted: frozenset[str] | None, profile: Profile) -> tuple[Category, ...]:
    """The categories that a choice allows, in the policy's order, so that findings name them in the same order."""
    return tuple(one for one in profile.refusable if one in (granted or ()))


def allowed_by(granted: frozenset[str] | None, profile: Profile) -> tuple[Category, ...]:
    """The same. Raises MissingEntry where there is none."""
    found = granted_by(granted, profile)
    if not found:
        raise MissingEntry("categories (one that the visitor can allow)")
    return found
