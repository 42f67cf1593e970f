"""A hit of a known service's is known by its shape, whatever address of the site's own takes it."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, urlencode

import pytest

from consentinel.evidence.records import Value
from consentinel.site.profile import Category
from consentinel.verdicts import sent
from tests.verdicts.builders import PROFILE, only, request, rest, timeline, visit

PAGE = "https://www.shop.example/tea"
MATOMO = {"idsite": "1", "rec": "1", "url": PAGE, "action_name": "Tea"}
GOOGLE = {"v": "2", "tid": "G-AB12CD34EF", "cid": "123456.654321", "en": "page_view"}
UET = {"ti": "12345678", "Ver": "2", "mid": "7c9e6679-f3a1-4b02-8d3e-5d41402abc4b", "evt": "pageLoad", "p": PAGE}
PINTEREST = {"tid": "2612345678901", "event": "pagevisit", "ad": json.dumps({"loc": PAGE})}
LINKED_IN = {"v": "2", "fmt": "js", "pid": "1234567", "url": PAGE}
SNAP = {"pid": "7c9e6679-f3a1-4b02-8d3e-5d41402abc4b", "ev": "PAGE_VIEW", "pl": PAGE}
TIKTOK = {"event": "Pageview", "context": {"page": {"url": PAGE}, "pixel": {"code": "CABCDEFGHIJKLMNOPQRS"}}}
PACKED = base64.b64encode(urlencode(GOOGLE).encode()).decode()


def category(url: str, body: str = "") -> list[str]:
    seen = timeline(visit(), request(f"https://www.shop.example{url}", method="POST", body=Value(body)), rest())
    return [one.category for one in sent.only_allowed(seen, PROFILE, (), ()).findings]


@pytest.mark.parametrize("said", [MATOMO, GOOGLE])
def test_statistics_under_any_path_are_analytics(said: dict[str, str]) -> None:
    assert category(f"/m?{urlencode(said)}") == ["analytics"]
    assert category("/x/1", urlencode(said)) == ["analytics"]


@pytest.mark.parametrize("said", [UET, PINTEREST, LINKED_IN, SNAP])
def test_pixels_under_any_path_are_advertising(said: dict[str, str]) -> None:
    assert category(f"/m?{urlencode(said)}") == ["advertising"]
    for name in said.keys() & {"ti", "tid", "pid", "url", "mid", "ev"}:
        assert category(f"/m?{urlencode({**said, name: 'tea'})}") == []


def test_an_event_in_json_is_read_too() -> None:
    assert category("/events", json.dumps(TIKTOK)) == ["advertising"]
    assert category("/events", json.dumps({**TIKTOK, "context": {"page": {"url": PAGE}}})) == []


def test_a_hit_that_is_packed_into_one_value_is_one() -> None:
    assert category(f"/x?q={quote(PACKED)}") == ["analytics"]
    assert category("/x", f"data={quote(PACKED)}") == ["analytics"]
    assert category(f"/x?q={quote(base64.b64encode(b'v=grid&tid=SHOES&cid=5.6').decode())}") == []


@pytest.mark.parametrize(
    "said",
    [
        {"idsite": "1", "url": PAGE},
        {"idsite": "main", "rec": "1", "url": PAGE},
        {"event": "pageview", "domain": "shop.example", "url": PAGE},  # statistics of its own that keep nothing
        {"pid": "1234567", "fmt": "webp", "v": "2", "url": PAGE},  # a picture of a product
        {"tid": "2612345678901", "event": "Concert", "ad": "12"},
    ],
)
def test_the_sites_own_affairs_are_none(said: dict[str, str]) -> None:
    assert category(f"/list?{urlencode(said)}") == []


def test_a_declared_address_serves_what_it_was_declared_for() -> None:
    table = PROFILE.categories[Category.FUNCTIONALITY].model_copy(update={"requests": ["/m"]})
    profile = PROFILE.model_copy(update={"categories": {**PROFILE.categories, Category.FUNCTIONALITY: table}})
    seen = timeline(visit(), request(f"https://www.shop.example/m?{urlencode(MATOMO)}"), rest())
    assert sent.only_allowed(seen, profile, (), ()).findings == ()
    assert only(sent.only_allowed(seen, PROFILE, (), ())).category == "analytics"
