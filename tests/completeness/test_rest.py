"""What the browser leaves unsaid does not keep a page from coming to rest."""

from __future__ import annotations

import pytest

from evidence.recorder import Recorder
from pages.visitor import Visitor
from reference_site import hosts
from reference_site.serve import RunningSite

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


def test_a_script_whose_end_the_browser_never_tells_is_known_to_have_run(
    visitor: Visitor, site: RunningSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Recorder, "_ended", lambda recorder, params: None)
    visitor.visit(site.url(hosts.SITE, "/"), "opens the home page")
    scripts = [sent for sent in visitor.recorder.sent if sent.is_script]
    assert scripts
    assert all(sent.answer is None for sent in scripts)
    assert all(rest.complete for rest in visitor.timeline.settled), visitor.timeline.settled
