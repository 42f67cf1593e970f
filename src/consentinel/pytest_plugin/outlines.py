"""Extends outlines over what the profile names: a site's own categories get examples beside the standard ones.

A feature lists the standard categories in a column `category` or `allowed`. Each further category that the site lets
visitors refuse gets a row like that of a single standard one. A table that holds every subset of the standard
categories gets every pair with a further one: beyond four categories, all subsets would be too many. A column `asked`
or `opting` holds the profile's regions, in the place of the one that the feature names as an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from consentinel.pytest_plugin.internals import Examples, ScenarioTemplate
from consentinel.site.category import REFUSABLE
from consentinel.site.profile import Profile

COLUMNS = ("category", "allowed")
"""The columns that hold a category."""
REGIONS = {"asked": "asks", "opting": "opt-out"}
"""The columns that hold a region, each with what the region's visitors are to find."""
EVERY_SUBSET = 2 ** len(REFUSABLE)
"""A table with so many rows has one for each subset of the standard categories."""


def extend(template: ScenarioTemplate, profile: Profile) -> int:
    """Add the examples for a site's own categories and regions to an outline. Return how many more it has then."""
    return sum(_extend(table, profile) for table in template.examples)


def own_categories(profile: Profile) -> tuple[str, ...]:
    """Return the categories beside the standard ones that the site lets visitors refuse."""
    return tuple(category for category in profile.refusable if category not in REFUSABLE)


def _extend(table: Examples, profile: Profile) -> int:
    if table.example_params and table.example_params[0] in REGIONS:
        return _name_regions(table, REGIONS[table.example_params[0]], profile)
    place = next((table.example_params.index(one) for one in COLUMNS if one in table.example_params), None)
    if place is None:
        return 0
    like = next((row for row in table.examples if row[place] in REFUSABLE), None)
    if like is None:
        return 0
    known = {row[place] for row in table.examples}
    words = _words(profile, is_whole=len(table.examples) >= EVERY_SUBSET)
    added = [word for word in words if word not in known]
    for word in added:
        table.add_example([word if number == place else cell for number, cell in enumerate(like)])
    return len(added)


def _name_regions(table: Examples, expected: str, profile: Profile) -> int:
    """Put the profile's own regions in the place of the one that the feature names. Without any, that one stays."""
    names = [region.name for region in profile.regions if region.expects == expected]
    written = len(table.examples)
    if names:
        table.examples = [[name] for name in names]
    return len(table.examples) - written


def _words(profile: Profile, *, is_whole: bool) -> Iterator[str]:
    own = own_categories(profile)
    return chain(map(str, own), _pairs(own, profile) if is_whole else ())


def _pairs(own: Sequence[str], profile: Profile) -> Iterator[str]:
    for number, category in enumerate(profile.refusable):
        for other in own:
            if other not in profile.refusable[: number + 1]:
                yield f"{category} and {other}"
