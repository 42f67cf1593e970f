"""A page that shows nothing but a frame, and what shows that no script can read, are told by a draft."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.finder import framed, sealed

pytestmark = pytest.mark.browser

INSIDE = "http://shop.localhost:1/tea"
WHOLE = f"<iframe src={INSIDE} style='border:0;width:100vw;height:100vh'></iframe>"
SETS = f"<!doctype html><html><frameset cols='20%,80%'><frame src=about:blank><frame src={INSIDE}></frameset></html>"
WORDS = "<main>Some words that can be read by whoever comes here, more than a page has that is a frame alone.</main>"
CLOSED = """<div id=host></div><script>host.attachShadow({mode: "closed"}).innerHTML =
'<p style="position:fixed;bottom:0;left:0;right:0;height:200px">We use cookies.</p>';</script>"""
OPEN = CLOSED.replace('"closed"', '"open"')


def shown(driver: WebDriver, page: str) -> None:
    driver.get("data:text/html;charset=utf-8," + quote(page))


@pytest.mark.parametrize("page", [WHOLE, SETS], ids=["a frame", "a set of frames"])
def test_the_frame_that_is_all_of_a_page_is_told(driver: WebDriver, page: str) -> None:
    shown(driver, page)
    assert framed(driver) == INSIDE


@pytest.mark.parametrize(
    "page",
    [
        WORDS,
        WORDS + WHOLE,
        WHOLE.replace("100vh", "20vh"),
        WHOLE.replace("border:0", "border:0;position:fixed;inset:0"),
        WHOLE.replace(f"src={INSIDE}", "srcdoc=Words"),
    ],
    ids=["no frame", "words beside it", "a part of the window", "over the page", "of no address"],
)
def test_a_page_of_its_own_stays_the_page(driver: WebDriver, page: str) -> None:
    shown(driver, page)
    assert framed(driver) == ""


def test_what_no_script_reads_is_named_by_its_host(driver: WebDriver) -> None:
    shown(driver, WORDS + CLOSED)
    assert sealed(driver) == "<div#host>"


@pytest.mark.parametrize("page", [WORDS, WORDS + OPEN, WORDS + "<img style='width:100%;height:100vh'>"])
def test_what_can_be_read_is_not_named(driver: WebDriver, page: str) -> None:
    shown(driver, page)
    assert sealed(driver) == ""
