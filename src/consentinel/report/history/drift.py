"""Finds what changed between an accepted run and this one. Pure functions of two snapshots.

Only what both runs could see is compared: browsers that both used, kinds that neither was blind to. An item is *gone*,
and its circumstances *changed*, only by the word of scenarios that ran to an answer in both runs; an item is *new*
whoever saw it, because nobody has accepted it. What was left out of the comparison stands in `Drift.notes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from consentinel.report.history.circumstances import Aspect, aspects
from consentinel.report.history.snapshot import (
    Key,
    ScenarioState,
    Sighting,
    Snapshot,
)

What = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One item that is new, gone or changed, in the browsers that agree on it.

    `name` is a pattern where the name is a different one in each run. `scenarios` are the ids of those that saw it: in
    this run, or in the baseline where it is gone. `accepted` is the reason of the exception that covers it, else empty.
    """

    what: What
    kind: str
    name: str
    host: str
    category: str
    party: str
    written_by: str
    browsers: tuple[str, ...]
    scenarios: tuple[str, ...]
    aspects: tuple[Aspect, ...] = ()
    accepted: str = ""


class Turned(NamedTuple):
    """A promise whose state is another one than in the baseline."""

    promise: str
    browser: str
    before: str
    after: str


class Folded(NamedTuple):
    """Names taken for one item because they differ from run to run: `before` and `after` count them."""

    browser: str
    kind: str
    host: str
    pattern: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Drift:
    """All that changed. `changes` come new first, then changed, then gone."""

    changes: tuple[Change, ...] = ()
    turned: tuple[Turned, ...] = ()
    scenarios_new: tuple[ScenarioState, ...] = ()
    scenarios_gone: tuple[ScenarioState, ...] = ()
    folded: tuple[Folded, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Change, ...]:
        """The changes of items that no exception covers: these are what a pipeline acts on."""
        return tuple(change for change in self.changes if not change.accepted)


def diff(base: Snapshot, run: Snapshot, *, partial: bool = False) -> Drift:
    """Return what changed from `base` to `run`.

    `partial`: only some scenarios were asked for, so none counts as gone.
    """
    browsers = frozenset(base.engines) & frozenset(run.engines)
    before, after = _comparable(base, run, browsers), _comparable(run, base, browsers)
    items_before, items_after, folded = _pair(before, after)
    shared = _judged(base, browsers) & _judged(run, browsers)
    return Drift(
        changes=_merged(_changes(items_before, items_after, shared)),
        turned=_turned(base, run, browsers),
        scenarios_new=_only_in(run, base, browsers),
        scenarios_gone=() if partial or not run.complete else _only_in(base, run, browsers),
        folded=folded,
        notes=tuple(_notes(base, run, browsers)),
    )


class _Item(NamedTuple):
    """An item as it is compared: `name` is the exact name, or the pattern where names are volatile."""

    browser: str
    kind: str
    host: str
    path: str
    partition: str
    name: str


_Sightings = dict[_Item, list[Sighting]]


def _comparable(one: Snapshot, other: Snapshot, browsers: frozenset[str]) -> list[Sighting]:
    blind = one.blind | other.blind
    return [
        sighting
        for sighting in one.sightings
        if sighting.key.browser in browsers and (sighting.key.browser, sighting.key.kind) not in blind
    ]


def _judged(run: Snapshot, browsers: frozenset[str]) -> frozenset[str]:
    return frozenset(state.id for state in run.scenarios if state.judged and state.browser in browsers)


def _only_in(one: Snapshot, other: Snapshot, browsers: frozenset[str]) -> tuple[ScenarioState, ...]:
    known = {state.id for state in other.scenarios}
    return tuple(state for state in one.scenarios if state.id not in known and state.browser in browsers)


