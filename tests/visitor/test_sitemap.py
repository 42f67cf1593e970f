"""The pages that features speak of."""

from __future__ import annotations

import pytest

from consentinel.site.profile import Pages, Profile
from consentinel.visitor import sitemap
from consentinel.visitor.errors import MissingEntry
from tests.verdicts.builders import PROFILE

PORT = PROFILE.model_validate({**PROFILE.model_dump(mode="json"), "site": {
    "name": "Shop", "base_url": "https://www.shop.example:8443/", "hosts": ["*.shop.example"]}})  # fmt: skip


def with_pages(**pages: object) -> Profile:
    return PORT.model_copy(update={"pages": Pages.model_validate(pages)})


@pytest.mark.parametrize("page", sitemap._ENTRIES)
def test_every_word_for_a_page_is_an_entry_of_the_profile(page: str) -> None:
    entry = sitemap._ENTRIES[page]
    assert entry in Pages.model_fields
    assert sitemap.address(with_pages(**{entry: "/there?x=1"}), page) == "https://www.shop.example:8443/there?x=1"


@pytest.mark.parametrize("page", [page for page in sitemap._ENTRIES if page != "home page"])
def test_a_page_that_the_profile_does_not_name_is_said_to_be_missing(page: str) -> None:
    with pytest.raises(MissingEntry, match=rf"no entry pages.{sitemap._ENTRIES[page]}; adding it would enable"):
        sitemap.address(PORT, page)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "https://www.shop.example:8443/"),
        ("basket", "https://www.shop.example:8443/basket"),
        ("/a?b=c#d", "https://www.shop.example:8443/a?b=c#d"),
        ("https://help.shop.example/", "https://help.shop.example:8443/"),
        ("https://help.shop.example:9000/x?y", "https://help.shop.example:9000/x?y"),
    ],
)
def test_an_address_of_the_deployment(path: str, address: str) -> None:
    assert sitemap.absolute(PORT, path) == address


def test_without_a_port_addresses_stay_without() -> None:
    assert sitemap.absolute(PROFILE, "https://help.shop.example/x") == "https://help.shop.example/x"


HOST = "https://www.shop.example:8443"


@pytest.mark.parametrize(
    ("pages", "read"),
    [
        ({"articles": ["/a", "/b", "/c", "/d"]}, [("article 1", "/a"), ("article 2", "/b"), ("article 3", "/c")]),
        (
            {"articles": ["/a", "/b"], "shared": "/a", "policy": "/cookies"},
            [("article 1", "/a"), ("article 2", "/b"), ("the cookie policy", "/cookies")],
        ),
        (
            {"policy": "/cookies"},
            [("the cookie policy", "/cookies"), ("the home page", "/"), ("the cookie policy", "/cookies")],
        ),
        ({}, [("the home page", "/"), ("the home page", "/"), ("the home page", "/")]),
    ],
)
def test_where_articles_are_few_other_pages_are_read(pages: dict[str, object], read: list[tuple[str, str]]) -> None:
    assert sitemap.readings(with_pages(**pages), 3) == tuple((words, f"{HOST}{path}") for words, path in read)


def test_the_walk_through_the_shop_takes_the_pages_that_there_are() -> None:
    assert sitemap.shop(with_pages(basket="/basket", sign_in="/in")) == (
        "https://www.shop.example:8443/basket",
        "https://www.shop.example:8443/in",
    )
    with pytest.raises(MissingEntry, match=r"pages\.basket"):
        sitemap.shop(PORT)
