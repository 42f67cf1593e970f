"""Gives one name, a pattern, to items whose names differ by a number: by a moment, for instance, or by the visitor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import replace

from consentinel.drafting.survey import Item, Survey, Traces

_NUMBER = re.compile(r"\d{8,}")
"""A number that counts nothing: a moment since 1970, or an identifier."""


def with_patterns(survey: Survey) -> Survey:
    """The survey with `_probe_*` for both `_probe_1795968838901` and `_probe_1795968839189`.

    A name that all visitors have alike keeps its number. Pure.
    """
    visitors = [one for one in (survey.before, survey.refused, survey.accepted, *survey.alone.values()) if one]
    names: dict[Item, set[str]] = defaultdict(set)
    for item in (item for one in visitors for item in (*one.items, *one.passed)):
        names[_pattern(item)].add(item.name)
    changing = {pattern for pattern, found in names.items() if len(found) > 1}
    return replace(
        survey,
        before=_renamed(survey.before, changing),
        refused=survey.refused and _renamed(survey.refused, changing),
        accepted=survey.accepted and _renamed(survey.accepted, changing),
        alone={category: _renamed(one, changing) for category, one in survey.alone.items()},
        sometimes=frozenset(item for item in survey.sometimes if _pattern(item) not in changing),
    )


def _pattern(item: Item) -> Item:
    return Item(item.kind, item.host, _NUMBER.sub("*", item.name))


def _renamed(traces: Traces, changing: AbstractSet[Item]) -> Traces:
    had = traces.items | traces.passed
    new = {item: pattern for item in had if (pattern := _pattern(item)) in changing}
    names = {(item.kind, item.name): (item.kind, pattern.name) for item, pattern in new.items()}
    return replace(
        traces,
        items=frozenset(new.get(item, item) for item in traces.items),
        passed=frozenset(new.get(item, item) for item in traces.passed),
        values={
            new.get(item, item): value.replace(item.name, new[item].name) if item in new else value
            for item, value in traces.values.items()
        },
        writers={names.get(key, key): writer for key, writer in traces.writers.items()},
    )
