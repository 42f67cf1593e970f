"""The timeline: order, what held when, and that nobody can change it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.records import (
    Action,
    Choice,
    Kind,
    Picture,
    Record,
    Request,
    Settled,
    Source,
    State,
    Value,
    Write,
)
from consentinel.evidence.timeline import Timeline, between

MOMENTS = st.floats(min_value=0, max_value=1e9, allow_nan=False)
GRANTS = st.none() | st.frozensets(st.sampled_from(["analytics", "social", "advertising"]))

RECORDS: st.SearchStrategy[Record] = st.one_of(
    st.builds(Action, at=MOMENTS, sentence=st.text(max_size=5)),
    st.builds(Choice, at=MOMENTS, granted=GRANTS),
    st.builds(State, at=MOMENTS, items=st.just(()), seen=st.just(frozenset({Kind.COOKIE}))),
    st.builds(Settled, at=MOMENTS, bound=st.just(5.0)),
    st.builds(Picture, at=MOMENTS, path=st.just("a.jpg")),
    st.builds(
        Request, at=MOMENTS, url=st.just("https://a.example/"), method=st.just("GET"), source=st.just(Source.WIRE)
    ),
    st.builds(
        Write,
        at=MOMENTS,
        kind=st.just(Kind.COOKIE),
        name=st.just("a"),
        host=st.just("a.example"),
        operation=st.just("set"),
    ),
)
MANY = st.lists(RECORDS, max_size=30)


def timeline(*records: Record) -> Timeline:
    return Timeline.of("visitor", "chromium", records)


@given(MANY)
def test_records_stand_in_the_order_of_their_moments_and_none_is_lost(records: list[Record]) -> None:
    made = timeline(*records)
    moments = [record.at for record in made.records]
    assert moments == sorted(moments)
    assert sorted(map(repr, made.records)) == sorted(map(repr, records))


@given(MANY)
def test_each_record_is_in_exactly_one_view(records: list[Record]) -> None:
    made = timeline(*records)
    views = (made.actions, made.choices, made.requests, made.writes, made.states, made.settled, made.pictures)
    assert sum(len(view) for view in views) == len(records)


def test_what_happened_at_one_moment_keeps_the_order_in_which_it_was_told() -> None:
    first, second = Action(5.0, "first"), Action(5.0, "second")
    assert timeline(first, second).actions == (first, second)
    assert timeline(second, first).actions == (second, first)


@given(MANY, MOMENTS)
def test_the_choice_at_a_moment_is_the_last_one_made_until_then(records: list[Record], at: float) -> None:
    made = timeline(*records)
    until = [choice for choice in made.choices if choice.at <= at]
    assert made.choice_at(at) == (until[-1].granted if until else None)


@given(MANY, MOMENTS)
def test_the_state_before_a_moment_was_read_before_it_not_at_it(records: list[Record], at: float) -> None:
    made = timeline(*records)
    earlier = [state for state in made.states if state.at < at]
    assert made.state_before(at) == (earlier[-1] if earlier else None)


@given(MANY, MOMENTS)
def test_a_finding_is_dated_by_the_last_action_at_or_before_it(records: list[Record], at: float) -> None:
    made = timeline(*records)
    until = [action for action in made.actions if action.at <= at]
    assert made.action_before(at) == (until[-1] if until else None)


@given(MANY, MOMENTS, MOMENTS)
def test_between_takes_both_ends(records: list[Record], begun: float, ended: float) -> None:
    actions = timeline(*records).actions
    assert list(between(actions, begun, ended)) == [one for one in actions if begun <= one.at <= ended]


def test_a_choice_counts_from_its_own_moment_on() -> None:
    made = timeline(Choice(10.0, frozenset({"analytics"})))
    assert made.choice_at(9.999) is None
    assert made.choice_at(10.0) == frozenset({"analytics"})


def test_a_choice_that_was_forgotten_allows_nothing() -> None:
    made = timeline(Choice(10.0, frozenset({"social"})), Choice(20.0, None))
    assert made.choice_at(25.0) is None


def test_an_empty_timeline_knows_nothing() -> None:
    made = timeline()
    assert made.state is None
    assert made.state_before(1.0) is None
    assert made.choice_at(1.0) is None
    assert made.action_before(1.0) is None


def test_the_state_is_the_last_one_read() -> None:
    first, last = State(1.0, (), frozenset()), State(2.0, (), frozenset({Kind.COOKIE}))
    assert timeline(last, first).state is last


def test_nothing_can_be_changed_afterwards() -> None:
    given_records: list[Record] = [Action(1.0, "visits")]
    made = timeline(*given_records)
    given_records.append(Action(2.0, "clicks"))
    assert len(made.records) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.records = ()  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.records[0].at = 0.0  # type: ignore[misc]


@given(st.text(min_size=3))
def test_a_value_never_shows_itself(secret: str) -> None:
    shown = repr(Value(f"x{secret}x"))
    assert shown == f"<value, {len(secret) + 2} characters>"
