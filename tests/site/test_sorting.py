"""What no visit tells is proposed by what is publicly known, and said to be a proposal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.drafting.known import known_item, known_request
from consentinel.drafting.sorting import (
    busier,
    partners,
    sort_hosts,
    sort_items,
    sort_requests,
    tellers,
    what_it_brings,
)
from consentinel.drafting.survey import Item, Survey, Traces
from consentinel.drafting.trackers import Trackers
from consentinel.evidence.records import Kind
from consentinel.site.profile import Category
from tests.site.test_compose import (
    BEFORE,
    CHOICE,
    OWN,
    SURVEY,
    cookie,
)

NOBODY = Trackers({})


def all_or_nothing(accepted: Traces, before: Traces = BEFORE) -> Survey:
    refused = replace(before, items=before.items | {CHOICE})
    return replace(SURVEY, options={}, alone={}, before=before, refused=refused, accepted=accepted)


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("_ga", Category.ANALYTICS),
        ("_ga_4XJ2", Category.ANALYTICS),
        ("_pk_id.1.1fff", Category.ANALYTICS),
        ("_fbp", Category.ADVERTISING),
        ("csrftoken", Category.FUNCTIONALITY),
        ("__Host-csrftoken", Category.FUNCTIONALITY),
        ("crumb", Category.FUNCTIONALITY),
        ("_abck", Category.FUNCTIONALITY),
        ("mage-cache-storage-section-invalidation", Category.FUNCTIONALITY),
        ("OptanonConsent", Category.FUNCTIONALITY),
        ("ASPSESSIONIDCQQTARTT", Category.FUNCTIONALITY),
        ("shop_session", Category.FUNCTIONALITY),
        ("ai_session", Category.ANALYTICS),
        ("mtm_consent_removed", Category.FUNCTIONALITY),
        ("rl_session", Category.ANALYTICS),
        ("TS01b2c3d4", Category.FUNCTIONALITY),
        ("wc_cart_hash_ab12", Category.FUNCTIONALITY),
        ("__Secure-next-auth.callback-url", Category.FUNCTIONALITY),
        ("4f2a9c1d8e7b6a5f4f2a9c1d8e7b6a5f", Category.FUNCTIONALITY),
        ("4f2a9c1d8e7b6a5f", None),
        ("choice", None),
        ("garden", None),
        ("", None),
    ],
)
def test_a_name_is_known_or_it_is_not(name: str, category: Category | None) -> None:
    found = known_item(name, Kind.COOKIE)
    assert (found.category if found else None) is category


@pytest.mark.parametrize(
    ("url", "category"),
    [
        ("https://www.shop.example/stats/matomo.php?idsite=3&rec=1", Category.ANALYTICS),
        ("https://metrics.shop.example/g/collect?v=2&tid=G-1&cid=4", Category.ANALYTICS),
        ("https://px.example/tr/?id=12&ev=PageView", Category.ADVERTISING),
        ("https://www.shop.example/matomo.php", None),
        ("https://www.shop.example/collect?shells=1", None),
        ("https://www.shop.example/try?id=1&ev=2", None),
        ("http://[broken/matomo.php?idsite=1", None),
    ],
)
def test_a_request_is_known_by_its_shape(url: str, category: Category | None) -> None:
    found = known_request(url)
    assert (found.category if found else None) is category


def test_first_party_analytics_is_named_by_the_shape_of_its_requests() -> None:
    url = f"https://{OWN}/stats/matomo.php?idsite=1&rec=1"
    found = sort_requests(all_or_nothing(replace(BEFORE, addresses=frozenset({url, f"https://{OWN}/"}))), OWN)
    assert {path: verdict.category for path, verdict in found.items()} == {"/stats/matomo.php": Category.ANALYTICS}


def test_a_request_of_a_known_service_that_does_not_wait_for_a_choice_is_said_to_be_a_breach_or_announced() -> None:
    asked = frozenset({f"https://{OWN}/matomo.php?idsite=1&rec=1"})
    quiet, heard = replace(BEFORE, addresses=frozenset[str]()), replace(BEFORE, addresses=asked)
    [early] = sort_requests(all_or_nothing(heard, before=heard), OWN).values()
    [late] = sort_requests(all_or_nothing(heard, before=quiet), OWN).values()
    assert "cookieless_pings" in early.why
    assert "cookieless_pings" not in late.why


def test_where_all_or_nothing_can_be_accepted_known_names_are_proposed() -> None:
    accepted = replace(BEFORE, items=BEFORE.items | {CHOICE, cookie("_ga"), cookie("mystery")})
    found = sort_items(all_or_nothing(accepted), NOBODY, OWN)
    assert found[cookie("_ga")].category is Category.ANALYTICS
    assert found[cookie("_ga")].why.startswith("? proposed: ")
    assert found[cookie("mystery")].category is None


@pytest.mark.parametrize(
    ("values", "category"),
    [
        (("no", "no", "no"), Category.FUNCTIONALITY),
        (("A", "B", "A"), Category.FUNCTIONALITY),
        (("f81", "c02", "77a"), None),
        (("no", "no", "f81"), None),
    ],
)
def test_what_is_the_same_for_every_visitor_is_proposed_as_needed(
    values: tuple[str, str, str], category: Category | None
) -> None:
    flag = cookie("flag")
    first, second, third = (replace(BEFORE, items=BEFORE.items | {flag}, values={flag: value}) for value in values)
    survey = replace(all_or_nothing(third, first), refused=second)
    found = sort_items(survey, NOBODY, OWN)[flag]
    assert (found.category, found.why.startswith("? proposed: ")) == (category, category is not None)
    assert sort_items(survey, NOBODY, "elsewhere.example")[flag].category is None


def test_what_has_no_name_is_proposed_as_what_has_one() -> None:
    item = cookie("")
    seen = replace(BEFORE, items=BEFORE.items | {item}, values={item: "1"})
    survey = replace(all_or_nothing(seen, seen), refused=seen)
    assert sort_items(survey, NOBODY, OWN)[item].category is Category.FUNCTIONALITY


def test_what_a_visit_told_counts_more_than_a_name() -> None:
    alone = {Category.ADVERTISING: Traces(BEFORE.items | {cookie("_ga")}, BEFORE.hosts)}
    found = sort_items(replace(SURVEY, alone=alone), NOBODY, OWN)
    assert found[cookie("_ga")].category is Category.ADVERTISING


def test_a_host_goes_with_the_item_whose_value_it_is_told() -> None:
    accepted = Traces(
        BEFORE.items | {CHOICE, cookie("_ga")},
        BEFORE.hosts | {"metrics.example", "fonts.example"},
        told={"metrics.example": frozenset({cookie("_ga")}), "www.shop.example": frozenset({CHOICE})},
    )
    found = sort_hosts(all_or_nothing(accepted), NOBODY, OWN)
    assert found["metrics.example"].category is Category.ANALYTICS
    assert found["metrics.example"].why.startswith("? proposed: ")
    assert found["fonts.example"].category is None


def test_what_one_visitor_of_two_was_left_with_is_listed_as_such() -> None:
    before = replace(BEFORE, items=BEFORE.items | {cookie("csrftoken"), cookie("experiment")})
    survey = replace(all_or_nothing(before, before), sometimes=frozenset({cookie("csrftoken"), cookie("experiment")}))
    found = sort_items(survey, NOBODY, OWN)
    assert found[cookie("csrftoken")].category is Category.FUNCTIONALITY
    assert found[cookie("experiment")].category is None
    assert found[cookie("experiment")].why == "stored before any choice, by one visitor of two"


def test_a_probe_of_the_store_is_told_from_an_identifier_that_is_removed_at_once() -> None:
    probe, identifier = Item(Kind.LOCAL_STORAGE, OWN, "storage_test"), Item(Kind.LOCAL_STORAGE, OWN, "_uid")
    first, second = ({probe: "1", identifier: value} for value in ("a81be0", "77c2d9"))
    passed = frozenset({probe, identifier})
    before = replace(BEFORE, passed=passed, values=first)
    found = sort_items(all_or_nothing(replace(BEFORE, passed=passed, values=second), before), NOBODY, OWN)
    assert found[probe].category is Category.FUNCTIONALITY
    assert found[identifier].category is None
    assert found[identifier].why == "stored before any choice, and removed again"


def test_what_any_choice_stores_for_the_next_page_alone_is_a_message_about_it() -> None:
    message, counter = cookie("messages"), cookie("_ga")
    passed = replace(BEFORE, passed=frozenset({message, counter}), values={message: "Zm9v", counter: "GA1.1.7"})
    found = sort_items(replace(all_or_nothing(passed), refused=passed), NOBODY, OWN)
    assert (found[message].category, found[counter].category) == (Category.FUNCTIONALITY, Category.ANALYTICS)
    assert found[message].why.startswith("? proposed: stored with any choice, and removed again")
    always = sort_items(replace(all_or_nothing(passed, passed), refused=passed), NOBODY, OWN)
    assert always[message].category is None


@pytest.mark.parametrize(
    ("host", "writer", "told", "category"),
    [
        (OWN, "", "https://cdn.example/base.css", Category.FUNCTIONALITY),
        ("shop.example", f"https://{OWN}/choice.js", f"https://{OWN}/log?v=7f3c9a1e5b2d", Category.FUNCTIONALITY),
        ("ads.test", "", "https://cdn.example/base.css", None),
        (OWN, "https://ads.test/tag.js", "https://cdn.example/base.css", None),
        (OWN, f"https://{OWN}/choice.js", "https://ads.test/hit?v=7f3c9a1e5b2d", None),
    ],
)
def test_what_a_stranger_stores_or_is_told_is_no_message_of_the_site(
    host: str, writer: str, told: str, category: Category | None
) -> None:
    item = cookie("seen", host)
    writers = {(item.kind, item.name): writer} if writer else {}
    values = {item: "7f3c9a1e5b2d"}
    passed = replace(BEFORE, passed=frozenset({item}), values=values, writers=writers, addresses=frozenset({told}))
    found = sort_items(replace(all_or_nothing(passed), refused=passed), NOBODY, OWN)
    assert found[item].category is category


def test_a_partner_that_is_asked_for_more_after_acceptance_is_pointed_out() -> None:
    plain = {"https://cdn.example/base.css", "https://static.example/a.js?v=1"}
    before = replace(BEFORE, addresses=frozenset(plain))
    more = frozenset({*plain, "https://cdn.example/tag.js", "https://static.example/a.js?v=2"})
    survey = all_or_nothing(replace(before, addresses=more), before)
    assert busier(survey, ("cdn.example", "static.example")) == ("cdn.example",)


def test_a_partner_may_keep_what_its_working_takes_and_nothing_else() -> None:
    def taken(name: str) -> tuple[str, ...]:
        before = replace(BEFORE, items=BEFORE.items | {cookie(name, "cdn.example")})
        survey = all_or_nothing(before, before)
        return partners(survey, sort_hosts(survey, NOBODY, OWN), sort_items(survey, NOBODY, OWN))

    assert "cdn.example" in taken("__cf_bm")
    assert "cdn.example" not in taken("visitor")


@pytest.mark.parametrize(
    ("asked", "is_taken"),
    [
        (("https://log.example/v1/consents?id=1",), True),
        (("https://cookie-log.example/v1",), True),
        (("https://log.example/v1/consents", "https://log.example/view"), False),
        (("https://log.example/collect?consent=1",), False),
    ],
)
def test_a_service_that_hears_of_each_choice_alone_is_proposed_as_a_partner(
    asked: tuple[str, ...], is_taken: bool
) -> None:
    host = asked[0].split("/")[2]
    told = replace(BEFORE, hosts=BEFORE.hosts | {host}, addresses=BEFORE.addresses | set(asked))
    survey = replace(all_or_nothing(told), refused=replace(told, items=told.items | {CHOICE}))
    noting = tellers(survey, sort_hosts(survey, NOBODY, OWN))
    assert noting == ((host,) if is_taken else ())
    early = replace(survey, before=told)
    assert tellers(early, sort_hosts(early, NOBODY, OWN)) == ()
    assert tellers(replace(survey, refused=None), sort_hosts(survey, NOBODY, OWN)) == ()


def test_a_switch_of_a_strange_name_is_told_by_what_it_brings() -> None:
    plain = replace(BEFORE, items=BEFORE.items | {cookie("lang_choice")})
    counting = replace(plain, items=plain.items | {cookie("_ga")}, hosts=plain.hosts | {"metrics.example"})
    both = replace(counting, items=counting.items | {cookie("_fbp")})
    assert what_it_brings(counting, BEFORE)[0] is Category.ANALYTICS
    assert what_it_brings(plain, BEFORE) == (None, "cookie lang_choice; no category can be told by it")
    assert what_it_brings(both, BEFORE)[0] is None
    assert what_it_brings(BEFORE, BEFORE) == (None, "it brought nothing; no category can be told by it")
