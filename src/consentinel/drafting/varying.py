"""Names that differ from visitor to visitor, such as those with a number of a server or of the visitor, as patterns.

A profile that names what some visitors were left with would accuse the next one, whose item is called otherwise.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from consentinel.drafting.known import pattern_of_known
from consentinel.drafting.survey import Item, Survey, Traces

FEWEST = 3
"""Names of one kind, each of another visitor, from which on the next visitor is expected to bring one more."""

FEWEST_LETTERS = 3
"""Letters that a pattern holds at the least: one with fewer would declare what nobody has seen."""

FEWEST_RANDOM = 5
"""Letters that a part has at the least that is made up for each visitor."""

_UUID = r"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"
_DATE = r"[a-z]{3} [a-z]{3} \d\d \d{4} \d\d:\d\d:\d\d"
"""A moment as scripts write it by themselves (ECMAScript, section 21.4.4.41.4)."""

_NUMBER = re.compile(rf"(?i){_UUID}|{_DATE}|\d{{8,}}")
"""A number that counts nothing: a moment, or an identifier."""

_PART = re.compile(rf"(?i){_UUID}|[a-z\d]+")
_TELLS_APART = re.compile(r".*\d")
_OPEN = "\0"
"""Stands in a shape for a part that may differ, and in nobody's name."""


def with_patterns(survey: Survey) -> Survey:
    """Return the survey with a pattern in the place of each name that differs from visitor to visitor.

    Such a name differs by a long number, as `_probe_1795968838901` does, or no two visitors share it: those have parts
    with digits that differ, or a part of letters that differs between two who did the same.
    """
    survey = _with(_by_number(survey), survey)
    survey = _with(_by_shape(survey), survey)
    survey = _with(_of_trials(survey), survey)
    names = {item: pattern for pattern, items in _by_letters(survey) if _is_proved(items, survey) for item in items}
    return _with(names, survey)


def needs_another(survey: Survey) -> bool:
    """Return whether names may differ by letters from visitor to visitor, or by the choice that the visitors made.

    What another visitor is left with who refuses everything, too, tells.
    """
    return any(not _is_proved(items, survey) for _, items in _by_letters(survey, fewest=2))


def _with(names: Mapping[Item, Item], survey: Survey) -> Survey:
    if not names:
        return survey
    return replace(
        survey,
        before=_renamed(survey.before, names),
        refused=_renamed(survey.refused, names) if survey.refused else None,
        refused_too=_renamed(survey.refused_too, names) if survey.refused_too else None,
        withdrawn=_renamed(survey.withdrawn, names) if survey.withdrawn else None,
        accepted=_renamed(survey.accepted, names) if survey.accepted else None,
        alone={category: _renamed(traces, names) for category, traces in survey.alone.items()},
        sometimes=survey.sometimes - names.keys(),
    )


def _by_number(survey: Survey) -> dict[Item, Item]:
    """Return the items whose names differ by a long number alone. A name that all visitors share keeps its number."""
    alike: dict[Item, set[Item]] = defaultdict(set)
    for item in (item for traces in _visitors(survey) for item in (*traces.items, *traces.passed)):
        alike[replace(item, name=_NUMBER.sub("*", item.name))].add(item)
    changing = {pattern: items for pattern, items in alike.items() if len(items) > 1 and _says_enough(pattern.name)}
    return {item: pattern for pattern, items in changing.items() for item in items}


def _visitors(survey: Survey) -> list[Traces]:
    """Return what the visitors were left with. The traces before a choice are those of two."""
    refused = (survey.refused, survey.refused_too, survey.withdrawn)
    return [one for one in (survey.before, *refused, survey.accepted, *survey.alone.values()) if one]


def _by_shape(survey: Survey) -> dict[Item, Item]:
    """Return the items whose names are of one shape, where no two visitors share a name."""
    had_by = Counter[Item]()
    alike: dict[tuple[str, str, str], list[set[Item]]] = defaultdict(list)
    for traces in _visitors(survey):
        mine: dict[tuple[str, str, str], set[Item]] = defaultdict(set)
        for item in traces.items:
            had_by[item] += 2 if traces is survey.before and item not in survey.sometimes else 1
            mine[(item.kind, item.host, _shape(item))].add(item)
        for shape, its in mine.items():
            alike[shape].append(its)
    found: dict[Item, Item] = {}
    for groups in alike.values():
        items = sorted(set[Item]().union(*groups))
        is_one_each = all(len(mine - survey.sometimes) <= 1 and len(mine & survey.sometimes) <= 2 for mine in groups)
        if len(items) >= FEWEST and is_one_each and all(had_by[item] == 1 for item in items):
            pattern = pattern_of_known(items[0].name, items[0].kind) or _common([item.name for item in items])
            if _says_enough(pattern):
                found |= {item: replace(item, name=pattern) for item in items}
    return found


