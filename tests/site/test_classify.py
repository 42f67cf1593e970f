"""Items and requests find their category by whole labels and whole names."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.records import (
    Kind,
    Request,
    Source,
    StoredItem,
)
from consentinel.site.classify import (
    address_matcher,
    categories_of,
    category_of_request,
    is_declared,
    is_partner,
    matcher,
    party,
)
from consentinel.site.hosts import covers, pattern_of_site, registrable
from consentinel.site.load import load_profile
from consentinel.site.profile import Category, Profile
from tests.site.builders import LEAST, written

MORE = """\
local_storage = ["shop.*"]
service_workers = ["/offline/*"]

[categories.analytics]
label = "Statistics"
cookies = ["_ga", "_ga_*"]
hosts = ["*.metrics.example", "bing.com"]
requests = ["www.shop.example/collect", "/events/*"]

[categories.advertising]
label = "Advertising"
cookies = ["ad_id"]
hosts = ["ads.metrics.example", "*.adnet.example"]
"""

label = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
host_names = st.lists(label, min_size=1, max_size=4).map(".".join)
names = st.text(min_size=1, max_size=30)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    folder: Path = tmp_path_factory.mktemp("profiles")
    text = 'partners = ["*.partner.example"]\n' + LEAST + MORE
    return load_profile(str(written(folder, text)), environ={})


def cookie(name: str, host: str = "www.shop.example") -> StoredItem:
    return StoredItem(Kind.COOKIE, host, name)


def request(url: str) -> Request:
    return Request(0, url, "GET", Source.BROWSER)


@pytest.mark.parametrize(
    ("item", "categories"),
    [
        (cookie("choice"), (Category.FUNCTIONALITY,)),
        (cookie("choice", "cdn.partner.example"), (Category.FUNCTIONALITY,)),
        (cookie("_ga"), (Category.ANALYTICS,)),
        (cookie("_ga", "shop.example"), (Category.ANALYTICS,)),
        (cookie("_ga_X1"), (Category.ANALYTICS,)),
        (cookie("_GA"), ()),
        (cookie("_gat"), ()),
        (cookie("_ga", "elsewhere.example"), ()),
        (cookie("anything", "t.adnet.example"), (Category.ADVERTISING,)),
        (cookie("_ga", "t.adnet.example"), (Category.ADVERTISING,)),
        (cookie("x", "ads.metrics.example"), (Category.ADVERTISING,)),
        (cookie("x", "metrics.example"), (Category.ANALYTICS,)),
        (cookie("x", "shopbing.com"), ()),
        (cookie("x", "www.bing.com"), ()),
        (StoredItem(Kind.LOCAL_STORAGE, "www.shop.example", "shop.theme"), (Category.FUNCTIONALITY,)),
        (StoredItem(Kind.SESSION_STORAGE, "www.shop.example", "shop.theme"), ()),
        (
            StoredItem(Kind.SERVICE_WORKER, "www.shop.example", "https://www.shop.example/offline/"),
            (Category.FUNCTIONALITY,),
        ),
        (StoredItem(Kind.SERVICE_WORKER, "www.shop.example", "/offline/"), (Category.FUNCTIONALITY,)),
    ],
)
def test_an_item_finds_its_category(profile: Profile, item: StoredItem, categories: tuple[Category, ...]) -> None:
    assert categories_of(item, profile) == categories


@pytest.mark.parametrize(
    ("pattern", "address", "means"),
    [
        ("*/collect", "www.shop.example/g/collect", True),
        ("*/collect", "www.shop.example/sign-in?next=/collect", False),
        ("/collect?v=2*", "www.shop.example/collect?v=2&tid=1", True),
        ("/collect?v=2*", "www.shop.example/collect?v=1", False),
        ("/index.php*action=count*", "www.shop.example/index.php?action=count&n=1", True),
        ("/*/events", "www.shop.example/fr/events", True),
        ("/count;src=1", "www.shop.example/count;src=1?n=2", True),
    ],
)
def test_a_pattern_of_addresses_looks_into_queries_only_where_it_speaks_of_them(
    pattern: str, address: str, means: bool
) -> None:
    assert address_matcher(pattern)(address) is means


def test_an_item_on_a_categorys_host_is_not_thereby_declared(profile: Profile) -> None:
    assert is_declared(cookie("ad_id", "adnet.example"), profile)
    assert not is_declared(cookie("other", "adnet.example"), profile)


@pytest.mark.parametrize(
    ("url", "category"),
    [
        ("https://metrics.example/tag.js", Category.ANALYTICS),
        ("wss://live.metrics.example/", Category.ANALYTICS),
        ("https://ads.metrics.example/p", Category.ADVERTISING),
        ("https://www.shop.example/collect?e=1", Category.ANALYTICS),
        ("https://www.shop.example/collector", None),
        ("https://shop.example/events/seen", Category.ANALYTICS),
        ("https://shop.example/events/seen?next=/events/more", Category.ANALYTICS),
        ("https://shop.example/blog/events/seen", None),
        ("https://shop.example/sign-in?next=/events/seen", None),
        ("https://shop.example/sign-in?next=shop.example/events/seen", None),
        ("https://elsewhere.example/events/seen", None),
        ("https://bing.com.shop.example/", None),
        ("data:text/plain,metrics.example", None),
        ("https://[broken/", None),
    ],
)
def test_a_request_finds_its_category(profile: Profile, url: str, category: Category | None) -> None:
    assert category_of_request(request(url), profile) == category


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.shop.example", "first"),
        ("SHOP.example.", "first"),
        ("metrics.example", "third"),
        ("notshop.example", "third"),
        ("127.0.0.1", "third"),
    ],
)
def test_a_host_is_the_sites_own_or_not(profile: Profile, host: str, expected: str) -> None:
    assert party(host, profile) == expected


def test_a_partner_is_known_by_its_host(profile: Profile) -> None:
    assert is_partner("cdn.partner.example", profile)
    assert not is_partner("partner.example.evil.test", profile)


def test_registrable_domains_follow_the_public_suffix_list() -> None:
    assert registrable("a.b.shop.co.uk") == "shop.co.uk"
    assert registrable("help.harbour.localhost") == "harbour.localhost"
    assert registrable("localhost") == "localhost"
    assert registrable("127.0.0.1") == "127.0.0.1"


@given(host_names, host_names)
def test_a_pattern_covers_itself_and_below_and_nothing_beside(host: str, other: str) -> None:
    assert covers(host, host.upper())
    assert covers(f"*.{host}", host)
    assert covers(f"*.{host}", f"{other}.{host}")
    assert not covers(host, f"{other}.{host}")
    assert not covers(f"*.{host}", f"{other}{host}")
    assert covers(f"*.{other}", host) == (host.split(".")[-len(other.split(".")) :] == other.split("."))


@given(names)
def test_a_name_without_a_star_matches_itself_alone(name: str) -> None:
    literal = name.replace("*", "+")
    assert matcher(literal)(literal)
    assert not matcher(literal)(f"{literal}x")
    assert not matcher(literal)(f"x{literal}")


@given(names, names, names)
def test_a_star_stands_for_any_run(start: str, middle: str, end: str) -> None:
    start, end = start.replace("*", "+"), end.replace("*", "+")
    assert matcher(f"{start}*{end}")(start + middle + end)
    assert matcher(f"{start}*{end}")(start + end)


@given(names)
def test_case_matters(name: str) -> None:
    literal = name.replace("*", "+")
    if literal != literal.swapcase():
        assert not matcher(literal)(literal.swapcase())


def test_a_hostile_name_costs_no_time() -> None:
    begun = time.process_time()
    assert not matcher("a*a*a*a*a*a*b")("a" * 20_000)
    assert time.process_time() - begun < 1


def test_thousands_of_questions_take_no_time(profile: Profile) -> None:
    begun = time.process_time()
    for number in range(20_000):
        categories_of(cookie(f"_ga_{number % 100}"), profile)
        category_of_request(request(f"https://metrics.example/{number % 100}"), profile)
    assert time.process_time() - begun < 1


def test_a_cookie_without_a_name_is_declared_by_the_empty_name(tmp_path: Path) -> None:
    nameless, named = cookie(""), cookie("_")
    found = load_profile(str(written(tmp_path, LEAST + MORE.replace('["ad_id"]', '["ad_id", ""]'))), environ={})
    assert categories_of(nameless, found) == (Category.ADVERTISING,)
    assert not is_declared(named, found)


@pytest.mark.parametrize(
    ("host", "pattern"),
    [
        ("shop.example", "*.shop.example"),
        ("shop.localhost", "*.shop.localhost"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
    ],
)
def test_what_lies_below_a_name_of_one_label_or_an_address_is_not_the_site_s(host: str, pattern: str) -> None:
    assert pattern_of_site(host) == pattern
    assert covers(pattern, host)
    assert not covers(pattern_of_site("localhost"), "count.localhost")
