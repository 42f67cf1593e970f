"""The catalogue of what policies promise, and of the rules beyond any policy, by id, from TOML files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from consentinel.policy import packs

SHIPPED = Path(__file__).with_name("catalogue.toml")

ID = re.compile(r"(?!R-)[A-Z]+-?\d+")
"""What a promise's id looks like: letters and a number, such as P12 or SHOP-3."""

RULE_ID = re.compile(packs.RULE_ID)


class PromisesError(Exception):
    """A file of promises cannot be used. The message is one line: file, what, remedy."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, or a rule beyond the policy.

    `not_provable` is the reason why no browser can show it, empty where one can. `source` is where a rule comes from,
    such as a law, by whatever pack; it is empty for a promise. `only_if_said`: it holds only where a policy file says
    so. `is_own`: it comes from the suite's own file, and holds unless it is `only_if_said`. `cannot_see` is what a
    passed scenario leaves open.
    """

    id: str
    title: str
    not_provable: str = ""
    source: str = ""
    only_if_said: bool = False
    is_own: bool = False
    cannot_see: str = ""

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule beyond the policy."""
        return RULE_ID.fullmatch(self.id) is not None


@cache
def promises(own: Path | None = None) -> tuple[Promise, ...]:
    """Return the shipped promises and rules in the catalogue's order, and then those of a file of one's own.

    An id that both have is the own file's. Raises PromisesError.
    """
    found = _with_packs(_read(SHIPPED, needs_source=False))
    if own is None:
        return tuple(found.values())
    added = {key: replace(promise, is_own=key not in found) for key, promise in _read(own).items()}
    return tuple((found | added).values())


def _with_packs(found: dict[str, Promise]) -> dict[str, Promise]:
    """Return the catalogue with the rules that the packs cite, and with the packs that ask for each of them."""
    cited: dict[str, list[packs.Citation]] = {}
    try:
        for pack in packs.packs().values():
            for rule, citation in pack.rules.items():
                cited.setdefault(rule, []).append(citation)
    except packs.PackError as error:
        raise PromisesError(str(error)) from error
    rules = {rule: _cited(rule, found.get(rule), citations) for rule, citations in cited.items()}
    return {key: promise for key, promise in found.items() if not promise.is_rule} | {
        key: rules[key] for key in (*(key for key in found if key in rules), *rules)
    }


def _cited(rule: str, known: Promise | None, citations: Iterable[packs.Citation]) -> Promise:
    listed = tuple(citations)
    titles = [known.title] if known else [one.title for one in listed if one.title]
    if not titles:
        raise PromisesError(f"packs: {rule} needs a title, since the catalogue does not know it")
    sources = "; ".join(one.brief for one in listed)
    return replace(known, source=sources) if known else Promise(rule, titles[0], source=sources)


def _read(file: Path, *, needs_source: bool = True) -> dict[str, Promise]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PromisesError(f"{file}: cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PromisesError(f"{file}: cannot be read as TOML: {error}") from error
    return {key: _promise(file, key, row, needs_source=needs_source) for key, row in data.items()}


def _promise(file: Path, key: str, row: object, *, needs_source: bool) -> Promise:
    is_rule = RULE_ID.fullmatch(key) is not None
    if not is_rule and not ID.fullmatch(key):
        raise PromisesError(
            f"{file}: [{key}] is no id of a promise; write letters and a number, such as SHOP-3, or R- and a name for "
            "a rule"
        )
    if not isinstance(row, dict) or not isinstance(row.get("title"), str):
        raise PromisesError(f'{file}: [{key}] needs a title, such as title = "The basket survives a refusal"')
    source = str(row.get("source", ""))
    if is_rule is not bool(source) and (needs_source or source):
        needed = "needs a source, such as the law" if is_rule else "is a promise; only a rule (R-…) has a source"
        raise PromisesError(f"{file}: [{key}] {needed}")
    not_provable, only_if_said = str(row.get("not_provable", "")), row.get("only_if_said") is True
    return Promise(key, row["title"], not_provable, source, only_if_said, cannot_see=str(row.get("cannot_see", "")))


def among(tags: Iterable[str], known: Collection[Promise]) -> list[str]:
    """Return the ids of known promises and rules among tags, promises first, each in order."""
    ids = {promise.id for promise in known}
    return sorted(ids.intersection(tags), key=lambda one: (one.startswith("R-"), one))
