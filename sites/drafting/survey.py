"""What a few visits to a site have shown, before anybody judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.records import Kind
from sites.profile import Category


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A stored item, without its value."""

    kind: Kind
    host: str
    name: str


@dataclass(frozen=True, slots=True)
class Traces:
    """What one fresh visitor was left with: items stored, hosts contacted, and on which page each host first was.

    `values` are those of the items; they tell an item that notes a choice from one that still waits for it.
    """

    items: frozenset[Item] = frozenset()
    hosts: frozenset[str] = frozenset()
    pages: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[Item, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """A switch of the preferences: the manager's own name for it, empty where that is built in, and its label."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was found. `alone` holds, by category, what a visitor was left with who allowed it alone."""

    url: str
    title: str
    manager: str
    options: Mapping[Category, Option]
    strange_labels: tuple[str, ...]
    before: Traces
    refused: Traces | None
    accepted: Traces | None
    alone: Mapping[Category, Traces]
    links: Mapping[str, tuple[str, str]]
    """By kind (policy, legal, preferences): a selector, and a path where it is a link."""
    articles: tuple[str, ...]
    notes: tuple[str, ...] = ()
