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


def audit(driver: WebDriver, folder: Path) -> DialogAudit:
    driver.get(f"data:text/html,{quote(PAGE)}")
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
