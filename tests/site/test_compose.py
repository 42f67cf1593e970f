"""A survey becomes a profile that loads, says why, and is open about what it does not know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.drafting.compose import compose
from consentinel.drafting.survey import (
    Item,
    Option,
    Survey,
    Traces,
)
from consentinel.drafting.trackers import Trackers
from consentinel.evidence.records import Kind, StoredItem
from consentinel.site.classify import categories_of, is_choice
from consentinel.site.load import load_profile
from consentinel.site.profile import Category, Profile
from tests.site.builders import written

OWN = "www.shop.example"


def cookie(name: str, host: str = OWN) -> Item:
    return Item(Kind.COOKIE, host, name)


CHOICE = cookie("consent_choice")
BEFORE = Traces(frozenset({cookie("lang")}), frozenset({OWN, "cdn.example", "px.tracker.test"}))
SURVEY = Survey(
    url=f"https://{OWN}/",
    title='Shop "of" things',
    manager="klaro",
    options={Category.ANALYTICS: Option("stats", "Statistics")},
    strange_labels=("Chat",),
    before=BEFORE,
    refused=Traces(BEFORE.items | {CHOICE}, BEFORE.hosts),
    accepted=Traces(BEFORE.items | {CHOICE, cookie("_x"), cookie("mystery")}, BEFORE.hosts | {"late.example"}),
    alone={Category.ANALYTICS: Traces(BEFORE.items | {CHOICE, cookie("_x")}, BEFORE.hosts | {"stats.example"})},
    links={"policy": ("#policy", "/cookies")},
    articles=("/a", "/b"),
)
WAITING, REFUSED = {CHOICE: "!stats=wait"}, {CHOICE: "!stats=false"}
KNOWN = Trackers({"tracker.test": (Category.ADVERTISING, "Tracker Inc")})


def drafted(folder: Path, survey: Survey, trackers: Trackers = KNOWN) -> tuple[str, Profile]:
    text = compose(survey, trackers)
    return text, load_profile(str(written(folder, text)), environ={})


def test_a_draft_loads_and_holds_what_was_seen(tmp_path: Path) -> None:
    _, profile = drafted(tmp_path, SURVEY)
    assert profile.site.name == 'Shop "of" things'
    assert profile.consent.manager == "klaro"
    assert profile.consent.stored.name == "consent_choice"
    assert profile.categories[Category.FUNCTIONALITY].cookies == ("consent_choice",)
    assert profile.categories[Category.ANALYTICS].key == "stats"
    assert profile.categories[Category.ANALYTICS].cookies == ("_x",)
    assert profile.categories[Category.ANALYTICS].hosts == ("stats.example",)
    assert profile.categories[Category.ADVERTISING].hosts == ("px.tracker.test",)
    assert profile.partners == ("cdn.example",)
    assert profile.pages.policy == "/cookies"


def test_a_choice_that_the_managers_host_keeps_is_drafted_with_that_host(tmp_path: Path) -> None:
    away, other = cookie("consent_choice", "cmp.manager.test"), cookie("_tracking", "cmp.manager.test")
    refused = Traces(BEFORE.items | {away, other}, BEFORE.hosts)
    _, profile = drafted(tmp_path, replace(SURVEY, refused=refused, accepted=refused, alone={}))
    stored = profile.consent.stored
    assert (stored.name, stored.hosts) == ("consent_choice", ("cmp.manager.test",))
    kept = StoredItem(Kind.COOKIE, "cmp.manager.test", "consent_choice")
    assert is_choice(kept, profile)
    assert categories_of(kept, profile) == (Category.FUNCTIONALITY,)
    assert profile.partners == ("cdn.example",)


def test_a_draft_says_why_and_what_it_could_not_tell(tmp_path: Path) -> None:
    text, _ = drafted(tmp_path, SURVEY)
    assert '"_x",  # seen only where analytics was allowed' in text
    assert '"px.tracker.test",  # known as Tracker Inc' in text
    assert "#   cookies: lang on www.shop.example (stored before any choice)" in text
    assert "#   cookies: mystery on www.shop.example (seen only where everything was allowed)" in text
    assert "#   hosts: late.example (seen only where everything was allowed)" in text
    assert (
        '# ? The preferences offer a switch that fits no category: "Chat".\n#   It may be a category of its own' in text
    )
    assert "# ? Nothing was seen of social: no switch, no item, no host." in text


def test_a_switch_that_is_locked_and_on_is_taken_as_always_on_and_said_to_be(tmp_path: Path) -> None:
    locked = replace(SURVEY, options={Category.ANALYTICS: Option("", "Statistics", always=True)})
    text, profile = drafted(tmp_path, locked)
    assert profile.categories[Category.ANALYTICS].model == "always"
    assert "? The preferences show it locked and on" in text


def test_a_locked_category_that_stores_items_before_any_choice_is_not_excused(tmp_path: Path) -> None:
    before = replace(BEFORE, items=BEFORE.items | {cookie("_ga")})
    locked = replace(SURVEY, options={Category.ANALYTICS: Option("", "Statistics", always=True)}, before=before)
    _, profile = drafted(tmp_path, locked)
    assert "_ga" in profile.categories[Category.ANALYTICS].cookies
    assert Category.ANALYTICS in profile.refusable


def test_a_site_without_a_known_manager_still_gives_a_profile(tmp_path: Path) -> None:
    bare = replace(SURVEY, manager="", options={}, refused=None, accepted=None, alone={})
    text, profile = drafted(tmp_path, bare)
    assert profile.consent.manager == "auto"
    assert "# ? No known consent manager was recognised" in text
    assert "# ? Nothing was stored by a refusal" in text


def test_a_choice_that_leaves_nothing_behind_and_is_remembered_is_kept_by_the_server(tmp_path: Path) -> None:
    kept = replace(SURVEY, refused=BEFORE, accepted=None, alone={}, is_remembered=True)
    text, profile = drafted(tmp_path, kept)
    assert "the site did not ask again" in text
    assert (profile.consent.stored.kind, profile.consent.stored.name) == ("server", None)
    cache = Item(Kind.CACHE, OWN, "choices")
    for other in (
        replace(kept, is_remembered=False),
        replace(kept, refused=Traces(BEFORE.items | {cache}, frozenset())),
    ):
        assert drafted(tmp_path, other)[1].consent.stored.name == "unknown"


@given(st.text(max_size=40), st.text(min_size=1, max_size=40).filter(lambda name: "*" not in name))
def test_whatever_a_site_is_called_and_stores_the_draft_loads(
    tmp_path_factory: pytest.TempPathFactory, title: str, name: str
) -> None:
    encodable = (title + name).encode("utf-8", "ignore").decode("utf-8") == title + name
    if not encodable:
        return
    alone = {Category.ANALYTICS: Traces(frozenset({cookie(name)}), frozenset())}
    text = compose(replace(SURVEY, title=title, alone=alone), KNOWN)
    folder = tmp_path_factory.mktemp("draft")
    profile = load_profile(str(written(folder, text)), environ={})
    assert name in profile.categories[Category.ANALYTICS].cookies


def test_an_item_that_waits_for_the_choice_is_told_by_what_a_refusal_changes(tmp_path: Path) -> None:
    before = replace(BEFORE, items=BEFORE.items | {CHOICE}, values=WAITING)
    refused = replace(before, values=REFUSED)
    text, profile = drafted(tmp_path, replace(SURVEY, before=before, refused=refused))
    assert profile.consent.stored.name == "consent_choice"
    assert profile.consent.stored.undecided == ("!stats=wait",)
    assert "while the site waits for a choice" in text


def test_a_site_that_tells_services_of_consent_is_drafted_as_one(tmp_path: Path) -> None:
    told = {("google_consent_mode", OWN), ("google_consent_mode", "stats.example"), ("tcf", OWN)}
    accepted = replace(BEFORE, told_of_consent=frozenset(told))
    text, profile = drafted(tmp_path, replace(SURVEY, accepted=accepted))
    assert profile.signals.google_consent_mode
    assert (profile.signals.tcf, profile.signals.microsoft_consent_mode) == (True, False)
    assert f"IAB Europe's TCF was seen at {OWN}." in text
    assert f"seen at stats.example, {OWN}." in text
    silent, profile = drafted(tmp_path, SURVEY)
    assert not profile.signals.google_consent_mode
    assert "[signals]" not in silent


def test_a_choice_that_leaves_a_database_behind_is_kept_there(tmp_path: Path) -> None:
    base = Item(Kind.INDEXED_DB, OWN, "shop")
    left = replace(SURVEY, refused=replace(BEFORE, items=BEFORE.items | {base}))
    stored = drafted(tmp_path, left)[1].consent.stored
    assert (stored.kind, stored.name) == ("indexed_db", "shop")


def test_a_choice_that_is_kept_twice_is_said_to_be(tmp_path: Path) -> None:
    again = Item(Kind.LOCAL_STORAGE, OWN, CHOICE.name)
    refused, accepted = (Traces(BEFORE.items | {CHOICE, again}, values={again: value}) for value in ("0", "1"))
    _, profile = drafted(tmp_path, replace(SURVEY, refused=refused, accepted=accepted))
    assert profile.consent.stored.also_local_storage == (CHOICE.name,)
    assert CHOICE.name in profile.categories[Category.FUNCTIONALITY].local_storage


@pytest.mark.parametrize(
    ("script", "served_from", "asks"),
    [
        (f"https://{OWN}/static/consent.js", ("/static/consent.js",), False),
        ("https://cdn.manager.example/v2/main.js", ("cdn.manager.example",), False),
        ("https://cdn.example/manager/main.js", ("cdn.example/manager/main.js",), False),
        (f"https://{OWN}/assets/app.8f2c.js", (), True),
        (f"https://{OWN}/cookies", (), False),
        (f"https://{OWN}/never-asked-for/consent.js", (), False),
        ("", (), False),
    ],
)
def test_a_draft_says_where_the_consent_manager_comes_from(
    tmp_path: Path, script: str, served_from: tuple[str, ...], asks: bool
) -> None:
    addresses = frozenset({f"{script}?v=1", f"https://{OWN}/", "https://cdn.example/fonts/a.css"} - {"?v=1"})
    if "never" in script:
        addresses -= {f"{script}?v=1"}
    pages = {OWN: "/cookies"}
    writers = {(Kind.COOKIE, "consent_choice"): script}
    refused = Traces(BEFORE.items | {CHOICE}, BEFORE.hosts, pages, addresses=addresses, writers=writers)
    before = replace(BEFORE, addresses=addresses)
    text, profile = drafted(tmp_path, replace(SURVEY, before=before, refused=refused, accepted=None))
    assert profile.consent.served_from == served_from
    assert ("# served_from" in text) is asks


@pytest.mark.parametrize(
    ("script", "settings", "served_from"),
    [
        (f"https://{OWN}/consent.js", f"https://{OWN}/consent.json", ("/consent.js", "/consent.json")),
        (f"https://{OWN}/consent.js", "https://api.example/shop/1", ("/consent.js", "api.example/shop/1")),
        ("https://cdn.manager.example/main.js", "https://cdn.manager.example/shop.json", ("cdn.manager.example",)),
        ("https://cdn.manager.example/main.js", f"https://{OWN}/geo", ("cdn.manager.example", "/geo")),
        (f"https://{OWN}/app.js", f"https://{OWN}/app.json", ()),
    ],
)
def test_a_draft_says_where_the_managers_settings_come_from(
    tmp_path: Path, script: str, settings: str, served_from: tuple[str, ...]
) -> None:
    before = replace(BEFORE, addresses=frozenset({script}), settings={script: frozenset({settings})})
    writers = {(Kind.COOKIE, "consent_choice"): script}
    refused = replace(before, items=BEFORE.items | {CHOICE}, writers=writers)
    _, profile = drafted(tmp_path, replace(SURVEY, before=before, refused=refused, accepted=None))
    assert profile.consent.served_from == served_from
