"""The promises of a policy by id, from a TOML file, and the reasons why some of them cannot be proved."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consentinel.shipped import FEATURES

SHIPPED = FEATURES / "promises.toml"

ID = re.compile(r"[A-Z]+-?\d+")
"""What a promise's id looks like: letters and a number, such as P12 or SHOP-3."""


class PromisesError(Exception):
    """A file of promises cannot be used. The message is one line: file, what, remedy."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise. `not_provable` is the reason why no browser can show it, empty where one can."""

    id: str
    title: str
    not_provable: str = ""


@cache
def promises(own: Path | None = None) -> tuple[Promise, ...]:
    """The shipped promises in the policy's order, and then those of a file of one's own.

    An id that both have is the own file's. Raises PromisesError.
    """
    found = _read(SHIPPED)
    return tuple((found | _read(own)).values()) if own else tuple(found.values())


def _read(file: Path) -> dict[str, Promise]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PromisesError(f"{file}: cannot be read as TOML: {error}") from error
    return {key: _promise(file, key, row) for key, row in data.items()}


def _promise(file: Path, key: str, row: object) -> Promise:
    if not ID.fullmatch(key):
        raise PromisesError(f"{file}: [{key}] is no id of a promise; write letters and a number, such as SHOP-3")
    if not isinstance(row, dict) or not isinstance(row.get("title"), str):
        raise PromisesError(f'{file}: [{key}] needs a title, such as title = "The basket survives a refusal"')
    return Promise(key, row["title"], str(row.get("not_provable", "")))


def among(tags: Iterable[str], known: Collection[Promise]) -> list[str]:
    """The ids of known promises among tags, in order."""
    ids = {promise.id for promise in known}
    return sorted(ids.intersection(tags))