def _pair(before: Iterable[Sighting], after: Iterable[Sighting]) -> tuple[_Sightings, _Sightings, tuple[Folded, ...]]:
    """Group sightings by item; names that changed on both sides of one pattern are volatile and make one item."""
    groups_before, groups_after = _by_key(before), _by_key(after)
    items_before: _Sightings = defaultdict(list)
    items_after: _Sightings = defaultdict(list)
    folded: list[Folded] = []
    for key in sorted(groups_before.keys() | groups_after.keys()):
        names_before = {sighting.name for sighting in groups_before[key]}
        names_after = {sighting.name for sighting in groups_after[key]}
        volatile = _volatile(names_before, names_after)
        if volatile:
            folded.append(Folded(key.browser, key.kind, key.host, key.pattern, len(names_before), len(names_after)))
        for groups, items in ((groups_before, items_before), (groups_after, items_after)):
            for sighting in groups[key]:
                items[_item(key, key.pattern if volatile else sighting.name)].append(sighting)
    return items_before, items_after, tuple(folded)


def _by_key(sightings: Iterable[Sighting]) -> defaultdict[Key, list[Sighting]]:
    groups: defaultdict[Key, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        groups[sighting.key].append(sighting)
    return groups


def _volatile(before: set[str], after: set[str]) -> bool:
    """Names are random if each run has some that the other lacks; where one run has none, if it has more than one.

    As long as one run's names contain the other's, the names last, and a further one is an item of its own.
    """
    if not before or not after:
        return len(before | after) > 1
    return bool(before - after) and bool(after - before)


def _item(key: Key, name: str) -> _Item:
    return _Item(key.browser, key.kind, key.host, key.path, key.partition, name)


def _changes(before: _Sightings, after: _Sightings, shared: frozenset[str]) -> Iterator[tuple[_Item, Change]]:
    for item in sorted(before.keys() | after.keys()):
        if item not in before:
            yield item, _change("new", item, after[item])
        elif item not in after:
            witnesses = [sighting for sighting in before[item] if sighting.scenario in shared]
            if witnesses:
                yield item, _change("gone", item, witnesses)
        else:
            old = [sighting for sighting in before[item] if sighting.scenario in shared]
            now = [sighting for sighting in after[item] if sighting.scenario in shared]
            differences = aspects(old, now)
            if differences:
                yield item, replace(_change("changed", item, now), aspects=differences)


def _change(what: What, item: _Item, witnesses: list[Sighting]) -> Change:
    first = min(witnesses)
    return Change(
        what=what,
        kind=item.kind,
        name=item.name,
        host=item.host,
        category=first.facts.category,
        party=first.facts.party,
        written_by=first.facts.writer,
        browsers=(item.browser,),
        scenarios=tuple(sorted({sighting.scenario for sighting in witnesses})),
    )


_ORDER: Mapping[What, int] = {"new": 0, "changed": 1, "gone": 2}


def _merged(changes: Iterable[tuple[_Item, Change]]) -> tuple[Change, ...]:
    """Merge the same change of the same item in several browsers into one change."""
    merged: dict[tuple[object, ...], Change] = {}
    for item, change in changes:
        same = (change.what, *item[1:], change.aspects)
        known = merged.get(same)
        merged[same] = change if known is None else _together(known, change)
    return tuple(
        sorted(merged.values(), key=lambda change: (_ORDER[change.what], change.kind, change.host, change.name))
    )


def _together(one: Change, other: Change) -> Change:
    browsers = tuple(sorted({*one.browsers, *other.browsers}))
    return replace(one, browsers=browsers, scenarios=tuple(sorted({*one.scenarios, *other.scenarios})))


_UNASKED = ("not run", "not provable")


def _turned(base: Snapshot, run: Snapshot, browsers: frozenset[str]) -> tuple[Turned, ...]:
    before = {(state.id, state.browser): state.state for state in base.promises if state.browser in browsers}
    return tuple(
        Turned(now.id, now.browser, old, now.state)
        for now in run.promises
        if (old := before.get((now.id, now.browser), now.state)) != now.state
        and now.state not in _UNASKED
        and old not in _UNASKED
    )


def _notes(base: Snapshot, run: Snapshot, browsers: frozenset[str]) -> Iterator[str]:
    for browser in sorted(set(run.engines) - browsers):
        yield f"{browser} is not in the baseline: nothing is compared for it"
    for browser, kind in sorted(base.blind ^ run.blind):
        if browser in browsers:
            which = "the baseline" if (browser, kind) in base.blind else "this run"
            yield f"{kind} items in {browser} are not compared: {which} could not see them"
    if not run.complete:
        yield "this run was cut short: what it did not reach is not compared"
