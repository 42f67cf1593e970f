"""A dialog that offers to pay and no refusal is recognised, and nobody tries to refuse there."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import ValidationError
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.base import ConsentFailure, NotOffered
from consentinel.consent.described import Described
from consentinel.drafting.buttons import asks_for_money
from consentinel.drafting.proposal import propose
from consentinel.site.dialog import DialogSelectors
from tests.site.builders import loaded

WALL = """<div role=dialog id=ask>We use cookies. <button id=yes>Accept and read on</button>
<a id=pay href="https://abo.example/offer">Subscribe from 3.99 a month</a> <a href="/login">Sign in</a></div>"""

HERE = WALL.replace("<a id=pay href", "<button id=pay data-to").replace("month</a>", "month</button>")

REFUSABLE = WALL.replace("<a id=pay", "<button id=no>Reject all</button> <a id=pay")

BY_SWITCHES = WALL.replace("</div>", "<label><input type=checkbox id=a> Analytics</label><button>Save</button></div>")

PROFILE = """
[categories.analytics]
label = "Statistics"
[consent.dialog]
banner = "#ask"
accept = ["#yes"]
pays = "#pay"
"""


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        ("Reject and subscribe", True),
        ("Jetzt abonnieren", True),
        ("Pay with money", True),
        ("Accept all", False),
        ("Reject all", False),
        ("", False),
    ],
)
def test_a_button_asks_for_money_by_its_name(name: str, asks: bool) -> None:
    assert asks_for_money(name) is asks


@pytest.mark.parametrize("ways", [{}, {"refuse": ["#no"], "pays": "#pay"}])
def test_a_dialog_either_refuses_or_asks_for_money(ways: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="give either `refuse`, or `pays`"):
        DialogSelectors.model_validate({"banner": "#ask", "accept": ["#yes"], **ways})


def drawn(driver: WebDriver, body: str) -> None:
    driver.get("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=en><title>Shop</title>{body}"))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "pays"),
    [(WALL, "#pay"), (HERE, "#pay"), (REFUSABLE, ""), (BY_SWITCHES, "")],
    ids=["on another site", "here", "refusable", "by switches"],
)
def test_a_wall_is_proposed_where_nothing_refuses(driver: WebDriver, page: str, pays: str) -> None:
    drawn(driver, page)
    found = propose(driver)
    assert found is not None
    assert (found.pays, found.is_complete, bool(found.refuse)) == (pays, True, not pays)


@pytest.mark.browser
def test_nobody_tries_to_refuse_at_a_wall(driver: WebDriver, tmp_path: Path) -> None:
    drawn(driver, WALL)
    manager = Described(driver, loaded(tmp_path, PROFILE))
    assert manager.is_asking()
    for attempt in (manager.must_offer_refusal, manager.prominence_of_refusing):
        with pytest.raises(NotOffered, match="asked to pay"):
            attempt()
    with pytest.raises(ConsentFailure, match="nothing refuses"):
        manager.clicks_to_refuse()
