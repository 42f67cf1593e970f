"""The promises of the policy by id, from `features/promises.toml`: the one place that lists what is not provable."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from consentinel.shipped import FEATURES

FILE = FEATURES / "promises.toml"

ID = re.compile(r"^P\d\d$")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise. `not_provable` is the reason why no browser can show it, empty where one can."""

    id: str
    title: str
    not_provable: str = ""


@cache
def promises() -> tuple[Promise, ...]:
    """All promises, in the policy's order."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Promise(key, row["title"], row.get("not_provable", "")) for key, row in data.items())


def among(tags: set[str]) -> list[str]:
    """The promise ids among tags, in order."""
    return sorted(tag for tag in tags if ID.match(tag))
