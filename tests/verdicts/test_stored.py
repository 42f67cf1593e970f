"""Rules about what is kept on the device."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import (
    STORED_KINDS,
    Kind,
    Request,
    Value,
)
from consentinel.site.profile import REFUSABLE, Category
from consentinel.verdicts import stored
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    BLIND,
    HOME,
    PROFILE,
    SCRIPT,
    choice,
    cookie,
    item,
    only,
    request,
    rest,
    setting,
    state,
    timeline,
    visit,
    write,
)

ANALYTICS = Category.ANALYTICS
CLEAN = (visit(), state(20.0, cookie("session"), cookie("choice")), rest())


def test_functionality_items_are_always_allowed() -> None:
    assert stored.only(timeline(*CLEAN), PROFILE, (), ()) == Verdict()


def test_an_item_of_a_category_that_was_not_allowed_is_a_finding() -> None:
    seen = timeline(visit(), write("_ga", at=5.0), state(20.0, cookie("session"), cookie("_ga")), rest())
    finding = only(stored.only(seen, PROFILE, (), ()))
    assert (finding.rule, finding.category, finding.kind) == ("stored without consent", "analytics", Kind.COOKIE)
    assert (finding.name, finding.host, finding.at) == ("_ga", "shop.example", 20.0)
    assert (finding.moment, finding.written_by) == ("reads article 1", SCRIPT)
    assert finding.sentence == (
        'The analytics cookie "_ga" of shop.example was stored, although only functionality items were allowed; '
        f"written by {SCRIPT}"
    )


def test_the_sentence_names_what_was_allowed() -> None:
    seen = timeline(visit(), state(20.0, cookie("_adn")), rest())
    finding = only(stored.only(seen, PROFILE, (ANALYTICS, Category.SOCIAL), ()))
    assert "although only functionality, analytics and social items were allowed" in finding.sentence


def test_an_allowed_category_may_store() -> None:
    seen = timeline(visit(), state(20.0, cookie("_ga")), rest())
    assert stored.only(seen, PROFILE, (ANALYTICS,), ()).findings == ()


def test_an_unknown_item_is_a_finding_of_its_own() -> None:
    finding = only(stored.only(timeline(visit(), state(20.0, cookie("zz")), rest()), PROFILE, REFUSABLE, ()))
    assert (finding.rule, finding.category) == ("undeclared: stored without consent", "undeclared")
    assert finding.sentence == (
        'The cookie "zz" of shop.example is in no category of the policy: stored before a choice'
    )


def test_an_unknown_item_after_a_choice_says_what_was_allowed() -> None:
    seen = timeline(visit(), choice(10.0), state(20.0, cookie("zz")), rest())
    assert only(stored.only(seen, PROFILE, (ANALYTICS,), ())).sentence == (
        'The cookie "zz" of shop.example is in no category of the policy: '
        "stored although only functionality and analytics items were allowed"
    )


def test_an_unknown_third_party_is_reported_whatever_it_calls_its_cookie() -> None:
    foreign = cookie("session", host="tracker.example")
    finding = only(stored.only(timeline(visit(), state(20.0, foreign), rest()), PROFILE, (), ()))
    assert (finding.category, finding.host) == ("undeclared", "tracker.example")


def test_a_host_whose_name_ends_like_a_partners_is_not_the_partner() -> None:
    partner, other = cookie("session", host="bing.com"), cookie("session", host="shopbing.com")
    finding = only(stored.only(timeline(visit(), state(20.0, partner, other), rest()), PROFILE, (), ()))
    assert finding.host == "shopbing.com"


@pytest.mark.parametrize("kind", STORED_KINDS)
def test_every_kind_of_store_counts(kind: Kind) -> None:
    seen = timeline(visit(), state(20.0, item(kind, "zz")), rest())
    assert only(stored.only(seen, PROFILE, (), ())).kind is kind


def test_what_was_written_and_removed_again_was_stored_all_the_same() -> None:
    seen = timeline(visit(), write("_ga", at=5.0), state(20.0), rest())
    assert only(stored.only(seen, PROFILE, (), ())).at == 5.0
    removed = setting("_ga", at=7.0, url=f"{HOME}next", max_age=0.0)
    answered = timeline(visit(), setting("_ga", at=6.0), removed, state(20.0), rest())
    finding = only(stored.only(answered, PROFILE, (), ()))
    assert finding.written_by == HOME
    assert finding.sentence.endswith(f"; written by {HOME}, removed by {HOME}next")
    later = timeline(visit(), setting("_ga", at=6.0), state(6.5, cookie("_ga")), removed, state(20.0), rest())
    assert only(stored.only(later, PROFILE, (), ())).sentence.endswith(f"; written by {HOME}")


def test_a_cookie_that_ran_out_before_it_could_be_read_was_stored() -> None:
    brief = timeline(visit(), setting("_ga", at=6.0, max_age=5.0), state(20.0), rest())
    assert only(stored.only(brief, PROFILE, (), ())).written_by == HOME


def test_a_header_is_no_stored_cookie() -> None:
    refused = timeline(visit(), setting("_ga", refused="it is larger than 4096 bytes"), state(20.0), rest())
    assert stored.only(refused, PROFILE, (), ()) == Verdict()
    unasked = timeline(visit(), setting("_ga", certain=False), state(20.0), rest())
    assert stored.only(unasked, PROFILE, (), ()) == Verdict()
    shown = timeline(visit(), setting("_ga", certain=False), state(20.0, cookie("_ga")), rest())
    assert only(stored.only(shown, PROFILE, (), ())).written_by == HOME
    sent = request(f"{HOME}a", at=12.0, cookies=(("_ga", Value("1")),))
    returned = timeline(visit(), setting("_ga", certain=False, host="www.shop.example"), sent, state(20.0), rest())
    assert only(stored.only(returned, PROFILE, (), ())).name == "_ga"


@pytest.mark.parametrize(
    "later",
    [
        pytest.param((setting("_ga", at=6.0),), id="nobody was seen removing it"),
        pytest.param(
            (setting("_ga", at=6.0, certain=False), setting("_ga", at=7.0, max_age=0.0)), id="a script may go without"
        ),
    ],
)
def test_a_cookie_that_is_gone_without_an_explanation_is_a_doubt(later: tuple[Request, ...]) -> None:
    verdict = stored.only(timeline(visit(), *later, state(20.0), rest()), PROFILE, (), ())
    assert verdict.findings == ()
    assert len(verdict.doubts) == 1
    assert 'whether the cookie "_ga" of shop.example was stored cannot be told' in verdict.doubts[0]
    assert stored.only(timeline(visit(), *later, state(20.0), rest()), PROFILE, (ANALYTICS,), ()) == Verdict()


def test_several_answers_that_the_browser_ignored_set_no_cookie() -> None:
    asked = [setting("_ga", f"{number}", at=6.0 + number, certain=False) for number in range(3)]
    assert stored.only(timeline(visit(), *asked, state(20.0), rest()), PROFILE, (), ()) == Verdict()


def test_what_answers_ask_for_says_nothing_of_an_earlier_one_unless_the_browser_took_it() -> None:
    ignored = setting("_ga", "2", at=7.0, certain=False)
    first = setting("_ga", "1", at=6.0)
    verdict = stored.only(timeline(visit(), first, ignored, state(20.0), rest()), PROFILE, (), ())
    assert (verdict.findings, len(verdict.doubts)) == ((), 1)
    taken = state(20.0, cookie("_ga", value="2"))
    assert only(stored.only(timeline(visit(), first, ignored, taken, rest()), PROFILE, (), ())).written_by == HOME


@pytest.mark.parametrize("lifetime", [0.0, -5.0])
def test_removing_is_no_storing(lifetime: float) -> None:
    removed = (write("_ga", max_age=lifetime), setting("_ga", max_age=lifetime))
    gone = write("_ga", operation="delete")
    assert stored.only(timeline(visit(), *removed, gone, state(20.0), rest()), PROFILE, (), ()).findings == ()


def test_one_item_is_one_finding_wherever_it_was_seen() -> None:
    jar = cookie("_ga", path="/shop", partition="https://www.shop.example")
    seen = timeline(visit(), write("_ga"), setting("_ga"), state(20.0, jar), state(30.0, jar), rest())
    assert len(stored.only(seen, PROFILE, (), ()).findings) == 1


def test_what_was_stored_before_a_moment_does_not_count_after_it() -> None:
    seen = timeline(
        visit(),
        write("_ga", at=5.0),
        setting("_adn", at=6.0),
        state(20.0, cookie("_adn")),
        visit(30.0),
        state(40.0),
        rest(),
    )
    assert len(stored.only(seen, PROFILE, (), ()).findings) == 2
    assert stored.only(seen, PROFILE, (), (), since=25.0).findings == ()


def test_an_entry_in_a_cache_shows_as_the_cache_itself() -> None:
    seen = timeline(visit(), write("", kind=Kind.CACHE), state(20.0), rest())
    assert stored.only(seen, PROFILE, (), ()).findings == ()


def test_none_of_looks_at_the_refused_categories_alone() -> None:
    seen = timeline(visit(), state(20.0, cookie("_ga"), cookie("circle"), cookie("zz")), rest())
    finding = only(stored.none_of(seen, PROFILE, (Category.SOCIAL,), ()))
    assert (finding.rule, finding.category, finding.name) == ("stored without consent", "social", "circle")
    assert "although social items were not allowed" in finding.sentence
    assert stored.none_of(seen, PROFILE, (Category.ADVERTISING,), ()).findings == ()


def test_none_of_can_be_asked_about_some_kinds_alone() -> None:
    seen = timeline(visit(), state(20.0, cookie("_ga"), item(Kind.INDEXED_DB, "buffer")), rest())
    finding = only(stored.none_of(seen, PROFILE, (ANALYTICS,), (), kinds=(Kind.INDEXED_DB,)))
    assert finding.kind is Kind.INDEXED_DB


def test_outside_cookies_leaves_cookies_to_other_rules() -> None:
    seen = timeline(
        visit(), state(20.0, cookie("_ga"), item(Kind.LOCAL_STORAGE, "ui"), item(Kind.CACHE, "creatives")), rest()
    )
    finding = only(stored.outside_cookies(seen, PROFILE, (), ()))
    assert (finding.kind, finding.category) == (Kind.CACHE, "advertising")
    assert stored.outside_cookies(seen, PROFILE, (Category.ADVERTISING,), ()).findings == ()


def test_a_browser_that_rejects_all_cookies_stores_no_functionality_item_either() -> None:
    finding = only(stored.nothing_at_all(timeline(visit(), state(20.0, cookie("session")), rest()), PROFILE))
    assert (finding.rule, finding.category) == ("stored although the browser rejects it", "functionality")
    assert finding.sentence.endswith("was stored, although the browser rejects all cookies")
    assert stored.nothing_at_all(timeline(visit(), state(20.0), rest()), PROFILE) == Verdict()


def test_a_device_that_was_never_read_is_a_doubt() -> None:
    assert stored.nothing_at_all(timeline(visit(), rest()), PROFILE).doubts == ("what is stored was never read",)


def test_a_third_partys_cookie_is_a_finding_unless_it_is_partitioned() -> None:
    own, foreign = cookie("session"), cookie("circle", host="circle.example")
    seen = timeline(visit(), state(20.0, own, foreign, item(Kind.LOCAL_STORAGE, "k", host="circle.example")), rest())
    finding = only(stored.no_third_party_cookie(seen, PROFILE))
    assert (finding.rule, finding.category, finding.host) == ("third-party cookie stored", "social", "circle.example")
    assert finding.sentence.endswith("was stored, although the browser rejects cookies of other sites")
    partitioned = cookie("circle", host="circle.example", partition="https://shop.example")
    assert stored.no_third_party_cookie(timeline(visit(), state(20.0, partitioned), rest()), PROFILE) == Verdict()
    assert stored.no_third_party_cookie(timeline(visit()), PROFILE).doubts == ("what is stored was never read",)


@pytest.mark.parametrize(
    "ask",
    [
        lambda seen, blind: stored.only(seen, PROFILE, (), blind),
        lambda seen, blind: stored.none_of(seen, PROFILE, REFUSABLE, blind),
        lambda seen, blind: stored.outside_cookies(seen, PROFILE, (), blind),
        lambda seen, blind: stored.written_since(seen, PROFILE, REFUSABLE, blind, 0.0),
        lambda seen, blind: stored.declared_once(seen, PROFILE, blind),
    ],
)
def test_a_store_that_cannot_be_read_is_a_doubt(ask: object) -> None:
    assert callable(ask)
    assert ask(timeline(*CLEAN), ()).doubts == ()
    assert ask(timeline(*CLEAN), BLIND).doubts == (
        "IndexedDB cannot be observed in chromium: a planted item was not seen",
    )
    assert "what is stored was never read" in ask(timeline(visit(), rest()), ()).doubts
    unread = timeline(visit(), state(20.0, seen=frozenset({Kind.COOKIE})), rest())
    assert "cache storage could not be read" in ask(unread, ()).doubts


def test_a_hostile_name_is_tamed_and_cut() -> None:
    name = "\x1b[2J\u202e" + "x" * 500
    finding = only(stored.only(timeline(visit(), state(20.0, item(Kind.LOCAL_STORAGE, name)), rest()), PROFILE, (), ()))
    assert finding.sentence.startswith('The local storage entry "[U+001B][2J[U+202E]xxx')
    assert len(finding.sentence) < 250
    assert finding.name == name
