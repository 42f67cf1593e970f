"""Classifies stored items and requests by the site's profile.

Pure functions for thousands of calls: a profile is indexed once, and each answer is cached.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, Literal

from consentinel.evidence.guarded import parts_of, path_of
from consentinel.evidence.records import Kind, Request, StoredItem, Write
from consentinel.site.hosts import covered, covers, registrable
from consentinel.site.profile import (
    Category,
    CategoryTable,
    Profile,
    StoredChoice,
)

Party = Literal["first", "third"]
Kept = StoredItem | Write
Matcher = Callable[[str], bool]

_OF_QUERY = re.compile(r"[?=&]")

KEPT_PROFILES = 16
KEPT_ANSWERS = 65_536

FIELDS: Mapping[str, str] = {
    Kind.COOKIE: "cookies",
    Kind.LOCAL_STORAGE: "local_storage",
    Kind.SESSION_STORAGE: "session_storage",
    Kind.INDEXED_DB: "indexed_db",
    Kind.CACHE: "caches",
    Kind.SERVICE_WORKER: "service_workers",
    Kind.FILE: "files",
}
"""The key of a category's table that declares items of each kind."""


def categories_of(item: StoredItem, profile: Profile) -> tuple[Category, ...]:
    """Return the categories of an item; every item should be in exactly one (P05).

    Its name counts on the site's own hosts, its partners', the category's and those that keep the choice. An item
    without a declared name on a category's host belongs to that category: whoever owns the host stored it. Empty:
    undeclared.
    """
    index = _index(profile)
    return index.named(item) or index.of_host(item.host)


def is_declared(item: StoredItem, profile: Profile) -> bool:
    """Return whether the profile declares this item by name, not merely the host that it lies on (P05)."""
    return bool(_index(profile).named(item))


def category_of_request(request: Request, profile: Profile) -> Category | None:
    """Return the category that a request serves: by the site's own address patterns first, then by its host."""
    return category_of_address(request.url, profile)


def category_of_address(url: str, profile: Profile) -> Category | None:
    """Return the category that requests to an address serve, None for an undeclared one."""
    return _index(profile).of_url(url)


def is_choice(item: Kept, profile: Profile) -> bool:
    """Return whether an item is where the site keeps the visitor's choice, or keeps it once more.

    Its name counts on the site's own hosts, and on those that the profile says keep the choice for it.
    """
    index = _index(profile)
    if not any(matches(item.name) for matches in index.choices.get(item.kind, ())):
        return False
    return index.is_own(item.host) or covered(profile.consent.stored.hosts, item.host)


def party(host: str, profile: Profile) -> Party:
    """Return whether a host is the site's own.

    The profile names such a host, or one of the same registrable domain.
    """
    return "first" if _index(profile).is_own(host) else "third"


def is_partner(host: str, profile: Profile) -> bool:
    """Return whether a host is a technical partner that may be contacted before a choice (P19)."""
    return covered(profile.partners, host)


def matcher(pattern: str) -> Matcher:
    """Compile a name pattern: `*` stands for any run of characters, all else for itself; case matters."""
    literal = re.sub(r"([\[?])", r"[\1]", pattern)
    compiled = re.compile(fnmatch.translate(literal))
    return lambda name: compiled.match(name) is not None


