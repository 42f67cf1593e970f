"""Whether a site asks: late, with the first movement, once, again, by a dialog that is found and by one that is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, CookiePolicy
from consentinel.consent.base import Unfamiliar
from consentinel.suite.pages.reading import Reading
from consentinel.verdicts import assumption, page_rules
from consentinel.verdicts.finding import Verdict
from consentinel.visitor.asking import Asking, Sight
from consentinel.visitor.choices import Choices
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import origins
from tests.strangers.asking_sites import (
    SHOWN_AT_ONCE,
    SINGLE_PAGE,
    page,
    profile_of,
    served,
)

pytestmark = pytest.mark.browser

IN_STORE = "localStorage.getItem('choice')"
NO_COOKIES = {"cookies": CookiePolicy.NONE}

ASKS, SILENT = Sight(True), Sight(False)


@dataclass(frozen=True)
class Comer:
    """A visitor of a site, and what is judged of them."""

    visitor: Visitor

    def judged(self) -> Verdict:
        """What the sentence "the site asks for a choice" makes of what this visitor sees."""
        visitor, asking = self.visitor, Asking(self.visitor)
        sight = asking.asks()
        assumed = assumption.assumed(visitor.timeline, visitor.profile, *asking.others())
        return assumed + page_rules.asks(visitor.timeline, visitor.profile, *sight, asking.is_turned_away())

    def rules(self) -> list[str]:
        """The rules of these findings, or the doubts."""
        verdict = self.judged()
        return [finding.rule for finding in verdict.findings] or list(verdict.doubts)


Open = Callable[..., AbstractContextManager[Comer]]


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, spec: BrowserSpec) -> Resources:
    return Resources(shared_browsers, spec, None, horizon=2.0)


@pytest.fixture
def visit(resources: Resources) -> Open:
    @contextmanager
    def visit(
        html: str,
        elsewhere: str | None = None,
        path: str = "home page",
        cookies: CookiePolicy = CookiePolicy.ALL,
        rejects_own: bool = False,
        **profile: Any,
    ) -> Iterator[Comer]:
        with served(html, elsewhere) as base:
            described = profile_of(base, **profile)
            rejected = origins(described.site.hosts, described) if rejects_own else ()
            spec = replace(resources.spec, cookies=cookies, rejected=rejected)
            visitor = Visitor("visitor", resources, described, spec)
            try:
                Reading(visitor).visit(path)
                yield Comer(visitor)
            finally:
                visitor.leave()

    return visit


def late(condition: str) -> str:
    return page(f"<script>setTimeout(() => {{ if ({condition}) bar.hidden = false; }}, 8000);</script>")


def with_first(event: str) -> str:
    return page(f"<script>addEventListener('{event}', () => {{ bar.hidden = Boolean(chosen()); }});</script>")


def test_a_dialog_that_comes_late_is_waited_for_in_page_time(visit: Open) -> None:
    with visit(late("!chosen()")) as comer:
        assert Asking(comer.visitor).asks() == ASKS
        Choices(comer.visitor).refuse_all()
        Reading(comer.visitor).visit("home page")
        assert Asking(comer.visitor).asks_again() == SILENT


def test_a_dialog_that_comes_late_on_every_page_asks_again(visit: Open) -> None:
    with visit(late("true")) as comer:
        Choices(comer.visitor).refuse_all()
        Reading(comer.visitor).visit("home page")
        assert Asking(comer.visitor).asks_again() == ASKS


@pytest.mark.parametrize(
    ("reads", "stored", "rejects"),
    [
        (IN_STORE, {"name": "choice", "also_local_storage": ["choice"]}, NO_COOKIES),
        (IN_STORE, {"name": "choice", "kind": "local_storage"}, {"rejects_own": True}),
        ("(document.cookie = 'test=1; path=/') && !document.cookie", {"name": "choice"}, NO_COOKIES),
    ],
)
def test_a_site_need_not_ask_where_the_browser_rejects_all_its_cookies(
    visit: Open, reads: str, stored: dict[str, Any], rejects: dict[str, Any]
) -> None:
    with visit(page(f"<script>bar.hidden = Boolean({reads});</script>"), stored=stored, **rejects) as comer:
        assert comer.judged() == Verdict(notes=(page_rules.TURNED_AWAY,))


@pytest.mark.parametrize("event", ["mousemove", "wheel", "keydown", "scroll"])
def test_a_dialog_that_comes_with_the_first_movement_is_one(visit: Open, event: str) -> None:
    html = with_first(event) + "<div style='height: 3000px'></div>"
    with visit(html) as comer:
        assert Asking(comer.visitor).asks() == ASKS
        Choices(comer.visitor).refuse_all()
        Reading(comer.visitor).visit("home page")
        assert Asking(comer.visitor).asks_again() == SILENT


def test_a_dialog_that_the_page_holds_and_never_shows_is_a_finding(visit: Open) -> None:
    with visit(page()) as comer:
        assert comer.rules() == ["not asked"]


def test_a_dialog_that_others_are_shown_is_missing_where_it_is_not(visit: Open) -> None:
    with visit(page(SHOWN_AT_ONCE), elsewhere="<title>Shop</title><main>No dialog here.</main>") as comer:
        assert comer.rules() == []
        comer.visitor.visit(f"{comer.visitor.profile.site.base_url}a", "reads an article")
        assert comer.rules() == ["not asked"]


OUT_OF_REACH = [
    "<div id=new-bar>We use cookies. <button>Accept all</button></div>",
    """<div id=host></div><script>
    host.attachShadow({ mode: 'closed' }).innerHTML = '<div id=bar>Cookies? <button id=yes>Accept all</button></div>';
    </script>""",
]


@pytest.mark.parametrize("dialog", OUT_OF_REACH, ids=["renamed", "closed"])
def test_a_dialog_that_nothing_is_found_of_leaves_a_doubt_that_says_so(visit: Open, dialog: str) -> None:
    with visit(f"<!doctype html><title>Shop</title><main>This is a page.</main>{dialog}") as comer:
        (doubt,) = comer.rules()
        assert "nothing on this page matches #bar" in doubt
        assert "closed shadow root" in doubt


MODAL = """<dialog id="bar">Cookies? <button id="yes">Accept all</button> <button id="no">Refuse all</button></dialog>
<script>yes.onclick = () => { choose('all'); bar.close(); }; no.onclick = () => { choose('none'); bar.close(); };
if (!chosen() && !sessionStorage.getItem('closed')) bar.showModal();</script>"""
REMEMBERS = "<script>bar.addEventListener('cancel', () => sessionStorage.setItem('closed', 'yes'));</script>"


@pytest.mark.parametrize(("more", "rules"), [("", []), (REMEMBERS, ["not asked"])], ids=["closes", "is taken"])
def test_escape_closes_a_dialog_and_is_no_choice(visit: Open, more: str, rules: list[str]) -> None:
    with visit(page(more, before=MODAL)) as comer:
        Reading(comer.visitor).press_escape()
        assert comer.rules() == rules


@pytest.mark.parametrize(
    ("counts_down", "rules"),
    [
        ("if (!chosen()) { bar.hidden = false; setTimeout(() => { bar.hidden = true; }, 20000); }", []),
        ("if (!chosen()) { bar.hidden = false; setTimeout(() => choose('all'), 20000); }", ["choice assumed"]),
        ("if (!sessionStorage.seen) { bar.hidden = false; setTimeout(() => { bar.hidden = true; }, 20000); }"
         " sessionStorage.seen = 1;", ["not asked"]),
    ],
)  # fmt: skip
def test_a_dialog_that_closes_itself_asks_for_as_long_as_nothing_is_chosen(
    visit: Open, counts_down: str, rules: list[str]
) -> None:
    with visit(page(f"<script>{counts_down}</script>")) as comer:
        Reading(comer.visitor).wait(60.0)
        assert comer.rules()[:1] == rules


def test_the_page_of_the_choice_does_not_speak_for_the_next_one(visit: Open) -> None:
    in_memory = page(SINGLE_PAGE, SHOWN_AT_ONCE, "<script>choose = () => { bar.hidden = true; };</script>").replace(
        "const choose", "let choose"
    )
    for html, seen in ((in_memory, ASKS), (page(SINGLE_PAGE, SHOWN_AT_ONCE), SILENT)):
        with visit(html) as comer:
            Choices(comer.visitor).refuse_all()
            Reading(comer.visitor).read_articles(2)
            assert Asking(comer.visitor).asks_again() == seen


def test_whoever_removes_all_cookies_comes_to_a_new_page(visit: Open) -> None:
    remembers = "<script>let known = chosen(); addEventListener('pagehide', () => known && choose(known));</script>"
    with visit(page(SINGLE_PAGE, SHOWN_AT_ONCE, remembers)) as comer:
        Choices(comer.visitor).accept_all()
        Reading(comer.visitor).read_articles(2)
        comer.visitor.remove_all_cookies()
        Reading(comer.visitor).visit("home page")
        assert comer.rules() == []


IN_LOCAL_STORAGE = """<script>
yes.onclick = () => { localStorage.choice = 'all'; bar.hidden = true; };
no.onclick = () => { localStorage.choice = 'none'; bar.hidden = true; };
bar.hidden = Boolean(localStorage.choice);</script>"""
IN_BOTH = """<script>
no.onclick = () => { localStorage.choice = 'none'; choose('none'); };
bar.hidden = Boolean(chosen() || localStorage.choice);</script>"""
IN_BOTH_AND_ASKS = IN_BOTH.replace("chosen() || localStorage.choice", "chosen()")


IN_FRAME = """<script>
if (location.hostname === 'localhost') {
  bar.hidden = true;
  const tell = () => parent.postMessage(localStorage.choice || '', '*');
  onmessage = ({ data }) => { localStorage.choice = data; tell(); };
  tell();
} else {
  const frame = document.createElement('iframe');
  frame.src = `//localhost:${location.port}/frame`;
  document.body.append(frame);
  onmessage = ({ data }) => { bar.hidden = Boolean(data); };
  yes.onclick = () => frame.contentWindow.postMessage('all', '*');
  no.onclick = () => frame.contentWindow.postMessage('none', '*');
}</script>"""


@pytest.mark.parametrize(
    ("script", "kept", "rules"),
    [
        (IN_FRAME, {"kind": "local_storage", "name": "choice"}, []),
        (IN_LOCAL_STORAGE, {"kind": "local_storage", "name": "choice"}, []),
        (IN_BOTH, {"name": "choice", "also_local_storage": ["choice"]}, ["not asked"]),
        (IN_BOTH, {"name": "choice"}, ["not asked"]),
        (IN_BOTH_AND_ASKS, {"name": "choice", "also_local_storage": ["choice"]}, []),
    ],
    ids=["frame's storage", "local storage", "both", "both unsaid", "both, and asks"],
)
def test_removing_all_cookies_is_judged_by_where_the_choice_is_kept(
    visit: Open, script: str, kept: dict[str, Any], rules: list[str]
) -> None:
    with visit(page(script), stored=kept) as comer:
        Choices(comer.visitor).refuse_all()
        comer.visitor.remove_all_cookies()
        Reading(comer.visitor).visit("home page")
        verdict = comer.judged()
        assert [finding.rule for finding in verdict.findings] == rules, verdict
        assert all('local storage entry "choice"' in finding.sentence for finding in verdict.findings)


def test_a_choice_without_a_term_is_not_held_to_one(visit: Open) -> None:
    with visit(page(IN_LOCAL_STORAGE), stored={"kind": "local_storage", "name": "choice"}) as comer:
        Choices(comer.visitor).refuse_all()
        comer.visitor.come_back(14 * 30.4 * 86400, "comes back after 14 months")
        assert comer.rules() == [
            'the site keeps the choice in the local storage entry "choice", which has no term of its own'
        ]


@pytest.mark.parametrize(("default", "rules"), [("unset", []), ("all", ["choice assumed"])])
def test_a_default_that_is_noted_at_once_is_no_choice(visit: Open, default: str, rules: list[str]) -> None:
    script = f"""<script>
    const at = () => Date.now();
    const note = (what) => {{ document.cookie = `choice=${{what}}.${{at()}}; path=/; max-age=8640000`; }};
    if (!chosen()) note('{default}');
    bar.hidden = Boolean(localStorage.answered);
    yes.onclick = () => {{ note('all'); localStorage.answered = 'yes'; bar.hidden = true; }};
    </script>"""
    with visit(page(script)) as comer:
        assert comer.rules() == rules


CONFIRMED = SHOWN_AT_ONCE + "<script>no.onclick = () => { if (confirm('Really refuse?')) choose('none'); };</script>"


def test_a_choice_that_a_box_of_the_browsers_asks_to_confirm_is_in_doubt_and_the_box_is_named(visit: Open) -> None:
    with visit(page(CONFIRMED)) as comer:
        with pytest.raises(Unfamiliar, match="the page asked 'Really refuse\\?' in a box of the browser's own"):
            Choices(comer.visitor).refuse_all()
        Choices(comer.visitor).accept_all()
        assert comer.visitor.granted
