"""Pages that Chromium has rendered ahead are read as they are: what answers once they are shown is not waited for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consentinel.browser.context import UserContext
from consentinel.browser.spec import Engine
from consentinel.evidence.records import STORED_KINDS
from consentinel.evidence.storage import READ_STORAGE
from consentinel.site.load import load_profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.manners.clean_pages import ShownAhead
from tests.strangers.manners.shop import SHOP, serving

pytestmark = [pytest.mark.completeness, pytest.mark.browser]

AT_ONCE = {("indexed_db", "NotReadableError"), ("cache", "NotReadableError")}
"""What is said of the buckets of such a page; after the time for an answer it would be a TimeoutError."""


def test_what_answers_when_a_page_is_shown_is_not_waited_for(resources: Resources, tmp_path: Path) -> None:
    with serving(ShownAhead()) as served:
        file = tmp_path / "shop.toml"
        file.write_text(served.profile(), encoding="utf-8")
        visitor = Visitor("visitor", resources, load_profile(str(file)))
        try:
            visitor.visit(f"http://{SHOP}:{served.port}/", "visits a page with others behind it")
            context = visitor.context
            assert isinstance(context, UserContext)
            ahead = [frame.id for frame in context.frames() if frame.id == frame.top != context.tab]
            denied = [_denied(visitor, frame) for frame in ahead]
        finally:
            visitor.leave()
    assert bool(denied) == (resources.spec.engine is Engine.CHROMIUM), "no other browser renders pages ahead"
    assert all(one == AT_ONCE for one in denied)
    assert visitor.timeline.states[-1].seen == frozenset(STORED_KINDS), "the page that shows has the same stores"


def _denied(visitor: Visitor, frame: str) -> set[tuple[str, str]]:
    target = {"context": frame, "sandbox": "consentinel"}
    params = {"functionDeclaration": READ_STORAGE, "target": target, "awaitPromise": True}
    told = visitor.browser.connection.call("script.callFunction", params)["result"]["value"]
    return {(kind, reason) for kind, reason in json.loads(told)["denied"]}