def _of_trials(survey: Survey) -> dict[Item, Item]:
    """Return the items that were only written and removed, under names of one shape that no two visitors share."""
    had_by = Counter(item for traces in _visitors(survey) for item in traces.passed)
    alike: dict[Item, list[Item]] = defaultdict(list)
    for item in sorted(had_by):
        if had_by[item] == 1 and _OPEN in _shape(item):
            alike[replace(item, name=_shape(item))].append(item)
    several = [items for items in alike.values() if len(items) >= FEWEST]
    patterns = [(_common([item.name for item in items]), items) for items in several]
    return {item: replace(item, name=pattern) for pattern, items in patterns if _says_enough(pattern) for item in items}


def _by_letters(survey: Survey, fewest: int = FEWEST) -> Iterator[tuple[Item, set[Item]]]:
    """Yield each pattern of names that differ in one part of as many letters, which no two visitors share."""
    had_by = Counter(item for traces in _visitors(survey) for item in traces.items)
    alike: dict[tuple[Item, int], set[Item]] = defaultdict(set)
    for item in (
        one for one in had_by if had_by[one] == 1 and (one not in survey.before.items or one in survey.sometimes)
    ):
        for part in (one for one in _PART.finditer(item.name) if one[0].isalpha() and len(one[0]) >= FEWEST_RANDOM):
            name = f"{item.name[: part.start()]}*{item.name[part.end() :]}"
            alike[replace(item, name=name), len(part[0])].add(item)
    for (pattern, _), items in alike.items():
        is_one_each = all(len(items & (traces.items - survey.sometimes)) <= 1 for traces in _visitors(survey))
        if len(items) >= fewest and is_one_each and _says_enough(pattern.name):
            yield pattern, items


def _is_proved(items: set[Item], survey: Survey) -> bool:
    """Return whether two visitors who both chose nothing, or both refused everything, have different items of these."""
    refused = [items & traces.items for traces in (survey.refused, survey.refused_too) if traces]
    return len(items & survey.sometimes) > 1 or (len(refused) > 1 and all(refused))


def _says_enough(pattern: str) -> bool:
    return sum(map(str.isalpha, pattern)) >= FEWEST_LETTERS


def _shape(item: Item) -> str:
    """Return the shape of a name: its known pattern, or the name without the parts that have a digit."""
    known = pattern_of_known(item.name, item.kind)
    return known or _PART.sub(lambda part: _OPEN if _TELLS_APART.match(part[0]) else part[0], item.name)


def _common(names: Iterable[str]) -> str:
    """Return the pattern of names of one shape, with `*` for the parts in which they differ."""
    split = [list(_parts(name)) for name in names]
    return re.sub(r"\*+", "*", "".join(one[0] if len(set(one)) == 1 else "*" for one in zip(*split, strict=True)))


def _parts(name: str) -> Iterator[str]:
    """Yield in turn what stands between the parts of a name, and a part. Names of one shape have equally many."""
    end = 0
    for part in _PART.finditer(name):
        yield name[end : part.start()]
        yield part[0]
        end = part.end()
    yield name[end:]


def _renamed(traces: Traces, names: Mapping[Item, Item]) -> Traces:
    by_name = {(item.kind, item.name): (new.kind, new.name) for item, new in names.items()}
    return replace(
        traces,
        items=frozenset(names.get(item, item) for item in traces.items),
        passed=frozenset(names.get(item, item) for item in traces.passed),
        values={
            names.get(item, item): value.replace(item.name, names[item].name) if item in names else value
            for item, value in traces.values.items()
        },
        writers={by_name.get(key, key): writer for key, writer in traces.writers.items()},
        told={host: frozenset(names.get(item, item) for item in items) for host, items in traces.told.items()},
    )
