"""Pages that work against the recorder: what they keep and send is in the record all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.browser.spec import CookiePolicy, Engine
from consentinel.browser.wait import NotYet, wait_until
from consentinel.evidence.records import Kind
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Profile
from consentinel.verdicts.observability import about_storage, about_traffic
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.completeness.log import ServerLog, recorded
from tests.completeness.test_corners import known

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


def go(visitor: Visitor, site: RunningSite, name: str) -> None:
    visitor.visit(site.url(hosts.CONTROL, f"/corners/page/{name}?run={name}"), f"visits a page that is {name}")


def stored(visitor: Visitor) -> set[tuple[Kind, str]]:
    return {(item.kind, item.name) for item in visitor.recorder.ledger.items()}


def written(visitor: Visitor) -> set[tuple[Kind, str]]:
    return {(one.kind, one.name) for one in visitor.timeline.writes if one.operation == "set"}


def asked(log: ServerLog) -> set[str]:
    return {path.rpartition("/")[2] for _, _, path, _ in log.asked()}


def test_a_page_that_replaces_what_it_runs_on_hides_nothing(
    visitor: Visitor, site: RunningSite, log: ServerLog
) -> None:
    go(visitor, site, "hostile")
    assert asked(log) >= {"hostile-done", "hostile-late", "hostile-text"}
    assert recorded(visitor.timeline) == log.asked()
    assert stored(visitor) >= {
        (Kind.LOCAL_STORAGE, "hostile_local"),
        (Kind.SESSION_STORAGE, "hostile_session"),
        (Kind.INDEXED_DB, "hostile-db"),
        (Kind.CACHE, "hostile-cache"),
    }
    assert "hostile_cookie" in visitor.cookie_names()
    assert written(visitor) >= {(Kind.COOKIE, "hostile_moment"), (Kind.LOCAL_STORAGE, "hostile_moment")}


def test_the_natives_of_a_new_frame_are_watched_too(visitor: Visitor, site: RunningSite, log: ServerLog) -> None:
    go(visitor, site, "pristine")
    assert recorded(visitor.timeline) == log.asked()
    assert "pristine-late" in asked(log)
    assert written(visitor) >= {(Kind.COOKIE, "pristine_moment"), (Kind.LOCAL_STORAGE, "pristine_moment")}


def test_what_an_answer_has_removed_was_there(visitor: Visitor, site: RunningSite) -> None:
    go(visitor, site, "cleared")
    assert written(visitor) >= {(Kind.COOKIE, "cleared_cookie"), (Kind.LOCAL_STORAGE, "cleared_local")}
    assert stored(visitor) == set()
    assert visitor.cookie_names() == set()


def test_a_database_that_is_kept_from_opening_is_there(visitor: Visitor, site: RunningSite, log: ServerLog) -> None:
    go(visitor, site, "hostage")
    wait_until("the database to be held", lambda: _reached(log, "hostage-done"), 10)
    with visitor.doing("looks again"):
        pass
    assert (Kind.INDEXED_DB, hosts.CONTROL, "hostage-db") in known(visitor.timeline)


def test_a_channel_that_passes_no_proxy_is_a_doubt(visitor: Visitor, site: RunningSite) -> None:
    go(visitor, site, "channels")
    (doubt,) = about_traffic(visitor.timeline, ())
    assert "stun:guest.localhost:3478" in doubt


def test_files_are_read_with_their_folders(visitor: Visitor, site: RunningSite) -> None:
    go(visitor, site, "files")
    script = "return document.documentElement.dataset.kept"
    with visitor.doing("waits"):
        kept = wait_until("the page to try", lambda: _told(visitor, script), 10)
    state = visitor.timeline.state
    assert state is not None
    files = {item.name: item for item in state.items if item.kind is Kind.FILE}
    assert set(files) == ({"corner/kept", "corner/empty/"} if kept == "yes" else set())
    for name, text in (("corner/kept", "corner-text"), ("corner/empty/", "")) if files else ():
        assert files[name].value.text == text
        assert "/corners/files/files.js" in visitor.timeline.attribution.of(files[name], state.at)
    assert about_storage(visitor.timeline, (), (Kind.FILE,)) == ()
    assert (visitor.browser.engine is not Engine.CHROMIUM) or kept == "yes"


def test_a_store_that_the_browser_refuses_is_a_doubt(resources: Resources, profile: Profile, site: RunningSite) -> None:
    spec = replace(resources.spec, cookies=CookiePolicy.NONE)
    visitor = Visitor("visitor", resources, profile, spec)
    try:
        visitor.visit(site.url(hosts.CONTROL, "/corners/ahead/blank"), "visits a page")
        doubts = about_storage(visitor.timeline, (), (Kind.LOCAL_STORAGE,))
    finally:
        visitor.leave()
    assert doubts == (f"local storage of {hosts.CONTROL} could not be read",)


def _reached(log: ServerLog, means: str) -> bool:
    if means not in asked(log):
        raise NotYet("the page has not sent it")
    return True


def _told(visitor: Visitor, script: str) -> str:
    told = visitor.browser.driver.execute_script(script)
    if told is None:
        raise NotYet("the page has not said it")
    return str(told)
