"""Where the keyboard is in a dialog: on which switch or button, in real browsers."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.base import NotOffered
from consentinel.consent.described import Described
from consentinel.site.load import load_profile
from consentinel.site.profile import Category
from tests.consent.test_described import PROFILE
from tests.site.builders import written

pytestmark = pytest.mark.browser

SWITCHES = {
    "checkbox": ("<label>Statistics <input type=checkbox id=box></label>", 'control = "#box"'),
    "styled": ("<input type=checkbox id=box style='opacity: 0'><label for=box>On</label>", 'control = "#box"'),
    "switch": ("<button role=switch aria-checked=false id=box>Statistics</button>", 'control = "#box"'),
    "pair": ("<button id=no>No</button><button id=yes>Yes</button>", 'grant = "#no"\nrefuse = "#yes"'),
    "radio": (
        "<input type=radio name=it id=yes><input type=radio name=it id=no checked>",
        'grant = "#yes"\nrefuse = "#no"',
    ),
    "list": (
        "<select id=one><option value=yes>Yes</option><option value=no selected>No</option></select>",
        'control = "#one"',
    ),
}
HOST = """<script>
customElements.define("the-button", class extends HTMLElement {
  constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = "<button>Accept all</button>"; }
});
</script><div id=bar><the-button id=yes></the-button><button id=no>Reject all</button></div>"""


def dialog(driver: WebDriver, folder: Path, page: str, switch: str = "") -> Described:
    driver.get(f"data:text/html,{quote(f'<!doctype html><title>Shop</title>{page}')}")
    described = 'banner = "#bar"\naccept = ["#yes"]\nrefuse = ["#no"]\n'
    if switch:
        described += f"[consent.dialog.categories.analytics]\n{switch}"
    text = PROFILE.format(url="https://shop.localhost/", dialog=described)
    return Described(driver, load_profile(str(written(folder, text))))


def tab(driver: WebDriver) -> None:
    ActionChains(driver).send_keys(Keys.TAB).perform()


@pytest.mark.parametrize(
    ("kind", "held"),
    [("checkbox", "switch"), ("styled", "switch"), ("switch", "switch"), ("pair", "switch"), ("radio", "radio")],
)
def test_the_switch_that_has_the_keyboard_is_known(driver: WebDriver, tmp_path: Path, kind: str, held: str) -> None:
    html, switch = SWITCHES[kind]
    looked = dialog(driver, tmp_path, f"<div id=bar>{html}<p><button>Other</button></p></div>", switch)
    assert looked.held(Category.ANALYTICS, True) == ""
    tab(driver)
    assert looked.held(Category.ANALYTICS, True) == held


def test_a_list_is_chosen_from_by_nobody_here(driver: WebDriver, tmp_path: Path) -> None:
    html, switch = SWITCHES["list"]
    looked = dialog(driver, tmp_path, f"<div id=bar>{html}</div>", switch)
    tab(driver)
    with pytest.raises(NotOffered, match="no line of a list"):
        looked.held(Category.ANALYTICS, True)


def test_a_button_inside_a_web_component_has_the_keyboard_for_it(driver: WebDriver, tmp_path: Path) -> None:
    looked = dialog(driver, tmp_path, HOST)
    tab(driver)
    assert (looked.is_focused("#yes"), looked.is_focused("#no")) == (True, False)
    tab(driver)
    assert (looked.is_focused("#yes"), looked.is_focused("#no")) == (False, True)
