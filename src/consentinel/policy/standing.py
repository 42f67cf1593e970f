"""Reads what a policy file says of each promise of the catalogue: made, made but unconfirmed, or not made."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from consentinel.policy.packs import chosen, packs
from consentinel.policy.policy_file import CategoryParameters, PolicyFile
from consentinel.policy.promises import Promise

Standing = Literal["made", "unconfirmed", "not made"]

KEPT_AS_SAID, TABLE_COMPLETE, OBJECTION, ACCOUNT_WIDE = "P28", "P31", "P33", "P34"
"""The promises that a policy file makes by its register and its categories, whether or not a sentence says so."""


class NotPromised(Exception):
    """The policy does not make the promises that a scenario is about: the scenario is skipped. `ids` names them."""

    def __init__(self, ids: Collection[str], open_sentences: int = 0) -> None:
        named = " and ".join(ids)
        rest = f"; {open_sentences} of its sentences are not confirmed" if open_sentences else ""
        message = f"the policy does not promise this: no sentence of its file names {named}{rest}"
        if citing := packs_of(ids):
            message = f"no pack of rules that asks for {named} was chosen; choose one by {choosing(citing)}"
        super().__init__(message)
        self.ids = tuple(ids)


def standings(known: Iterable[Promise], policy: PolicyFile | None) -> Mapping[str, Standing]:
    """Return what the policy file says of each promise, and of each rule whether the site is held to it.

    Without a policy file, or with one that lists no sentences, everything holds but what needs to be said. What a
    suite adds by a file of its own holds in any case: the suite says so.
    """
    said = _said(policy) if policy else {}
    return {promise.id: _standing(promise, policy, said) for promise in known}


def lacking(named: Sequence[str], held: Container[str], *, whole: bool) -> list[str]:
    """Return the promises for want of which a scenario that names these is skipped: all if the policy makes none.

    With `whole`, each that it does not make: a whole visit judges all of them at once.
    """
    missing = [promise for promise in named if promise not in held]
    return missing if whole or len(missing) == len(named) else []


def packs_of(ids: Collection[str]) -> tuple[str, ...]:
    """Return the packs that cite these ids; none where one of them is no rule of a pack."""
    cited = {one: [pack.name for pack in packs().values() if one in pack.rules] for one in ids}
    return tuple(dict.fromkeys(name for names in cited.values() for name in names)) if all(cited.values()) else ()


def choosing(names: Iterable[str]) -> str:
    """Return the line of a policy file that chooses one of these packs."""
    return " or ".join(f'rules = ["{name}"]' for name in names) + " in the policy file"


def unconfirmed(policy: PolicyFile, promise: str) -> str:
    """Return why a finding about a promise does not count: what in the policy file nobody has confirmed."""
    names = [one.id for one in policy.sentence if promise in one.promises and not one.confirmed]
    where = f"sentence {names[0]}" if names else "its register or its categories"
    return f"nobody has confirmed that the policy promises {promise} ({where} of the policy file)"


def open_sentences(policy: PolicyFile | None) -> int:
    """Return how many sentences of a policy file nobody has confirmed."""
    return sum(1 for one in policy.sentence if not one.confirmed) if policy else 0


def unknown(policy: PolicyFile, known: Iterable[Promise]) -> Mapping[str, str]:
    """Return the promises of a policy file that are not known, each with the first sentence that makes it."""
    ids = {promise.id for promise in known}
    made = [(promise, one.id) for one in reversed(policy.sentence) for promise in one.promises]
    return {promise: sentence for promise, sentence in made if promise not in ids}


def _standing(promise: Promise, policy: PolicyFile | None, said: Mapping[str, bool]) -> Standing:
    if promise.is_own and promise.id not in said:
        return "not made" if promise.only_if_said else "made"
    if promise.is_rule:
        packs_held = chosen(policy.rules if policy else None)
        return "made" if any(promise.id in pack.rules for pack in packs_held) else "not made"
    if promise.id in said:
        return "made" if said[promise.id] else "unconfirmed"
    silent = promise.only_if_said or (policy is not None and bool(policy.sentence))
    return "not made" if silent else "made"


def _said(policy: PolicyFile) -> dict[str, bool]:
    """Return the promises that the file makes, and whether a person has confirmed each."""
    found: dict[str, bool] = {}
    for promise, confirmed in (*_by_sentences(policy), *_by_tables(policy)):
        found[promise] = found.get(promise, False) or confirmed
    return found


def _by_sentences(policy: PolicyFile) -> Iterator[tuple[str, bool]]:
    return ((promise, one.confirmed) for one in policy.sentence for promise in one.promises)


def _by_tables(policy: PolicyFile) -> Iterator[tuple[str, bool]]:
    if policy.rows:
        yield TABLE_COMPLETE, all(row.confirmed for row in policy.rows)
    yield from ((KEPT_AS_SAID, row.confirmed) for row in policy.rows if row.lifetime)
    for category in policy.parameters.categories.values():
        yield from ((promise, category.confirmed) for promise in _of_category(category))


def _of_category(category: CategoryParameters) -> Iterator[str]:
    if category.max_days or category.choice_months or category.renew_months:
        yield KEPT_AS_SAID
    if category.model == "opt-out":
        yield OBJECTION
    if category.account_wide:
        yield ACCOUNT_WIDE
