"""A dialog that asks whether a refusal is meant is found, and what confirms it, beside what takes it back."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.confirming import asked_once_more, words_shown
from consentinel.drafting.survey import Proposal

BANNER = """<div id=ask style="position:fixed;bottom:0;background:#eee">We use cookies.
<button id=no>Reject all</button> <button id=yes>Accept all</button></div>"""
SURE = """<div id=sure role=alertdialog style="position:fixed;top:0;background:#eee">Are you sure? {}</div>"""
ASKING = Proposal(banner="#ask", accept=("#yes",), refuse=("#no",))

pytestmark = pytest.mark.browser


def asked(driver: WebDriver, after: str) -> Proposal | None:
    """The proposal once the page shows this beside or in the place of the banner."""
    driver.get("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=en><title>Shop</title>{BANNER}"))
    before = words_shown(driver, ASKING)
    driver.execute_script("document.body.innerHTML = arguments[0]", after)
    return asked_once_more(driver, ASKING, before)


@pytest.mark.parametrize(
    "buttons",
    [
        "<button id=undo>Go back</button> <button id=really>Yes, reject all</button>",
        "<button id=really>Yes, I am sure</button> <button id=undo>No, accept cookies</button>",
        "<button id=undo>Accept after all</button> <button id=really>Confirm</button>",
        "<button id=undo>Cancel</button> <button id=really>Proceed</button>",
        "<button id=really>Ja, ich bin sicher</button> <button id=undo>Abbrechen</button>",
    ],
)
@pytest.mark.parametrize("beside", [BANNER, ""], ids=["beside the banner", "in its place"])
def test_what_confirms_is_clicked_too(driver: WebDriver, buttons: str, beside: str) -> None:
    found = asked(driver, beside + SURE.format(buttons))
    assert found is not None
    assert (found.refuse, found.accept, found.selectors()["banner"]) == (("#no", "#really"), ("#yes",), "#ask || #sure")


@pytest.mark.parametrize(
    "after",
    [
        BANNER,
        "",
        SURE.format("<button>OK</button>"),
        SURE.format("<button>Go back</button> <button>Accept after all</button>"),
    ],
    ids=["the banner alone", "nothing", "a message", "no way on"],
)
def test_what_asks_nothing_is_no_further_dialog(driver: WebDriver, after: str) -> None:
    assert asked(driver, after) is None
