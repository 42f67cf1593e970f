"""What stands before the whole page comes late or never; a page is fetched ahead while everything is slow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from consentinel.evidence.alterations import Manner
from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import Kind
from consentinel.visitor.resources import Resources
from consentinel.visitor.trouble import SLOW, befall_manager, slow_down
from consentinel.visitor.visitor import Visitor
from tests.strangers.truth_sites import CDN, SHOP, Answer, deployed, page
from tests.strangers.truth_visits import proxy, resources

__all__ = ["proxy", "resources"]

pytestmark = pytest.mark.browser

MANAGER = "document.documentElement.dataset.asks = 'yes'; document.cookie = 'came=1';"
EARLY = "<script>setTimeout(() => { document.cookie = 'waited=1'; }, 3000);</script>"
BLOCKING = f'{EARLY}<script src="http://{CDN}:{{port}}/manager.js"></script>'
ANSWERS = {
    (SHOP, "/"): page("document.cookie = 'read=1';", BLOCKING),
    (CDN, "/manager.js"): Answer(MANAGER, "text/javascript"),
}

FETCHED_AHEAD = {
    (SHOP, "/"): page("next.onmouseover = () => fetch(next.href);", '<a id="next" href="/next">Next</a>'),
    (SHOP, "/next"): page("document.cookie = 'next=1';"),
}


@contextmanager
def troubled(resources: Resources, words: str) -> Iterator[Visitor]:
    with deployed(ANSWERS) as site:
        profile = site.profile()
        consent = profile.consent.model_copy(update={"served_from": (CDN,)})
        visitor = Visitor("visitor", resources, profile.model_copy(update={"consent": consent}))
        try:
            befall_manager(visitor, words)
            visitor.visit(site.url(), "visits the shop")
            yield visitor
        finally:
            visitor.leave()


def written(visitor: Visitor) -> list[str]:
    return [one.name for one in visitor.timeline.writes if one.kind is Kind.COOKIE]


def test_what_waits_on_the_page_happens_before_a_manager_that_is_late(resources: Resources) -> None:
    with troubled(resources, "comes late") as visitor:
        assert written(visitor) == ["waited", "came", "read"]
        assert visitor.context.ask("document.documentElement.dataset.asks") == "yes"
        (altered,) = [one for one in visitor.timeline.requests if one.altered]
        assert (altered.host, altered.status, altered.altered) == (CDN, 200, Manner.HELD_BACK.value)
        assert all(rest.complete for rest in visitor.timeline.settled)
        assert visitor.recorder.missed == []


def test_the_page_goes_on_without_a_manager_that_never_comes(resources: Resources) -> None:
    with troubled(resources, "never comes") as visitor:
        assert written(visitor) == ["waited", "read"]
        assert visitor.context.ask("document.body.innerText.trim()") == "Text"
        assert {one.altered for one in visitor.timeline.requests if one.host == CDN} == {Manner.WITHHELD.value}
        assert all(rest.complete for rest in visitor.timeline.settled)


ASKS_LATER = """setTimeout(async () => {
  const begun = performance.now();
  await fetch("/settings");
  document.cookie = `took=${Math.round((performance.now() - begun) / 1000)}`;
}, 5000);"""
LOADS = f'<script src="http://{CDN}:{{port}}/manager.js"></script>'
KEPT = f"""document.cookie = "came=1";
fetch("http://{CDN}:{{port}}/settings").then((answer) => {{
  document.cookie = answer.ok ? "settled=1" : "unsettled=1";
}});"""


def test_what_is_asked_for_later_is_slow_by_its_whole_time(resources: Resources) -> None:
    answers = {(SHOP, "/"): page(ASKS_LATER), (SHOP, "/settings"): Answer("{}", "application/json")}
    with deployed(answers) as site:
        visitor = Visitor("visitor", resources, site.profile())
        try:
            slow_down(visitor)
            visitor.visit(site.url(), "visits the shop")
            (took,) = [write.value.text for write in visitor.timeline.writes if write.name == "took"]
            assert int(took) == SLOW
            assert visitor.recorder.missed == []
        finally:
            visitor.leave()


def test_a_manager_that_the_browser_has_kept_comes_and_its_settings_do_not(resources: Resources) -> None:
    answers = {
        **{(SHOP, path): page("", LOADS) for path in ("/", "/next")},
        (CDN, "/manager.js"): Answer(KEPT, "text/javascript", headers={"Cache-Control": "max-age=600"}),
        (CDN, "/settings"): Answer("{}", "application/json", headers={"Access-Control-Allow-Origin": "*"}),
    }
    with deployed(answers) as site:
        profile = site.profile()
        consent = profile.consent.model_copy(update={"served_from": (CDN,)})
        visitor = Visitor("visitor", resources, profile.model_copy(update={"consent": consent}))
        try:
            visitor.visit(site.url(), "visits the shop")
            befall_manager(visitor, "answers with an error")
            visitor.visit(site.url("/next"), "visits the next page")
            asked = [
                (path_of(one.url), one.status, bool(one.altered))
                for one in visitor.timeline.requests
                if one.host == CDN
            ]
            assert asked == [("/manager.js", 200, False), ("/settings", 200, False), ("/settings", 500, True)]
            assert written(visitor) == ["came", "settled", "came", "unsettled"]
            assert visitor.recorder.missed == []
        finally:
            visitor.leave()


def test_a_page_that_was_fetched_ahead_comes_over_a_slow_connection(resources: Resources) -> None:
    """Chromium asks for the page only once the first answer has come, or after 20 s."""
    with deployed(FETCHED_AHEAD) as site:
        visitor = Visitor("visitor", resources, site.profile())
        try:
            visitor.visit(site.url(), "visits the shop")
            slow_down(visitor)
            visitor.visit(site.url("/next"), "reads on")
            assert written(visitor) == ["next"]
            asked = [one.altered for one in visitor.timeline.requests if one.url == site.url("/next")]
            assert sorted(asked) == ["", Manner.SLOWED.value]
            assert all(rest.complete for rest in visitor.timeline.settled)
        finally:
            visitor.leave()
