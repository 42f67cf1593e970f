"""What a browser does not show counts where a verdict rests on it, and nowhere else."""

from __future__ import annotations

from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.records import STORED_KINDS, Kind, State
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import lifetime, stored
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.observability import about_storage, about_traffic
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    item,
    only,
    request,
    rest,
    state,
    timeline,
    visit,
    write,
)

WRITES = (Blindness(Kind.COOKIE, "not seen", aspect=Aspect.WRITE),)
TERMS = (Blindness(Kind.COOKIE, "not seen", aspect=Aspect.TERM),)
FRAMES = (Blindness(Kind.INDEXED_DB, "not seen", third_party=True),)
COOKIES = (Blindness(Kind.COOKIE, "not seen", third_party=True),)

PAGE = request(HOME, document=True, destination="document")


def seen(*requests: object) -> Timeline:
    return timeline(visit(), PAGE, *requests, state(20.0), rest())  # type: ignore[arg-type]


def test_unseen_writing_is_a_doubt_about_writing_alone() -> None:
    assert stored.only(seen(), PROFILE, (), WRITES).doubts == ()
    assert stored.none_of(seen(), PROFILE, ("analytics",), WRITES).doubts == ()  # type: ignore[arg-type]
    assert len(stored.written_since(seen(), PROFILE, ("analytics",), WRITES, 0.0).doubts) == 1  # type: ignore[arg-type]
    assert len(lifetime.bounded(seen(), PROFILE, WRITES).doubts) == 1


def test_what_is_unseen_for_one_reason_is_said_in_one_breath() -> None:
    blind = [Blindness(kind, "not seen", aspect=Aspect.WRITE) for kind in (Kind.COOKIE, Kind.CACHE)]
    assert about_storage(seen(), blind, aspects=tuple(Aspect)) == (
        "the writing of cookies and cache storage cannot be observed in chromium: not seen",
    )


def test_an_unseen_term_is_a_doubt_about_lifetimes() -> None:
    assert stored.only(seen(), PROFILE, (), TERMS).doubts == ()
    assert len(lifetime.bounded(seen(), PROFILE, TERMS).doubts) == 1


def test_another_sites_stores_need_a_frame_of_theirs() -> None:
    pixel = request("https://px.ads.example/", 11.0, destination="image")
    frame = request("https://px.ads.example/", 11.0, destination="iframe")
    untold = request("https://px.ads.example/", 11.0, content_type="text/html; charset=utf-8")
    assert about_storage(seen(), FRAMES) == ()
    assert about_storage(seen(pixel), FRAMES) == ()
    assert len(about_storage(seen(frame), FRAMES)) == 1
    assert len(about_storage(seen(untold), FRAMES)) == 1


def test_another_sites_cookies_need_no_more_than_a_request() -> None:
    own = request(f"{HOME}logo.png", 11.0, destination="image")
    pixel = request("https://px.ads.example/", 11.0, destination="image")
    assert about_storage(seen(own), COOKIES) == ()
    assert len(about_storage(seen(pixel), COOKIES)) == 1


def test_a_page_of_another_site_that_was_fetched_ahead_is_another_site() -> None:
    ahead = request("https://other.example/", 11.0, document=True, wishes=(("sec-purpose", "prefetch"),))
    assert len(about_storage(seen(ahead), COOKIES)) == 1


def test_where_no_request_is_seen_another_site_may_have_come_by() -> None:
    assert len(about_storage(timeline(visit(), state(20.0), rest()), FRAMES)) == 1


def test_a_frame_is_anothers_by_the_page_that_it_is_in() -> None:
    theirs = request("https://circle.example/", 5.0, document=True, destination="document")
    frame = request("https://circle.example/button", 11.0, destination="iframe")
    assert len(about_storage(timeline(theirs, PAGE, frame, state(20.0)), FRAMES)) == 1
    assert about_storage(timeline(theirs, state(20.0)), FRAMES) == ()


def test_each_browser_has_its_own() -> None:
    blind = (
        Blindness(Kind.COOKIE, "not seen", browser="webkit"),
        Blindness(Kind.CACHE, "not seen", browser="chromium"),
    )
    assert about_storage(seen(), blind) == ("cache storage cannot be observed in chromium: not seen",)


def test_a_store_that_refused_to_be_read_is_a_doubt_about_its_kind_alone() -> None:
    kinds = frozenset(STORED_KINDS) - {Kind.LOCAL_STORAGE}
    unread = ((Kind.LOCAL_STORAGE, "ads.example"), (Kind.LOCAL_STORAGE, "px.ads.example"))
    record = timeline(visit(), PAGE, State(20.0, (), kinds, unread), rest())
    told = "local storage of ads.example and px.ads.example could not be read"
    assert stored.only(record, PROFILE, (), ()).doubts == (told,)
    assert about_storage(record, (), (Kind.COOKIE,)) == ()


def test_a_channel_that_passes_no_proxy_is_a_doubt_about_traffic() -> None:
    opened = write("turn:px.ads.example:3478?transport=udp", kind=Kind.REQUEST, operation="channel")
    told = "what goes through the channel to turn:px.ads.example:3478 passes no proxy"
    assert about_traffic(seen(opened), ()) == (f"{told}; https://www.shop.example/m.js:12 opened it",)
    assert about_traffic(seen(write("x", kind=Kind.REQUEST, operation="fetch")), ()) == ()


def test_files_are_judged_as_other_items_are() -> None:
    profile = PROFILE.model_copy(
        update={
            "categories": {
                key: table.model_copy(update={"files": ("drafts/*",)}) if key == "functionality" else table
                for key, table in PROFILE.categories.items()
            }
        }
    )
    kept = State(20.0, (item(Kind.FILE, "drafts/one.txt"),), frozenset(STORED_KINDS))
    record = timeline(visit(), PAGE, kept, rest())
    assert stored.only(record, profile, (), ()) == Verdict()
    found = only(stored.only(record, PROFILE, (), ()))
    assert (found.kind, found.name) == (Kind.FILE, "drafts/one.txt")
    unread = State(20.0, (), frozenset(STORED_KINDS) - {Kind.FILE}, ((Kind.FILE, "ads.example"),))
    told = "files in the browser of ads.example could not be read"
    assert stored.only(timeline(visit(), PAGE, unread, rest()), PROFILE, (), ()).doubts == (told,)
