"""The catalogue of what policies promise, and of the rules beyond any policy, by id, from TOML files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).with_name("catalogue.toml")

ID = re.compile(r"(?!R-)[A-Z]+-?\d+")
"""What a promise's id looks like: letters and a number, such as P12 or SHOP-3."""

RULE_ID = re.compile(r"R-[A-Z0-9]+(?:-[A-Z0-9]+)*")
"""What a rule's id looks like: R- and a name, such as R-EASY."""


class PromisesError(Exception):
    """A file of promises cannot be used. The message is one line: file, what, remedy."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, or a rule beyond the policy.

    `not_provable` is the reason why no browser can show it, empty where one can. `source` is where a rule comes from,
    such as a law; it is empty for a promise. `only_if_said`: it holds only where a policy file says so. `is_own`: it
    comes from the suite's own file, and holds unless it is `only_if_said`.
    """

    id: str
    title: str
    not_provable: str = ""
    source: str = ""
    only_if_said: bool = False
    is_own: bool = False

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule beyond the policy."""
        return bool(self.source)


@cache
def promises(own: Path | None = None) -> tuple[Promise, ...]:
    """The shipped promises and rules in the catalogue's order, and then those of a file of one's own.

    An id that both have is the own file's. Raises PromisesError.
    """
    found = _read(SHIPPED)
    if own is None:
        return tuple(found.values())
    added = {key: replace(promise, is_own=key not in found) for key, promise in _read(own).items()}
    return tuple((found | added).values())


def _read(file: Path) -> dict[str, Promise]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PromisesError(f"{file}: cannot be read as TOML: {error}") from error
    return {key: _promise(file, key, row) for key, row in data.items()}


def _promise(file: Path, key: str, row: object) -> Promise:
    is_rule = RULE_ID.fullmatch(key) is not None
    if not is_rule and not ID.fullmatch(key):
        raise PromisesError(
            f"{file}: [{key}] is no id of a promise; write letters and a number, such as SHOP-3, or R- and a name for "
            "a rule"
        )
    if not isinstance(row, dict) or not isinstance(row.get("title"), str):
        raise PromisesError(f'{file}: [{key}] needs a title, such as title = "The basket survives a refusal"')
    source = str(row.get("source", ""))
    if is_rule is not bool(source):
        needed = "needs a source, such as the law" if is_rule else "is a promise; only a rule (R-…) has a source"
        raise PromisesError(f"{file}: [{key}] {needed}")
    not_provable, only_if_said = str(row.get("not_provable", "")), row.get("only_if_said") is True
    return Promise(key, row["title"], not_provable, source, only_if_said)


def among(tags: Iterable[str], known: Collection[Promise]) -> list[str]:
    """The ids of known promises and rules among tags, promises first, each in order."""
    ids = {promise.id for promise in known}
    return sorted(ids.intersection(tags), key=lambda one: (one.startswith("R-"), one))
