"""Moments are matched in order, as many as can be, and as near to each other as can be."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.matching import LARGEST, matched

MOMENTS = st.lists(st.floats(0, 100), max_size=6).map(sorted)


@pytest.mark.parametrize(
    ("some", "others", "pairs"),
    [
        ([], [1.0], []),
        ([1.0, 2.0], [1.1, 2.1], [(0, 0), (1, 1)]),
        ([1.0, 3.0, 3.2], [1.0, 3.2], [(0, 0), (2, 1)]),
        ([1.0, 3.2], [1.0, 3.0, 3.2], [(0, 0), (1, 2)]),
        ([5.0], [5.0, 5.0], [(0, 0)]),
    ],
)
def test_the_nearest_moments_are_matched(some: list[float], others: list[float], pairs: list[tuple[int, int]]) -> None:
    assert matched(some, others) == pairs


@given(MOMENTS, MOMENTS)
def test_no_other_way_is_nearer(some: list[float], others: list[float]) -> None:
    pairs = matched(some, others)
    mine, theirs = [one for one, _ in pairs], [one for _, one in pairs]
    assert mine == sorted(set(mine))
    assert theirs == sorted(set(theirs))
    assert len(pairs) == min(len(some), len(others))
    short, long = sorted((some, others), key=len)
    ways = combinations(long, len(short))
    nearest = min(sum(abs(one - other) for one, other in zip(short, way, strict=True)) for way in ways)
    assert sum(abs(some[one] - others[other]) for one, other in pairs) == pytest.approx(nearest)


def test_of_very_many_the_first_are_matched() -> None:
    some, others = [1.0] * 1000, [1.0] * (LARGEST // 1000 + 1001)
    assert matched(some, others) == [(place, place) for place in range(1000)]
