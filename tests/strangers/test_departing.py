"""Clicks on links that lead away from a site: whom the page tells of them, and nobody else, is in the record."""

from __future__ import annotations

import pytest

from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.site.profile import Person
from consentinel.suite.pages.departing import Departing
from consentinel.suite.pages.handling import ADDRESS, Handling
from consentinel.verdicts import personal_data, sent
from tests.strangers.truth_sites import CDN, SHOP, Answer, Deployment, page
from tests.strangers.truth_visits import (
    Visit,
    proxy,
    resources,
    visit,
)

__all__ = ["proxy", "resources", "visit"]

pytestmark = pytest.mark.browser

OUT = '<a href="http://there.localhost:{port}/page" target="_blank" rel="noopener">There</a>'
TOLD = "http://metrics.localhost:{port}"
HEARS = 'addEventListener("click", (event) => {{ const link = event.target.closest("a"); {} }});'


def telling(when: str, at: str = TOLD) -> str:
    return HEARS.format(f'if ({when}) navigator.sendBeacon("{at}/click", link.href)')


def heard(visit: Visit, script: str, body: str) -> tuple[set[str], list[str], Deployment]:
    """The hosts that are accused, and what the record calls what the visitor did."""
    visitor, site = visit({(SHOP, "/"): page(script, body), (SHOP, "/plan.pdf"): Answer("%PDF", "application/pdf")})
    Departing(visitor).click_links_away()
    seen = visitor.timeline
    assert visitor.context.ask("location.href") == site.url(), "the visitor stays"
    assert visitor.rested.complete
    did = [action.sentence for action in seen.actions][1:]
    return {finding.host for finding in sent.only_allowed(seen, visitor.profile, (), ()).findings}, did, site


@pytest.mark.parametrize(
    ("script", "body", "kind"),
    [
        pytest.param(telling("link.host !== location.host"), OUT, "another site", id="a beacon on the way out"),
        pytest.param(telling("/pdf$/.test(link.pathname)"), '<a href="/plan.pdf">Plan</a>', "a file", id="a file"),
        pytest.param(
            telling("/pdf$/.test(link.pathname)"), '<a href="/plan.pdf" download>Plan</a>', "a file", id="a download"
        ),
        pytest.param(
            telling("link.protocol === 'mailto:'"),
            '<a href="mailto:shop@shop.example">Write</a>',
            "a letter or a call",
            id="a letter",
        ),
        pytest.param(
            f"""addEventListener("mousedown", (event) => {{ const link = event.target.closest("a");
              if (link) link.href = "{TOLD}/go?to=" + encodeURIComponent(link.href) }});""",
            OUT,
            "another site",
            id="a detour",
        ),
        pytest.param(
            HEARS.format(
                f"""event.preventDefault(); const go = () => {{ location.href = link.href }};
                fetch("{TOLD}/click", {{ method: "POST", mode: "no-cors" }}).then(go, go)"""
            )
            .replace("{{", "{")
            .replace("}}", "}"),
            OUT,
            "another site",
            id="a script that goes there",
        ),
        pytest.param(
            HEARS.format(f'event.preventDefault(); navigator.sendBeacon("{TOLD}/click"); open(link.href, "_blank")'),
            OUT,
            "another site",
            id="a window",
        ),
    ],
)
def test_who_is_told_of_a_click_is_accused(visit: Visit, script: str, body: str, kind: str) -> None:
    hosts, did, _ = heard(visit, script, body)
    assert hosts == {"metrics.localhost"}
    assert did == [f"clicks a link that leads to {kind}"]


def test_a_ping_is_sent_where_browsers_send_it(visit: Visit, spec: BrowserSpec) -> None:
    hosts, _, _ = heard(visit, "", OUT.replace("<a ", f'<a ping="{TOLD}/ping" '))
    assert hosts == (set() if spec.engine is Engine.FIREFOX else {"metrics.localhost"})


def test_who_is_told_nothing_is_not_accused(visit: Visit) -> None:
    at_home = telling("true", "")
    marks = 'addEventListener("mousedown", (e) => { const a = e.target.closest("a"); if (a) a.href += "?from=shop" });'
    links = '<a href="/plan.pdf">Plan</a> <a href="tel:+4912345">Call</a>' + OUT
    hosts, did, _ = heard(visit, at_home + marks, links)
    assert hosts == set()
    assert len(did) == 3


def test_a_page_without_such_links_has_none(visit: Visit) -> None:
    hosts, did, _ = heard(visit, "", '<a href="/tea">Tea</a> <a href="#top">Up</a>')
    assert (hosts, did) == (set(), ["finds no link that leads away"])


def test_the_pointer_passes_over_the_texts_of_the_content(visit: Visit) -> None:
    over = f'<style>h2:hover {{ background: url("{TOLD}/over.gif") }}</style><h2>A head</h2>'
    visitor, _ = visit({(SHOP, "/"): page("", f"<p>First</p>{over}<p>Last</p>")})
    Handling(visitor).click_into_text()
    (finding,) = sent.only_allowed(visitor.timeline, visitor.profile, (), ()).findings
    assert finding.host == "metrics.localhost"


@pytest.mark.parametrize(
    ("field", "count"),
    [('type="email"', 1), ('type="text" name="e-mail"', 1), ('type="text" autocomplete="email"', 1), ('name="q"', 0)],
)
def test_a_partner_that_is_told_what_is_typed_and_not_sent_is_told_an_address(
    visit: Visit, field: str, count: int
) -> None:
    tells = (
        f'addEventListener("change", ({{ target }}) => navigator.sendBeacon("http://{CDN}:{{port}}/f", target.value))'
    )
    visitor, _ = visit({(SHOP, "/"): page(tells, f"<input {field}>")})
    Handling(visitor).type_without_sending()
    typed = visitor.profile.model_copy(update={"person": Person(emails=(ADDRESS,))})
    findings = personal_data.sends_no_personal_data(visitor.timeline, typed, ()).findings
    assert [finding.host for finding in findings] == [CDN] * count
    assert any(request.host == CDN for request in visitor.timeline.requests)


LEAVES = """addEventListener("pagehide", () => { fetch("/left").then((answer) => answer.text()); });
addEventListener("pageshow", (event) => { if (event.persisted) fetch("/back"); });"""


def test_a_page_that_is_shown_again_waits_for_no_answer_that_came_while_it_was_kept(visit: Visit) -> None:
    visitor, site = visit({(SHOP, "/"): page(LEAVES), (SHOP, "/next"): page(), (SHOP, "/left"): Answer("Good-bye")})
    visitor.visit(site.url("/next"), "goes on")
    with visitor.doing("goes back"):
        visitor.context.traverse(-1)
    assert (visitor.rested.complete, visitor.rested.reason) == (True, "")
    asked = {request.url for request in visitor.timeline.requests}
    assert {site.url("/left"), site.url("/back")} <= asked
