"""What a page tells its tags about consent is noted as tags read it, and the page sees no difference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.proxy import RecordingProxy
from consentinel.evidence.signals import Purpose, signals_of
from consentinel.site.load import load_profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.signal_sites import serving

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(
    shared_browsers: BrowserPool, spec: BrowserSpec, first_wire: RecordingProxy, tmp_path: Path
) -> Iterator[Visitor]:
    wire = RecordingProxy(beside=first_wire)
    with serving(tmp_path) as file:
        resources = Resources(shared_browsers, spec, wire, horizon=1.0)
        visitor = Visitor("visitor", resources, load_profile(str(file), None))
        yield visitor
        visitor.leave()
    wire.close()


def test_commands_are_noted_and_the_page_sees_no_difference(visitor: Visitor) -> None:
    home = str(visitor.profile.site.base_url)
    visitor.visit(home, "visits the home page")
    assert visitor.browser.driver.title == "unchanged"
    told = [one for one in visitor.timeline.commands if one.frame == home]
    assert [(one.name, dict(one.states), one.regions, one.wait_ms, one.works) for one in told] == [
        ("default", {"ad_storage": "denied", "analytics_storage": "denied"}, (), 500.0, True),
        ("default", {"ad_storage": "granted"}, ("US-TX", "US-CA"), None, True),
        ("update", {"ad_storage": "granted"}, (), None, False),
        ("update", {"analytics_storage": "granted"}, (), None, True),
        ("update", {"ad_user_data": "denied"}, (), None, True),
    ]
    assert {one.script.rpartition(":")[0] for one in told} == {home}
    assert [one.name for one in visitor.timeline.commands if one.frame == f"{home}frame"] == ["default"]
    strings = [
        (one.api, one.event, one.text.text, one.applies) for one in visitor.timeline.strings if one.frame == home
    ]
    assert sorted(strings) == [
        ("gpp", "signalStatus", "DBAA", True),
        ("tcf", "cmpuishown", "", True),
        ("tcf", "useractioncomplete", "CHOICE", True),
    ]
    in_frame = [(one.text.text, one.applies) for one in visitor.timeline.strings if one.frame == f"{home}frame"]
    assert in_frame == [("FRAME", False)]
    (request,) = [one for one in visitor.timeline.requests if one.url.endswith("/events")]
    assert [signal.allowed[Purpose.AD_STORAGE] for signal in signals_of(request)] == [False, True]
