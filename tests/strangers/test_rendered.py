"""What scripts make of a page is read in a browser; what the plain answer has is read there; what lacks it lacks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy
from consentinel.site.profile import Elements, Profile
from consentinel.suite.pages.reading import Reading
from consentinel.verdicts import http_answers
from consentinel.verdicts.finding import Verdict
from consentinel.visitor.http_session import session
from consentinel.visitor.plain_visitor import PlainVisitor
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.asking_sites import profile_of, served

pytestmark = pytest.mark.browser

WORDS = "Needed cookies make the site work. Statistics cookies count visits."
LINK = "<a class=legal href=/legal>Legal</a>"

PLAIN = f"<!doctype html><title>Policy</title><main>{WORDS}</main>{LINK}"
BY_SCRIPT = f"""<!doctype html><title>Policy</title><body><script>
document.body.innerHTML = '<main>' + {WORDS!r} + '</main>' + {LINK!r};
</script>"""
IN_A_COMPONENT = f"""<!doctype html><title>Policy</title><body><x-policy></x-policy><script>
customElements.define('x-policy', class extends HTMLElement {{
  connectedCallback() {{
    this.attachShadow({{ mode: 'open' }}).innerHTML = '<p><span></span></p>' + {LINK!r};
    this.shadowRoot.querySelector('span').attachShadow({{ mode: 'open' }}).innerHTML = {WORDS!r};
  }}
}});
</script>"""
IN_A_SPARE_TEMPLATE = f"<!doctype html><title>Policy</title><main>Needed.</main><template>{WORDS}{LINK}</template>"
NEVER = "<!doctype html><title>Policy</title><main>Needed cookies alone are described.</main>"

Open = Callable[[str, str], AbstractContextManager[PlainVisitor]]


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, first_wire: RecordingProxy) -> Resources:
    spec = BrowserSpec(Engine.CHROMIUM, trusted=(first_wire.key,))
    return Resources(shared_browsers, spec, None, horizon=0.0)


@pytest.fixture
def call(resources: Resources) -> Open:
    @contextmanager
    def call(html: str, legal: str) -> Iterator[PlainVisitor]:
        with served(html) as base:
            profile = with_legal_link(profile_of(base), legal)
            reader = Visitor("reader", resources, profile)

            def render(url: str) -> str:
                reader.visit(url, "reads the page in a browser")
                return Reading(reader).html()

            caller = PlainVisitor(profile, session(None), {}, render=render)
            caller.call("home page")
            try:
                yield caller
            finally:
                caller.leave()
                reader.leave()
            assert html is not PLAIN or not reader.visits

    return call


def with_legal_link(profile: Profile, selector: str) -> Profile:
    return profile.model_copy(update={"elements": Elements.model_validate({"legal_link": selector})})


def described(caller: PlainVisitor) -> Verdict:
    labels = [table.label for table in caller.profile.categories.values()]
    return http_answers.describes(caller.page.url, caller.at, caller.text(labels), labels)


def linked(caller: PlainVisitor) -> Verdict:
    links = caller.links_of("legal_link")
    return http_answers.links_to(caller.page.url, caller.at, links, 1, "legal information")


@pytest.mark.parametrize(
    ("html", "legal"),
    [(PLAIN, ".legal"), (BY_SCRIPT, ".legal"), (IN_A_COMPONENT, "x-policy >>> .legal")],
    ids=["plain", "script", "component"],
)
def test_what_a_page_shows_is_there(call: Open, html: str, legal: str) -> None:
    with call(html, legal) as caller:
        assert described(caller) == linked(caller) == Verdict()


@pytest.mark.parametrize("html", [NEVER, IN_A_SPARE_TEMPLATE], ids=["never", "spare template"])
def test_what_no_page_shows_is_missing(call: Open, html: str) -> None:
    with call(html, "main > .legal") as caller:
        assert [finding.rule for finding in linked(caller).findings] == ["link missing"]
        assert [finding.name for finding in described(caller).findings] == ["Statistics"]
