"""A dialog as the keyboard, a narrow screen and axe-core meet it, in real browsers."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.audit import DialogAudit
from consentinel.consent.described import Described
from consentinel.site.load import load_profile
from tests.consent.test_described import PROFILE
from tests.site.builders import written

pytestmark = pytest.mark.browser

DIALOG = (
    'banner = "#bar"\naccept = ["#yes"]\nrefuse = ["#no"]\npreferences = ["#more"]\ndialog = "#dlg"\nsave = ["#save"]'
)
PAGE = """<!doctype html><html lang=en><title>Shop</title><script>
window.axe = { own: true };
window.asked = [];
const wrapped = window.fetch;
window.fetch = (...all) => { asked.push("fetch"); return wrapped(...all); };
XMLHttpRequest.prototype.open = () => { asked.push("xhr"); };
</script>
<main id=bar style="background: #fff"><h1>Cookies</h1>
<button id=yes>Accept all</button>
<button id=no style="color: #bbb; background: #fff">Reject all</button>
<button id=more tabindex=-1 style="position: fixed; top: 9000px">Settings</button>
<input type=checkbox id=box></main>
<p style="color: #ddd; background: #fff">Far from the dialog</p>"""


OVER = """<!doctype html><html lang=en><title>Shop</title><main><p><a href=/one id=one>One</a></main>
<p style="position: fixed; bottom: 60px"><a href=/two id=two>Two</a></p>
<p style="position: fixed; bottom: 90px; right: 0"><a href=/three id=three>Three</a></p>
<div id=bar style="position: fixed; left: 0; bottom: 0; width: 300px; height: 200px; background: %s">
<button id=yes>Accept all</button><button id=no>Reject all</button></div>"""
"""A bar over the second of three links."""

SAID = """<!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1></main>
<div %s><div id=bar><button id=yes>Accept all</button><button id=no>Reject all</button></div></div>"""
"""A bar at the page's end, in something that may have a role."""


def audit(driver: WebDriver, folder: Path, page: str = PAGE) -> DialogAudit:
    driver.get(f"data:text/html,{quote(page)}")
    profile = load_profile(str(written(folder, PROFILE.format(url="https://shop.localhost/", dialog=DIALOG))))
    return DialogAudit(Described(driver, profile))


def test_axe_looks_at_the_dialog_alone_and_leaves_the_page_as_it_was(driver: WebDriver, tmp_path: Path) -> None:
    looked = audit(driver, tmp_path)
    before = driver.execute_script("return document.documentElement.outerHTML")
    report = looked.axe()
    assert {(one.rule, one.element) for one in report.broken} == {("color-contrast", "#no"), ("label", "#box")}
    assert next(one for one in report.broken if one.element == "#no").criteria == ("1.4.3",)
    assert driver.execute_script("return document.documentElement.outerHTML") == before
    assert json.loads(driver.execute_script("return JSON.stringify([window.axe, window.asked])")) == [{"own": True}, []]


def test_the_contrast_of_refusing_is_a_number(driver: WebDriver, tmp_path: Path) -> None:
    (breach,) = audit(driver, tmp_path).contrast_of_refusing().broken
    assert breach.ratio == pytest.approx(1.92, abs=0.02)


def test_buttons_out_of_reach_say_why(driver: WebDriver, tmp_path: Path) -> None:
    looked = audit(driver, tmp_path)
    buttons = {one.name: one for one in looked.buttons()}
    assert (buttons["accept"].reason, buttons["refuse"].reason) == ("", "")
    assert buttons["preferences"].reason.endswith("lies outside what can be scrolled to")
    assert looked.reached_by_tab(["accept", "refuse", "preferences"]) == {"accept", "refuse"}


@pytest.mark.parametrize(
    ("background", "seen"),
    [("#fff", "covered"), ("rgba(0, 0, 0, .5)", "seen"), ("linear-gradient(#fff, #eee)", "unclear")],
)
def test_what_a_bar_lies_over_is_covered_unless_it_shines_through(
    driver: WebDriver, tmp_path: Path, background: str, seen: str
) -> None:
    stops = audit(driver, tmp_path, OVER % background).stops_beside()
    assert {stop.label: stop.seen for stop in stops} == {
        '<a#one> "One"': "seen",
        '<a#two> "Two"': seen,
        '<a#three> "Three"': "seen",
    }


@pytest.mark.parametrize(
    ("outside", "ways"),
    [
        ("", ()),
        ("role=dialog", ()),
        ("role=dialog aria-label=Cookies", ('it has the role dialog and the name "Cookies"',)),
        ("role=region aria-label=Cookies", ('it has the role region and the name "Cookies"',)),
        ("aria-live=polite", ("it is a live region",)),
    ],
)
def test_a_bar_at_the_end_is_heard_by_a_role_with_a_name_or_a_live_region(
    driver: WebDriver, tmp_path: Path, outside: str, ways: tuple[str, ...]
) -> None:
    heard = audit(driver, tmp_path, SAID % outside).heard()
    assert (heard.ways, heard.hidden) == (ways, False)


def test_a_bar_that_has_the_keyboard_or_comes_first_is_heard(driver: WebDriver, tmp_path: Path) -> None:
    looked = audit(driver, tmp_path, SAID % "")
    driver.execute_script("document.querySelector('#yes').focus()")
    assert looked.heard().ways == ("it has the keyboard",)
    looked = audit(driver, tmp_path, SAID.replace("<h1>Shop</h1>", "<a href='#bar'>Skip</a>") % "")
    assert looked.heard().ways == ("it is the first that the page says",)


def test_a_bar_that_is_kept_from_screen_readers_is_told_apart(driver: WebDriver, tmp_path: Path) -> None:
    assert audit(driver, tmp_path, SAID % "aria-hidden=true").heard().hidden


def test_a_disabled_button_is_no_lost_one_and_none_that_the_keyboard_should_reach(
    driver: WebDriver, tmp_path: Path
) -> None:
    page = SAID.replace("<button id=no>", "<button id=no disabled>") % ""
    buttons = {one.name: one for one in audit(driver, tmp_path, page).buttons()}
    assert (buttons["accept"].shows, buttons["accept"].reason) == (True, "")
    assert (buttons["refuse"].shows, buttons["refuse"].label) == (False, "Reject all")
