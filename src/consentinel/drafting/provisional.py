"""The provisional profile with which drafting visits a site: as much of a profile as is known so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consentinel.drafting.survey import Option, Proposal
from consentinel.evidence.guarded import host_of, parts_of
from consentinel.site.hosts import pattern_of, registrable
from consentinel.site.profile import Category, Profile

LATE = 8.0
"""Seconds that a consent manager may take to show up."""


def provisional(
    url: str,
    manager: str,
    options: Mapping[Category, Option],
    dialog: Proposal | None,
    preferences_link: str,
    ahead: Sequence[str] = (),
) -> Profile:
    """Return the profile of the site at `url`.

    `manager` is the consent manager's name, empty while none is known. `options` are the categories that its
    preferences offer; without any, every category counts as offered. `dialog` describes a dialog without a page object.
    `preferences_link` is the selector of the link to the preferences, empty while none is known. `ahead` is its
    `access.ahead`.
    """
    origin, host = parts_of(url), host_of(url)
    categories = {
        category: _category(category, options.get(category, Option("", "")))
        for category in Category
        if not options or category in options or category is Category.FUNCTIONALITY
    }
    return Profile.model_validate(
        {
            "site": {
                "name": host,
                "base_url": f"{origin.scheme}://{origin.netloc}",
                "hosts": [pattern_of(registrable(host))],
            },
            "consent": {
                "manager": manager or "auto",
                "stored": {"name": "unknown"},
                "late_s": LATE,
                "dialog": dialog.selectors() if dialog and manager else None,
            },
            "categories": categories,
            "access": {"ahead": ahead},
            "elements": {"preferences_link": preferences_link} if preferences_link else {},
        }
    )


def _category(category: Category, option: Option) -> dict[str, object]:
    is_refusable = category is not Category.FUNCTIONALITY and not option.always
    return {"label": category, "key": option.key, "refusable": is_refusable}
