"""What the positive control misses it reports, kind by kind, and verdicts that rest on it are inconclusive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.records import STORED_KINDS, Kind, Record, State, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import sent, stored
from consentinel.visitor import positive_control
from consentinel.visitor.positive_control import (
    FIRST,
    MEANS,
    THIRD,
    PositiveControls,
    unseen,
)
from consentinel.visitor.resources import Resources
from tests.verdicts.builders import (
    PROFILE,
    cookie,
    item,
    request,
    rest,
    state,
    timeline,
    visit,
    write,
)

FRAME = f"https://{FIRST}/plant"


def items(host: str) -> list[StoredItem]:
    cookies = [cookie(name, host=host, expires=9e9) for name in ("plant_http", "plant_script")]
    return [*cookies, *(item(kind, "plant", host=host) for kind in STORED_KINDS if kind is not Kind.COOKIE)]


def everything() -> Timeline:
    """A record of the control page that lacks nothing."""
    writes = [write("plant", kind=kind, frame=FRAME) for kind in STORED_KINDS]
    requests = [request(f"https://{FIRST}/plant/{means}?run=1") for means in MEANS]
    requests += [request(f"https://{host}/plant/file?run=1") for host in (FIRST, THIRD)]
    return timeline(visit(), *writes, *requests, state(20.0, *items(FIRST), *items(THIRD)), rest())


def without(is_gone: Callable[[Any], bool]) -> tuple[Blindness, ...]:
    """What is found unseen by a recorder that lacks these records or items."""
    kept: list[Record] = []
    for record in everything().records:
        if isinstance(record, State):
            kept.append(replace(record, items=tuple(one for one in record.items if not is_gone(one))))
        elif not is_gone(record):
            kept.append(record)
    blind = timeline(*kept)
    return unseen(blind, blind)


def is_item(kind: Kind, host: str) -> Callable[[Any], bool]:
    return lambda one: isinstance(one, StoredItem) and one.kind is kind and one.host == host


def test_a_recorder_that_sees_everything_is_blind_to_nothing() -> None:
    assert without(lambda _: False) == ()


@pytest.mark.parametrize("kind", STORED_KINDS)
def test_a_kind_that_was_planted_and_not_seen_makes_verdicts_inconclusive(kind: Kind) -> None:
    (found,) = without(is_item(kind, FIRST))
    assert (found.kind, found.third_party, found.aspect) == (kind, False, Aspect.ITEM)
    verdict = stored.only(timeline(visit(), state(20.0), rest()), PROFILE, (), (found,))
    assert (verdict.findings, len(verdict.doubts)) == ((), 1)


@pytest.mark.parametrize("kind", [kind for kind in STORED_KINDS if kind is not Kind.SERVICE_WORKER])
def test_what_is_unseen_in_the_third_partys_frame_alone_is_a_kind_of_its_own(kind: Kind) -> None:
    (found,) = without(is_item(kind, THIRD))
    assert (found.kind, found.third_party) == (kind, True)


def test_a_browser_that_keeps_no_files_has_none_to_show() -> None:
    def is_about_files(one: object) -> bool:
        return getattr(one, "kind", None) is Kind.FILE or "/plant/file?" in getattr(one, "url", "")

    assert without(is_about_files) == ()


@pytest.mark.parametrize("name", ["plant_http", "plant_script"])
def test_both_ways_to_set_a_cookie_have_to_be_seen(name: str) -> None:
    (found,) = without(lambda one: isinstance(one, StoredItem) and (one.name, one.host) == (name, FIRST))
    assert found.kind is Kind.COOKIE


@pytest.mark.parametrize("kind", STORED_KINDS)
def test_a_writing_that_was_not_seen_is_said(kind: Kind) -> None:
    (found,) = without(lambda one: not isinstance(one, StoredItem) and getattr(one, "kind", None) is kind)
    assert (found.kind, found.aspect) == (kind, Aspect.WRITE)


@pytest.mark.parametrize("means", MEANS)
def test_a_means_of_sending_that_was_not_seen_makes_verdicts_inconclusive(means: str) -> None:
    (found,) = without(lambda one: f"/plant/{means}?" in getattr(one, "url", ""))
    assert found.kind is Kind.REQUEST
    verdict = sent.only_allowed(timeline(visit(), state(20.0), rest()), PROFILE, (), (found,))
    assert (verdict.findings, len(verdict.doubts)) == ((), 1)


def test_each_setup_is_tried_out_once_when_it_is_first_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Engine] = []

    class Trial:
        def __init__(self, resources: Resources, *_rest: object) -> None:
            self.engine = resources.spec.engine

        def blindness(self) -> tuple[Blindness, ...]:
            tried.append(self.engine)
            return (Blindness(Kind.CACHE, "not seen", browser=self.engine),)

    monkeypatch.setattr(positive_control, "Control", Trial)
    controls = PositiveControls(PROFILE, 1)
    for engine in (Engine.CHROMIUM, Engine.FIREFOX, Engine.CHROMIUM):
        resources = Resources(cast("Any", None), BrowserSpec(engine), None, 0.0)
        assert [one.browser for one in controls.of(resources)] == [engine]
    assert tried == [Engine.CHROMIUM, Engine.FIREFOX]
