"""Decides whether what an item holds tells one visitor from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from consentinel.drafting.survey import Item, Traces
from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import Kind
from consentinel.verdicts.identifiers import identifiers_in

FEWEST = 3
"""Visitors who must have an item before their having the same says something."""


def is_same_for_all(item: Item, visitors: Iterable[Traces]) -> bool:
    """Return whether what an item holds tells no visitor from another.

    They all hold one value, or a single character each. A cache holds what each has read; its addresses tell nobody
    apart that another visitor's holds as well, or that are made of words.
    """
    seen = [traces for traces in visitors if item in traces.items]
    values = [traces.values.get(item, "") for traces in seen]
    if len(seen) < FEWEST or not all(item in traces.values for traces in seen):
        return False
    if item.kind is Kind.CACHE:
        times = Counter(url for value in values for url in dict.fromkeys(value.split()))
        return not any(identifiers_in(path_of(url)) for url, number in times.items() if number == 1)
    return len(set(values)) == 1 or all(len(value) <= 1 for value in values)
