"""The version of the profile's schema, and the migration of profiles that were written for an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consentinel.site.errors import Problem, ProfileError

KEY = "schema_version"
"""The key of a profile that holds its version. A profile without it is of version 1."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: tuple[Migration, ...] = ()
"""The first migration turns a profile of version 1 into one of version 2, and so on. A released one is never edited."""


def newest() -> int:
    """Return the version that this release reads and drafts."""
    return len(MIGRATIONS) + 1


def migrated(data: dict[str, Any], file: str) -> dict[str, Any]:
    """Return a profile's data in the newest version. `file` is its name, for messages.

    Raises ProfileError for a version that is no number from 1, and for one that a later release has introduced.
    """
    version = data.get(KEY, 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        remedy = f"write the version that the profile is written for, up to {newest()}"
        raise ProfileError((Problem(file, KEY, repr(version), "is no version of the schema", remedy),))
    if version > newest():
        fault = f"is newer than this release of Consentinel, which knows versions up to {newest()}"
        raise ProfileError(
            (Problem(file, KEY, str(version), fault, "upgrade Consentinel: pip install -U consentinel"),)
        )
    for migration in MIGRATIONS[version - 1 :]:
        data = migration(data)
    return {**data, KEY: newest()}
