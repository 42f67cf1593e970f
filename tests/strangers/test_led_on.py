"""A document whose answer says by a header that it is to be loaded anew is watched until then."""

from __future__ import annotations

import pytest

from consentinel.evidence.proxy import RecordingProxy
from tests.strangers.truth_sites import CDN, SHOP, Answer, page
from tests.strangers.truth_visits import Visit, proxy, resources, visit

__all__ = ["proxy", "resources", "visit"]

LED_ON = {"Refresh": "1; url=/on"}


@pytest.mark.browser
def test_a_page_that_a_header_leads_on_is_waited_for(visit: Visit) -> None:
    visitor, site = visit({(SHOP, "/"): Answer(page().body, headers=LED_ON), (SHOP, "/on"): page()})
    assert site.url("/on") in [request.url for request in visitor.timeline.requests]
    assert all(rest.complete for rest in visitor.timeline.settled)


@pytest.mark.browser
def test_a_frame_that_a_header_leads_on_is_waited_for(visit: Visit) -> None:
    frame = f'<iframe src="http://{CDN}:{{port}}/wait"></iframe>'
    answers = {
        (SHOP, "/"): page(head=frame),
        (CDN, "/wait"): Answer("<p>Wait</p>", headers=LED_ON),
        (CDN, "/on"): Answer("<p>Here</p>"),
    }
    visitor, site = visit(answers)
    assert site.url("/on").replace(SHOP, CDN) in [request.url for request in visitor.timeline.requests]
    assert all(rest.complete for rest in visitor.timeline.settled)


@pytest.mark.browser
def test_a_page_that_is_loaded_anew_beyond_the_horizon_is_at_rest(visit: Visit) -> None:
    visitor, site = visit({(SHOP, "/"): Answer(page().body, headers={"Refresh": "300"})})
    assert [request.url for request in visitor.timeline.requests] == [site.url()]
    assert all(rest.complete for rest in visitor.timeline.settled)


@pytest.mark.process
@pytest.mark.parametrize(
    ("header", "is_noted"),
    [
        ("3", True),
        (" 3;url=/on", True),
        ("3.5, /on", True),
        ("9" * 400, True),
        ("", False),
        ("soon", False),
        ("-1", False),
    ],
)
def test_what_a_header_asks_for_is_noted_until_the_next_answer(
    proxy: RecordingProxy, header: str, is_noted: bool
) -> None:
    tap = proxy.tap()
    tap.note_refresh("http://a.localhost/", header)
    assert bool(tap.refreshes) is is_noted
    tap.note_refresh("http://a.localhost/", "")
    assert tap.refreshes == {}
    proxy.untap(tap)
