"""Rules about what happens once it is allowed, and about what was not seen to happen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consentinel.evidence.records import Kind, Record, Value
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import REFUSABLE, Profile
from consentinel.verdicts import allowed_works
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    cookie,
    only,
    request,
    rest,
    state,
    timeline,
    visit,
)

ANALYTICS, SOCIAL, ADVERTISING = REFUSABLE
METRICS = "https://a.metrics.example/collect?cid=12345678"

AT_WORK = (visit(), request(METRICS, at=12.0), state(20.0, cookie("_ga")), rest())


def test_a_category_at_work_stores_and_is_heard() -> None:
    assert allowed_works.at_work(timeline(*AT_WORK), PROFILE, ANALYTICS) == Verdict()


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ((AT_WORK[0], AT_WORK[1], rest()), "Analytics cookies were allowed, but nothing was stored"),
        ((AT_WORK[0], AT_WORK[2], rest()), "Analytics cookies were allowed, but no analytics service was contacted"),
        ((visit(), rest()),
         "Analytics cookies were allowed, but nothing was stored and no analytics service was contacted"),
        ((visit(), request(METRICS, status=502), AT_WORK[2], rest()),
         "Analytics cookies were allowed, but no analytics service was contacted"),
    ],
)  # fmt: skip
def test_a_category_that_does_nothing_proves_nothing(records: tuple[object, ...], told: str) -> None:
    finding = only(allowed_works.at_work(timeline(*records), PROFILE, ANALYTICS))  # type: ignore[arg-type]
    assert (finding.rule, finding.category, finding.kind, finding.name) == (
        "not at work",
        "analytics",
        Kind.PAGE,
        "analytics",
    )
    assert (finding.host, finding.moment, finding.written_by) == ("www.shop.example", "reads article 1", HOME)
    assert finding.sentence == told


def test_what_happened_before_the_choice_is_not_at_work_after_it() -> None:
    assert allowed_works.at_work(timeline(*AT_WORK), PROFILE, ANALYTICS, since=15.0).findings


def expecting(*words: str, **changes: object) -> Profile:
    """The profile in which this is expected of each category."""
    tables = {one: table.model_copy(update={"expected": words, **changes}) for one, table in PROFILE.categories.items()}
    return PROFILE.model_copy(update={"categories": tables})


@pytest.mark.parametrize("seen", [AT_WORK[1:2], AT_WORK[2:3], AT_WORK[1:3]])
def test_without_a_word_in_the_profile_one_of_both_is_at_work(seen: tuple[Record, ...]) -> None:
    assert allowed_works.at_work(timeline(visit(), *seen, rest()), expecting(), ANALYTICS) == Verdict()


@pytest.mark.parametrize(
    ("expected", "seen", "lacks"), [("sent", AT_WORK[2], "no analytics service"), ("stored", AT_WORK[1], "nothing was")]
)
def test_only_what_is_expected_may_be_missed(expected: str, seen: Record, lacks: str) -> None:
    (other,) = {"sent", "stored"} - {expected}
    records = timeline(visit(), seen, rest())
    assert allowed_works.at_work(records, expecting(other), ANALYTICS) == Verdict()
    assert lacks in only(allowed_works.at_work(records, expecting(expected), ANALYTICS)).sentence


def test_a_category_of_which_nothing_was_seen_is_a_doubt_that_says_what_would_settle_it() -> None:
    (doubt,) = allowed_works.at_work(timeline(visit(), rest()), expecting(), ANALYTICS).doubts
    assert doubt == (
        "nothing of analytics was seen on these pages; "
        'if it must be, categories.analytics.expected = ["stored"] says so'
    )


def test_of_several_categories_each_must_be_at_work() -> None:
    shop = (visit(), request("https://ads.example/pixel", at=12.0), *AT_WORK[1:])
    assert allowed_works.all_at_work(timeline(*shop), PROFILE, (ANALYTICS, ADVERTISING)) == Verdict()
    assert only(allowed_works.all_at_work(timeline(*shop), PROFILE, REFUSABLE)).category == "social"


def test_what_was_not_seen_beside_what_is_at_work_is_a_note_unless_it_is_expected() -> None:
    both = (ANALYTICS, ADVERTISING)
    verdict = allowed_works.all_at_work(timeline(*AT_WORK), expecting(), both)
    assert (verdict.findings, verdict.doubts) == ((), ())
    (note,) = verdict.notes
    assert note.startswith("nothing of advertising was seen on these pages")
    (finding,) = allowed_works.all_at_work(timeline(*AT_WORK), expecting("stored"), both).findings
    assert finding.category == "advertising"
    assert len(allowed_works.all_at_work(timeline(visit(), rest()), expecting(), both).doubts) == 2


def test_a_category_that_declares_nothing_is_named_in_a_note() -> None:
    bare = {
        one: table if one is ANALYTICS else table.model_copy(update={"cookies": (), "caches": (), "hosts": ()})
        for one, table in expecting(local_storage=(), indexed_db=(), session_storage=(), requests=()).categories.items()
    }
    profile = PROFILE.model_copy(update={"categories": bare})
    verdict = allowed_works.all_at_work(timeline(*AT_WORK), profile, (ANALYTICS, ADVERTISING))
    said = "advertising was not judged: the profile declares no item and no service of it"
    assert verdict == Verdict(notes=(said,))


def test_a_category_that_declares_nothing_has_nothing_to_show() -> None:
    bare = expecting(cookies=(), caches=(), indexed_db=(), hosts=(), requests=())
    (doubt,) = allowed_works.all_at_work(timeline(*AT_WORK), bare, REFUSABLE).doubts
    assert doubt.startswith("the profile declares no item and no service")


@pytest.mark.parametrize(
    "ask",
    [
        lambda seen, profile: allowed_works.reports_pages(seen, profile, ANALYTICS, [f"{HOME}articles/one"]),
        lambda seen, profile: allowed_works.reports_words(seen, profile, ANALYTICS, "the campaign", ["spring"]),
        lambda seen, profile: allowed_works.reports_parameter(
            seen, profile, ANALYTICS, "the feature test", ("ab", "A")
        ),
        lambda seen, profile: allowed_works.recognised(seen, profile, SOCIAL),
    ],
)
def test_what_nobody_counted_is_a_finding_only_where_counting_is_expected(
    ask: Callable[[Timeline, Profile], Verdict],
) -> None:
    seen = timeline(visit(), rest())
    assert len(ask(seen, expecting("sent")).findings) == 1
    silent = ask(seen, expecting("stored"))
    assert (silent.findings, len(silent.doubts)) == ((), 1)


def counted(*urls: str) -> Verdict:
    pages = [f"{HOME}articles/one", f"{HOME}articles/two"]
    return allowed_works.reports_pages(timeline(visit(), *map(request, urls), rest()), PROFILE, ANALYTICS, pages)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("caf%C3%A9/", "p=/caf\u00e9/"),
        ("caf%C3%A9/", "p=%2Fcaf%25C3%25A9"),
        ("tea/", "u=https%3A%2F%2Fwww.shop.example%2Ftea"),
        ("tea", "u=https%3A%2F%2Fwww.shop.example%2Fen%2Ftea"),
    ],
)
def test_a_page_may_be_counted_in_another_spelling_or_where_it_has_led_to(page: str, said: str) -> None:
    detour = request(f"{HOME}en/tea", 5.0, document=True, asked=f"{HOME}tea")
    hits = [request(f"https://a.metrics.example/c?{said}"), request("https://a.metrics.example/c?u=https://x.example")]
    seen = timeline(visit(), detour, *hits, rest())
    assert allowed_works.reports_pages(seen, PROFILE, ANALYTICS, [f"{HOME}{page}#top"]) == Verdict()
    assert only(allowed_works.reports_pages(seen, PROFILE, ANALYTICS, [HOME])).name == "/"


def test_every_page_was_counted_by_its_own_path() -> None:
    one, two = (
        f"https://a.metrics.example/c?dl=https%3A%2F%2Fwww.shop.example%2Farticles%2F{n}" for n in ("one", "two")
    )
    assert counted(one, two) == Verdict()
    finding = only(counted(one))
    assert (finding.rule, finding.name) == ("not counted", "/articles/two")
    assert finding.sentence == "The visit to /articles/two was not counted, although analytics cookies are allowed"
    assert counted(one, f"{two}-hundred").findings, "a longer path is another page"
    assert counted(one, two.replace("metrics", "ads")).findings, "another category's service is not told on behalf"


def test_no_word_that_a_page_sends_breaks_the_rule() -> None:
    assert counted("https://a.metrics.example/c?dl=http://[&x=//%E2%84%80").findings


def test_a_campaign_was_counted_with_all_of_its_words() -> None:
    def told(url: str, *words: str) -> Verdict:
        return allowed_works.reports_words(
            timeline(visit(), request(url), rest()), PROFILE, ANALYTICS, "the campaign", words
        )

    url = "https://a.metrics.example/c?cs=letter&cn=spring"
    assert told(url, "letter", "spring") == Verdict()
    finding = only(told(url, "letter", "autumn"))
    assert (finding.rule, finding.name) == ("not counted", "the campaign")
    assert finding.sentence == "The campaign was not counted, although analytics cookies are allowed"
    assert told(url).findings, "nothing to look for is never found"


def test_a_parameter_counts_only_with_its_value() -> None:
    def told(pair: tuple[str, str], url: str = "https://a.metrics.example/c?ab=blue", body: str = "") -> Verdict:
        seen = timeline(visit(), request(url, body=Value(body)), rest())
        return allowed_works.reports_parameter(seen, PROFILE, ANALYTICS, "the feature test", pair)

    assert told(("ab", "blue")) == Verdict()
    assert told(("ab", "red"), body="x=1\nab=red") == Verdict()
    assert only(told(("ab", "red"))).sentence.startswith("The feature test was not counted")
    assert told(("b", "blue")).findings


def test_a_network_that_was_sent_its_cookie_recognised_the_visitor() -> None:
    button = request("https://circle.example/button", at=12.0, cookies=(("circle", Value("1")),))
    assert allowed_works.recognised(timeline(visit(), button, rest()), PROFILE, SOCIAL) == Verdict()
    bare = request("https://circle.example/button")
    finding = only(allowed_works.recognised(timeline(visit(), bare, rest()), PROFILE, SOCIAL))
    assert (finding.rule, finding.category) == ("not recognised", "social")
    assert finding.sentence == "No social service was sent the cookie by which it knows the visitor"
    assert allowed_works.recognised(timeline(visit(), button, rest()), PROFILE, SOCIAL, since=13.0).findings
