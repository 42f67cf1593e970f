"""Public knowledge about names of stored items and shapes of requests (see `known.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from consentinel.evidence.guarded import fields_of, parts_of
from consentinel.evidence.records import Kind
from consentinel.site.classify import Matcher, matcher
from consentinel.site.profile import Category

TABLE = Path(__file__).with_name("known.toml")

PREFIXES = ("__Host-", "__Secure-")
"""Prefixes that change what a browser demands of a cookie, not what the cookie is for."""

_DIGEST = re.compile(r"[\da-f]{32}")
"""What Joomla calls the cookie of its session: a digest of the site's secret, the same for every visitor."""


@dataclass(frozen=True, slots=True)
class Known:
    """A service, or what an item is for, and the category that it is usually put in."""

    category: Category
    what: str
    needs_no_grant: bool = False
    """Whether a site that has the item cannot work without it, so that it does not wait for a grant."""


def known_item(name: str, kind: Kind) -> Known | None:
    """Return what is known of an item of this name; None where nothing is, or where two services differ."""
    bare = next((name.removeprefix(prefix) for prefix in PREFIXES if name.startswith(prefix)), name)
    found = [(pattern, known) for pattern, matches, known in _items(kind is Kind.COOKIE) if matches(bare)]
    exact = [known for pattern, known in found if pattern == bare]
    plain = [known for pattern, known in found if not pattern.startswith("*")]
    kinds = exact or plain or [known for _, known in found]
    if not kinds and kind is Kind.COOKIE and _DIGEST.fullmatch(bare):
        return Known(Category.FUNCTIONALITY, "a session of Joomla", needs_no_grant=True)
    return kinds[0] if len({known.category for known in kinds}) == 1 else None


def pattern_of_known(name: str, kind: Kind) -> str:
    """Return the pattern by which an item of this name is known, such as `incap_ses_*`; empty where there is none."""
    found = (pattern for pattern, matches, _ in _items(kind is Kind.COOKIE) if "*" in pattern and matches(name))
    return max(found, key=len, default="") if known_item(name, kind) else ""


def known_request(url: str) -> Known | None:
    """Return what a request looks like by its path and its parameters, whatever its host; None if that is unknown."""
    parts = parts_of(url)
    if not parts.netloc:
        return None  # a page wrote what is no address
    parameters = {name for name, _ in fields_of(parts.query, blank=True)}
    shapes = (known for matches, needed, known in _requests() if matches(parts.path) and needed <= parameters)
    return next(shapes, None)


@cache
def _items(of_cookies: bool) -> tuple[tuple[str, Matcher, Known], ...]:
    tables = ("items", "needed", "cookies") if of_cookies else ("items", "needed")
    return tuple((name, matcher(name), known) for table in tables for known, names in _entries(table) for name in names)


@cache
def _requests() -> tuple[tuple[Matcher, frozenset[str], Known], ...]:
    shapes = ((known, shape) for known, shapes in _entries("requests") for shape in shapes)
    return tuple((matcher(shape[0]), frozenset(shape[1:]), known) for known, shape in shapes)


def _entries(table: str) -> Iterator[tuple[Known, list[Any]]]:
    for category, services in tomllib.loads(TABLE.read_text(encoding="utf-8"))[table].items():
        for what, entries in services.items():
            yield Known(Category(category), what, needs_no_grant=table in ("needed", "cookies")), entries
