"""The results of a few visits to a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from consentinel.evidence.records import Kind
from consentinel.site.profile import Category

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A stored item, without its value."""

    kind: Kind
    host: str
    name: str


@dataclass(frozen=True, slots=True)
class Traces:
    """The traces of one new visitor: items stored, hosts contacted, and the page on which each host first was.

    `values` are those of the items; they tell an item that notes a choice from one that still waits for it.
    """

    items: frozenset[Item] = frozenset()
    hosts: frozenset[str] = frozenset()
    pages: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[Item, str] = field(default_factory=dict)
    passed: frozenset[Item] = frozenset()
    """Items that were written and were not there in the end."""

    addresses: frozenset[str] = frozenset()
    """What was asked for."""

    told_of_consent: frozenset[tuple[str, str]] = frozenset()
    """By what services were told of consent, as a key of the profile's table [signals], and who took part in it."""

    writers: Mapping[tuple[Kind, str], str] = field(default_factory=dict)
    """The address, without query, of the script that wrote an item last, by its kind and name."""

    settings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The addresses, without query, of the JSON that a script asked for, by the script's own address."""

    told: Mapping[str, frozenset[Item]] = field(default_factory=dict)
    """The items of which a host was told what they hold, or a number in it."""


def together(one: Traces, other: Traces | None) -> Traces:
    """Return the traces of two visitors who did the same. Where their values differ, the first visitor's counts."""
    if other is None:
        return one
    items = one.items | other.items
    return Traces(
        items=items,
        hosts=one.hosts | other.hosts,
        pages={**other.pages, **one.pages},
        values={**other.values, **one.values},
        passed=(one.passed | other.passed) - items,
        addresses=one.addresses | other.addresses,
        told_of_consent=one.told_of_consent | other.told_of_consent,
        writers={**other.writers, **one.writers},
        settings=_united(one.settings, other.settings),
        told=_united(one.told, other.told),
    )


def _united(one: Mapping[str, frozenset[T]], other: Mapping[str, frozenset[T]]) -> dict[str, frozenset[T]]:
    return {key: one.get(key, frozenset()) | other.get(key, frozenset()) for key in {*one, *other}}


@dataclass(frozen=True, slots=True)
class Option:
    """A switch of the preferences: the manager's own name for it, empty where that is built in, and its label.

    `always` says that it is locked where it is on.
    """

    key: str
    label: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a dialog: what it is called, and a selector."""

    name: str
    selector: str


@dataclass(frozen=True, slots=True)
class ProposedSwitch:
    """A category's switch by selectors, empty where it has none of the kind (see `[consent.dialog.categories]`)."""

    label: str
    control: str = ""
    grant: str = ""
    refuse: str = ""
    locked: str = ""
    inverted: bool | None = None
    always: bool = False
    """Whether it is locked where it is on."""

    on: str = ""
    off: str = ""
    """Selectors of what shows while it is on, or off, where nothing else tells."""

    seat: str = ""
    """A selector of what a visitor clicks to turn it."""

    @property
    def is_workable(self) -> bool:
        """Whether it can be worked, or is known to be locked."""
        return bool(self.control or self.locked or (self.grant and self.refuse))

    def selectors(self) -> dict[str, Any]:
        """Return what stands in its table."""
        table = {
            key: value for key in ("control", "grant", "refuse", "locked", "on", "off") if (value := getattr(self, key))
        }
        return table if self.inverted is None else {**table, "inverted": self.inverted}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dialog without a page object, as far as it is known (see `[consent.dialog]`)."""

    banner: str
    frame: str = ""
    dialog: str = ""
    dialog_frame: str = ""
    at_once: bool = False
    accept: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    pays: str = ""
    """What leads to an offer to pay, where nothing refuses."""

    preferences: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    """What leads through the steps with switches, and back, where there are several."""

    save: tuple[str, ...] = ()
    saved: str = ""
    close: tuple[str, ...] = ()
    dismiss: tuple[str, ...] = ()
    """What closes the banner."""

    switches: Mapping[Category, ProposedSwitch] = field(default_factory=dict)
    strange: tuple[ProposedSwitch, ...] = ()
    """Switches that fit no category by what they are called."""

    aside: tuple[str, ...] = ()
    """Selectors of switches for everything at once."""

    buttons: tuple[Button, ...] = ()

    unopened: str = ""
    """Why its preferences are not described, where something leads to them."""

    steps: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Selectors of further steps of the dialog: those before the one with the switches, and those after it."""

    @property
    def is_complete(self) -> bool:
        """Whether it says how to accept, and how to refuse or that nothing does."""
        return bool(self.accept and (self.refuse or self.pays))

    @property
    def strange_labels(self) -> tuple[str, ...]:
        """What the switches are called that fit no category."""
        return tuple(switch.label for switch in self.strange)

    @property
    def workable(self) -> dict[Category, ProposedSwitch]:
        """Those of its switches that say all that a switch must say."""
        return {category: switch for category, switch in self.switches.items() if switch.is_workable}

    def selectors(self) -> dict[str, Any]:
        """Return all of it that can stand in the table `[consent.dialog]`."""
        keys = (
            "frame",
            "dialog_frame",
            "banner",
            "dialog",
            "at_once",
            "accept",
            "refuse",
            "pays",
            "preferences",
            "next",
            "back",
            "save",
            "saved",
            "aside",
            "close",
            "dismiss",
        )
        table = {key: value for key in keys if (value := getattr(self, key))}
        before, after = self.steps
        table["banner"] = " || ".join([self.banner, *before])
        table |= {"dialog": " || ".join([self.dialog, *after])} if self.dialog and after else {}
        others = [switch.selectors() for switch in self.strange if switch.is_workable]
        categories = {category: switch.selectors() for category, switch in self.workable.items()}
        return {**table, "categories": categories, **({"others": others} if others else {})}


def nothing_refuses(dialog: Proposal | None) -> bool:
    """Return whether nothing in a dialog refuses, and who does not agree is asked to pay."""
    return dialog is not None and bool(dialog.pays)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the visits to a site found. `alone` has, by category, the traces of a visitor who allowed it alone."""

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
    dialog: Proposal | None = None
    """A dialog that no page object knows; the manager is then `described` if it works, else empty."""

    asked: str = ""
    """The address that was asked for, where that leads to another one."""

    refused_too: Traces | None = None
    """What another visitor was left with who refused everything, where that tells which names differ by visitor."""

    withdrawn: Traces | None = None
    """What a visitor was left with who accepted everything and took it back; None where no way back was found."""

    sometimes: frozenset[Item] = frozenset()
    """Items that only one of two visitors who chose nothing was left with."""

    ahead: tuple[str, ...] = ()
    """What visitors clicked first on each page that asked something else, as in the profile's `access.ahead`."""

    is_remembered: bool = False
    """Whether a visitor who had refused everything was not asked again on later pages."""

    @property
    def is_wall(self) -> bool:
        """Whether nothing in the dialog refuses, and who does not agree is asked to pay."""
        return nothing_refuses(self.dialog)
