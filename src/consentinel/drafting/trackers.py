"""Looks up what is publicly known of hosts in Ghostery's tracker database, where that is installed.

The database (npm `@ghostery/trackerdb`) is licensed CC BY-NC-SA 4.0: it is never part of this project, and a draft
takes nothing from it but the category of a host that was seen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.site.profile import Category

DATABASE = Path("node_modules") / "@ghostery" / "trackerdb" / "dist" / "trackerdb.json"

_CATEGORIES = {
    "advertising": Category.ADVERTISING,
    "site_analytics": Category.ANALYTICS,
    "social_media": Category.SOCIAL,
}


@dataclass(frozen=True, slots=True)
class Trackers:
    """Hosts of services that are known, with their category and the service's name."""

    known: dict[str, tuple[Category, str]] = field(default_factory=dict)

    def of(self, host: str) -> tuple[Category, str] | None:
        """Return the category and the name of the service that owns a host."""
        labels = host.split(".")
        parents = (".".join(labels[start:]) for start in range(len(labels) - 1))
        return next((self.known[parent] for parent in parents if parent in self.known), None)


def load_trackers(path: Path = DATABASE) -> Trackers:
    """Return the database at this path; an empty one where there is none."""
    if not path.is_file():
        return Trackers()
    data = json.loads(path.read_text(encoding="utf-8"))
    known = {}
    for domain, pattern in data["domains"].items():
        entry = data["patterns"].get(pattern, {})
        category = _CATEGORIES.get(entry.get("category", ""))
        if category is not None:
            known[domain] = (category, entry.get("name", pattern))
    return Trackers(known)