class _Index:
    """A profile, prepared for questions."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._own = frozenset(registrable(host.removeprefix("*.")) for host in profile.site.hosts)
        self._names = {
            (category, kind): tuple(map(matcher, getattr(table, field)))
            for category, table in profile.categories.items()
            for kind, field in FIELDS.items()
        }
        self._addresses = tuple(
            (category, address_matcher(pattern))
            for category, table in profile.categories.items()
            for pattern in table.requests
        )
        self.choices = _choices(profile.consent.stored)
        self._hosts = tuple(_longest_first(profile.categories.items()))
        self._kept_names: dict[tuple[Kind, str, str], tuple[Category, ...]] = {}
        self._kept_urls: dict[str, Category | None] = {}

    def named(self, item: StoredItem) -> tuple[Category, ...]:
        """Return the categories that declare an item by its name, on a host where that name counts."""
        key = item.key
        if key not in self._kept_names:
            _make_room(self._kept_names)
            self._kept_names[key] = tuple(self._named(item))
        return self._kept_names[key]

    def _named(self, item: StoredItem) -> Iterable[Category]:
        keeps_choice = covered(self.profile.consent.stored.hosts, item.host)
        shared = self.is_own(item.host) or is_partner(item.host, self.profile) or keeps_choice
        name = path_of(item.name) if item.kind is Kind.SERVICE_WORKER else item.name
        for category, table in self.profile.categories.items():
            here = shared or covered(table.hosts, item.host)
            if here and any(matches(name) for matches in self._names.get((category, item.kind), ())):
                yield category

    def of_host(self, host: str) -> tuple[Category, ...]:
        """Return the category whose host pattern is the most exact; none for a host that no category names."""
        for pattern, category in self._hosts:
            if covers(pattern, host):
                return (category,)
        return ()

    def of_url(self, url: str) -> Category | None:
        """Return the category that requests to an address serve."""
        if url not in self._kept_urls:
            _make_room(self._kept_urls)
            self._kept_urls[url] = self._of_url(url)
        return self._kept_urls[url]

    def _of_url(self, url: str) -> Category | None:
        parts = parts_of(url)
        host = parts.hostname or ""
        if not host:
            return None  # an address that no browser would follow, written by a page
        if self.is_own(host):
            address = f"{host}{parts.path}" + (f"?{parts.query}" if parts.query else "")
            for category, matches in self._addresses:
                if matches(address):
                    return category
        return next(iter(self.of_host(host)), None)

    def is_own(self, host: str) -> bool:
        """Return whether a host is the site's own, by the profile's patterns or by its registrable domain."""
        return covered(self.profile.site.hosts, host) or registrable(host) in self._own


def _choices(stored: StoredChoice) -> dict[Kind, tuple[Matcher, ...]]:
    """Return the names under which the choice is kept, by kind; none of what is kept on the server."""
    names = {
        Kind.COOKIE: [*stored.also_cookies],
        Kind.LOCAL_STORAGE: [*stored.also_local_storage],
        Kind.INDEXED_DB: [],
    }
    if stored.name is not None:
        names[Kind(stored.kind)].append(stored.name)
    return {kind: tuple(map(matcher, patterns)) for kind, patterns in names.items()}


def address_matcher(pattern: str) -> Matcher:
    """Compile a host/path pattern; one that begins with a slash holds on every host of the site. A query may follow.

    What stands in a query is matched by a pattern that speaks of it alone: a page may be told of an address by its own.
    """
    on_every_host, of_query = pattern.startswith("/"), bool(_OF_QUERY.search(pattern))
    matches, with_more = matcher(pattern), matcher(f"{pattern}?*")

    def means(address: str) -> bool:
        place = address[address.find("/") :] if on_every_host and "/" in address else address
        return matches(place) or with_more(place) if of_query else matches(place.partition("?")[0])

    return means


def _longest_first(categories: Iterable[tuple[Category, CategoryTable]]) -> list[tuple[str, Category]]:
    """Return all host patterns with their categories, the most exact first: one host before many, long before short."""
    pairs = [(pattern, category) for category, table in categories for pattern in table.hosts]
    return sorted(pairs, key=lambda pair: (pair[0].startswith("*."), -pair[0].count("."), pair[0]))


def _make_room(kept: MutableMapping[Any, Any]) -> None:
    """Page content chooses these keys, without end: start anew rather than grow."""
    if len(kept) >= KEPT_ANSWERS:
        kept.clear()


_INDEXES: dict[int, _Index] = {}


def _index(profile: Profile) -> _Index:
    """Return the index of a profile, by identity: profiles are frozen, and an index holds its profile alive."""
    index = _INDEXES.get(id(profile))
    if index is None or index.profile is not profile:
        if len(_INDEXES) >= KEPT_PROFILES:
            _INDEXES.clear()
        index = _INDEXES[id(profile)] = _Index(profile)
    return index
