"""The positive control in real browsers: it finds nothing to complain of, and a reader that is broken is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.evidence import reading
from consentinel.evidence.records import Kind
from consentinel.evidence.storage import READ_STORAGE
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Profile
from consentinel.visitor.positive_control import Control
from consentinel.visitor.resources import Resources

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


def test_every_kind_is_planted_and_seen(resources: Resources, profile: Profile, site: RunningSite) -> None:
    assert Control(resources, profile, site.port).blindness() == ()


def test_a_reader_that_is_broken_is_found_out(
    resources: Resources, profile: Profile, site: RunningSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = READ_STORAGE.replace("await databases(found, indexedDB", "await (async () => {})(found, indexedDB")
    assert broken != READ_STORAGE
    monkeypatch.setattr(reading, "READ_STORAGE", broken)
    blind = Control(resources, profile, site.port).blindness()
    assert {(one.kind, one.third_party) for one in blind} == {(Kind.INDEXED_DB, False), (Kind.INDEXED_DB, True)}


def test_without_a_wire_requests_stay_unseen(resources: Resources, profile: Profile, site: RunningSite) -> None:
    blind = Control(replace(resources, wire=None), profile, site.port).blindness()
    assert {one.kind for one in blind} == {Kind.REQUEST}
