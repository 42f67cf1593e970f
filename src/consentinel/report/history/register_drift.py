"""Rows of the policy's register that nobody has ever seen, over several runs, as drift of a kind of their own.

One run proves nothing here: it may not have been where the item is set. A row says by `pages` which pages set it. It is
held against the runs that visited each of them with its category allowed. Exceptions cover it by `kind = "register"`
and the item as the register writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from consentinel.evidence.guarded import path_of
from consentinel.policy.item_names import is_named
from consentinel.policy.policy_file import ItemKind, PolicyFile, RegisterRow
from consentinel.report.history.circumstances import Aspect
from consentinel.report.history.drift import Change
from consentinel.report.history.snapshot import NO_CHOICE, Sighting, Snapshot, categories_in
from consentinel.site.hosts import host_of

REGISTER = "register"

RUNS = 3
"""How many runs have to have looked for an item in vain."""

LOOKED_THROUGH = 10
"""Among how many of the newest runs they are sought: others may have played a few scenarios only."""

STORES: tuple[ItemKind, ...] = (
    *("cookie", "local_storage", "session_storage", "indexed_db"),
    *("cache", "service_worker", "file"),
)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A row of the register that no run has seen. `doubt` says why that proves nothing; empty where it does.

    `scenarios` are the ids of those that looked for it in the newest run, `browsers` the browsers that they ran in.
    """

    row: RegisterRow
    doubt: str = ""
    scenarios: tuple[str, ...] = ()
    browsers: tuple[str, ...] = ()


def unseen_rows(policy: PolicyFile, runs: Sequence[Snapshot]) -> tuple[Unseen, ...]:
    """Return the rows that none of these runs has seen, in the register's order. `runs` come newest first."""
    whole = [run for run in runs if run.complete]
    names = {kind: _names(kind, whole) for kind in STORES}
    return tuple(
        _judged(row, policy, whole)
        for row in policy.rows
        if not any(is_named(name, [row.item]) for kind in _kinds(row) for name in names[kind])
    )


def register_changes(policy: PolicyFile, runs: Sequence[Snapshot]) -> tuple[Change, ...]:
    """Return each row that several runs have looked for in vain. `runs` come newest first."""
    site = host_of(str(policy.source.url))
    return tuple(
        Change(
            what="gone",
            kind=REGISTER,
            name=one.row.item,
            host=one.row.host or site,
            category=one.row.category,
            party=one.row.party or "first",
            written_by="",
            browsers=one.browsers,
            scenarios=one.scenarios,
            aspects=(Aspect("pages", " and ".join(one.row.pages), ""),),
        )
        for one in unseen_rows(policy, runs)
        if not one.doubt
    )


def register_sentence(change: Change) -> str:
    """Return a row that nobody has seen, as a product person reads it."""
    allowed = f" with {change.category} allowed" if change.category else ""
    return (
        f'The policy\'s register lists "{change.name}", and nobody has seen it: {RUNS} runs have visited '
        f"{change.aspects[0].before}{allowed}."
    )


def _judged(row: RegisterRow, policy: PolicyFile, whole: Sequence[Snapshot]) -> Unseen:
    if not row.confirmed:
        return Unseen(row, "nobody has confirmed the row")
    if not row.pages:
        return Unseen(row, "the row does not say by `pages` where it is set")
    looked = [found for run in whole if (found := _lookers(row, policy, run))]
    if len(looked) < RUNS:
        where = " and ".join(row.pages)
        return Unseen(row, f"{len(looked)} of {RUNS} runs have visited {where} with its category allowed")
    return Unseen(row, "", tuple(looked[0]), tuple(sorted(set(looked[0].values()))))


def _lookers(row: RegisterRow, policy: PolicyFile, run: Snapshot) -> dict[str, str]:
    """Return the scenarios of a run that visited the row's pages, with their browsers.

    There are none unless each page was visited.
    """
    kinds = {*_kinds(row), "request"}
    able = {browser for browser in run.engines if not any((browser, kind) in run.blind for kind in kinds)}
    judged = {one.id: one.browser for one in run.scenarios if one.judged and one.browser in able}
    visits = [seen for seen in run.sightings if seen.scenario in judged and _is_visit(seen, row, policy)]
    by_page = [{one.scenario for one in visits if fnmatchcase(one.name, page)} for page in row.pages]
    return {one: judged[one] for one in sorted(set().union(*by_page))} if all(by_page) else {}


def _is_visit(seen: Sighting, row: RegisterRow, policy: PolicyFile) -> bool:
    """Return whether a page of the site was asked for while the row's category was at work."""
    if seen.key.kind != "request" or seen.facts.party != "first":
        return False
    table = policy.parameters.categories.get(row.category)
    model = table.model if table else "opt-in"
    choice = seen.facts.choice
    if not row.category or model == "always" or row.category in categories_in(choice):
        return True
    return model == "opt-out" and choice == NO_CHOICE


def _kinds(row: RegisterRow) -> tuple[ItemKind, ...]:
    return STORES if row.kind == "any" else (row.kind,)


def _names(kind: ItemKind, runs: Iterable[Snapshot]) -> frozenset[str]:
    """Return the names of all items of a kind that some run has seen; of a service worker the path."""
    return frozenset(_named(kind, seen.name) for run in runs for seen in run.sightings if seen.key.kind == kind)


def _named(kind: ItemKind, name: str) -> str:
    return path_of(name) if kind == "service_worker" else name
