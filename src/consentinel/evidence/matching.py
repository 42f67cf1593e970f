"""Matches two lists of moments at which the same things were seen, where one observer has missed some of them.

Browsers do not tell of every request: Chromium leaves out what is sent as a page is left. Of equal requests the missed
one must not take the place of the next one, which belongs to another page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

LARGEST = 100_000
"""Pairs of moments that are compared at the most; beyond, the first ones are matched in their order."""


Seen = tuple[Hashable, float]
"""What was seen, and when."""


def matched_alike(some: Sequence[Seen], others: Sequence[Seen]) -> dict[int, int]:
    """Return for places in one list the places in the other at which the same was seen, each used once (`matched`)."""
    mine, theirs = _places(some), _places(others)
    found: dict[int, int] = {}
    for what, here in mine.items():
        there = theirs.get(what, [])
        pairs = matched([some[place][1] for place in here], [others[place][1] for place in there])
        found.update((here[one], there[other]) for one, other in pairs)
    return found


def _places(seen: Sequence[Seen]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place, (what, _) in enumerate(seen):
        places[what].append(place)
    return places


def matched(some: Sequence[float], others: Sequence[float]) -> list[tuple[int, int]]:
    """Return pairs of places in two lists of moments: in order, as many as can be, as near to each other as can be.

    Of equally near ones the earlier are taken.
    """
    if len(some) > len(others):
        return [(place, other) for other, place in matched(others, some)]
    missed = len(others) - len(some)
    if not missed or len(some) * (missed + 1) > LARGEST:
        return list(zip(range(len(some)), range(len(some)), strict=True))
    far = [0.0] * (missed + 1)  # by how many of the others were passed over so far
    ways: list[list[int]] = []
    for place, moment in enumerate(some):
        way, nearest = [], 0
        for passed in range(missed + 1):
            nearest = passed if far[passed] < far[nearest] else nearest
            way.append(nearest)
        far = [far[before] + abs(moment - others[place + passed]) for passed, before in enumerate(way)]
        ways.append(way)
    passed = min(range(missed + 1), key=far.__getitem__)
    pairs: list[tuple[int, int]] = []
    for place in reversed(range(len(some))):
        pairs.append((place, place + passed))
        passed = ways[place][passed]
    return pairs[::-1]
