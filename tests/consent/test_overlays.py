"""A layer over the banner or the page that is no consent dialog is clicked away by a draft, or named."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.buttons import goes_on
from consentinel.drafting.overlay import way_past
from consentinel.drafting.survey import Proposal

CONTENT = "<main style='min-height:3000px'>Some words.</main>"
BANNER = """<div id=ask style="position:fixed;bottom:0;left:0;right:0;background:white">We use cookies.
<button id=ok>Accept all</button> <button id=no>Reject all</button></div>"""
LAYER = """<div id=over style="position:fixed;inset:0;background:white;z-index:9">{}</div><script>
for (const one of document.querySelectorAll('#over [data-on]')) one.onclick = () => over.remove();</script>"""
DIALOG = Proposal(banner="#ask", accept=("#ok",), refuse=("#no",))

LETTER = """<form>Our letter, once a month? <input type=email> <button type=button id=yes>Accept and subscribe</button>
<button type=button id=thanks data-on>No thanks</button></form>"""
AGE = "Are you over 18? <button id=old data-on>Yes, I am</button> <a href='https://away.example/'>No</a>"
COUNTRY = (
    "You seem to be in Norway. <button id=on data-on>Continue to the shop</button> <button>Look elsewhere</button>"
)
CROSS = "Ten per cent off! <button id=x aria-label=Close data-on>&times;</button> <button>Show me</button>"
LANGUAGE = """Choose your language <button>Français</button> <button id=en data-on>English</button>
<button>Deutsch</button>"""
STUCK = "Are you over 18? <button id=old>Yes, I am</button>"
UNTOLD = "Choose: <button>Red</button> <button>Blue</button>"
CONSENT = "Cookies and your privacy. <button id=fine data-on>Enter</button>"
FRAMED = """<iframe id=over style="position:fixed;inset:0;width:100%;height:100%;border:0;z-index:9"
srcdoc="<p>{}"></iframe><script>onmessage = () => over.remove();</script>"""
FRAMED_LETTER = FRAMED.format(
    "Our letter? See our privacy policy. <input type=email> <button>Subscribe</button>"
    " <button id=x aria-label=Close onclick='parent.postMessage(1, `*`)'>&amp;times;</button>"
)
FRAMED_CONSENT = FRAMED.format("Cookies and your privacy. <button onclick='parent.postMessage(1, `*`)'>Enter</button>")
CORNER = "<div style='position:fixed;right:0;bottom:0;width:40px;height:40px;z-index:9'><button>Chat</button></div>"


def shown(driver: WebDriver, body: str) -> None:
    driver.get("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=en><title>Shop</title>{body}"))


@pytest.mark.parametrize(
    ("name", "goes"),
    [("Enter", True), ("Continue to the shop", True), ("Continue without accepting", False), ("Leave", False)],
)
def test_a_button_goes_on_by_its_name(name: str, goes: bool) -> None:
    assert goes_on(name) is goes


@pytest.mark.browser
@pytest.mark.parametrize("dialog", [DIALOG, None], ids=["over the banner", "over the page"])
@pytest.mark.parametrize(
    ("layer", "clicked"),
    [(LETTER, "#thanks"), (AGE, "#old"), (COUNTRY, "#on"), (CROSS, "#x"), (LANGUAGE, "#en")],
    ids=["letter", "age", "country", "cross", "language"],
)
def test_what_lies_over_a_page_is_clicked_away(
    driver: WebDriver, layer: str, clicked: str, dialog: Proposal | None
) -> None:
    shown(driver, CONTENT + (BANNER if dialog else "") + LAYER.format(layer))
    past = way_past(driver, dialog, "main", is_known=False)
    assert past is not None
    assert past.selector == clicked
    assert "<div#over>" in past.note
    assert "access.ahead" in past.note
    assert way_past(driver, dialog, "main", is_known=False) is None


@pytest.mark.browser
def test_what_lies_over_a_page_in_a_frame_is_clicked_away_there(driver: WebDriver) -> None:
    shown(driver, CONTENT + BANNER + FRAMED_LETTER)
    past = way_past(driver, DIALOG, "main", is_known=False)
    assert past is not None
    assert (past.selector, "access.ahead" in past.note) == ("#over >>> #x", True)
    assert way_past(driver, DIALOG, "main", is_known=False) is None


@pytest.mark.browser
def test_a_frame_that_speaks_of_consent_is_named(driver: WebDriver) -> None:
    shown(driver, CONTENT + BANNER + FRAMED_CONSENT)
    past = way_past(driver, DIALOG, "main", is_known=False)
    assert past is not None
    assert (past.selector, "draft anew" in past.note) == ("", True)


@pytest.mark.browser
@pytest.mark.parametrize("layer", [STUCK, UNTOLD, CONSENT], ids=["stuck", "untold", "consent"])
def test_what_cannot_be_passed_is_named(driver: WebDriver, layer: str) -> None:
    shown(driver, CONTENT + BANNER + LAYER.format(layer))
    past = way_past(driver, DIALOG, "main", is_known=False)
    assert past is not None
    assert past.selector == ""
    assert past.note.startswith("<div#over>")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "dialog", "is_known"),
    [
        (CONTENT + BANNER, DIALOG, False),
        (CONTENT + BANNER + CORNER, DIALOG, False),
        (CONTENT, None, False),
        (CONTENT + LAYER.format(CONSENT), None, True),
        (LAYER.format(CONTENT), None, False),
        (CONTENT + BANNER.replace("white", "white;z-index:10") + LAYER.format(AGE), DIALOG, False),
    ],
    ids=["a banner", "a bubble", "a plain page", "a known manager", "a whole page", "below the banner"],
)
def test_what_hinders_nobody_is_left_alone(
    driver: WebDriver, page: str, dialog: Proposal | None, is_known: bool
) -> None:
    shown(driver, page)
    assert way_past(driver, dialog, "main", is_known=is_known) is None
