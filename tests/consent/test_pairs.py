"""A pair of radio buttons is locked where the way back is disabled, and is called what its question says."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.base import Switch
from consentinel.consent.described import Described
from consentinel.site.profile import Category
from tests.site.builders import loaded

DIALOG = """
[categories.analytics]
label = "Analytics"
[consent.dialog]
banner = "#ask"
accept = ["#yes"]
refuse = ["#no"]
[consent.dialog.categories.functionality]
grant = "#needed-yes"
refuse = "#needed-no"
[consent.dialog.categories.analytics]
grant = "#count-yes"
refuse = "#count-no"
"""
PAIR = """<fieldset role=group aria-labelledby="{0} more-{0}"><legend id={0}>{1}</legend>
<input type=radio name={0} id={0}-yes {2}><label for={0}-yes>Accept</label>
<input type=radio name={0} id={0}-no {3}><label for={0}-no>Refuse</label><p id=more-{0}>More about it.</p></fieldset>"""


@pytest.mark.parametrize(
    ("grant", "refuse", "on", "locked"),
    [
        ("checked", "disabled", True, True),
        ("disabled", "checked", False, True),
        ("checked disabled", "", True, False),
        ("checked", "", True, False),
        ("", "disabled", None, False),
    ],
)
def test_a_pair_is_locked_where_the_other_way_is_disabled(
    driver: WebDriver, tmp_path: Path, grant: str, refuse: str, on: bool | None, locked: bool
) -> None:
    page = PAIR.format("needed", "Needed", grant, refuse) + PAIR.format("count", "Statistics", "", "checked")
    driver.get(f"data:text/html,{quote(page)}")
    shown = Described(driver, loaded(tmp_path, DIALOG)).switches()
    assert shown[Category.FUNCTIONALITY] == Switch("Needed", on=on, locked=locked)
    assert shown[Category.ANALYTICS] == Switch("Statistics", on=False, locked=False)


TWO_LAYERS = DIALOG.replace('refuse = ["#no"]', 'refuse = ["#no"]\npreferences = ["#more"]\ndialog = "#second"')
SHOWN = "<div id=ask>We use cookies.<button id=more>More</button></div>"


@pytest.mark.parametrize(
    ("page", "had_banner", "has_come"),
    [
        (SHOWN, False, True),
        (SHOWN, True, False),
        ("<div id=second>Cookies</div>", True, True),
        (SHOWN.replace("<div", "<div hidden"), False, False),
    ],
)
def test_what_opens_the_preferences_may_show_the_banner_that_leads_to_them(
    driver: WebDriver, tmp_path: Path, page: str, had_banner: bool, has_come: bool
) -> None:
    driver.get(f"data:text/html,{quote(page)}")
    assert Described(driver, loaded(tmp_path, TWO_LAYERS)).have_come(had_banner) is has_come


LIST = """<label>Needed <select id=needed disabled><option>Yes</select></label>
<label for=count>Statistics</label> <select id=count>
<option value="">Please choose<option>No, thanks<option>Yes, allow</select>
<label for=share>Networks</label> <select id=share><option>A<option>B</select>"""
OF_LISTS = DIALOG.replace('grant = "#needed-yes"\nrefuse = "#needed-no"', 'control = "#needed"\nlocked = "#needed"')


@pytest.mark.parametrize(
    "how",
    [
        'control = "#count"',
        'grant = "#count option:last-child"\nrefuse = "#count option:nth-child(2)"',
    ],
)
def test_a_list_is_a_switch_whose_lines_say_yes_and_no(driver: WebDriver, tmp_path: Path, how: str) -> None:
    driver.get(f"data:text/html,{quote(LIST)}")
    told = OF_LISTS.replace('grant = "#count-yes"\nrefuse = "#count-no"', how).replace(
        'refuse = ["#no"]', 'refuse = ["#no"]\nat_once = true\ndialog = "body"'
    )
    manager = Described(driver, loaded(tmp_path, told))
    for granted in (True, False):
        manager.set_category(Category.ANALYTICS, granted)
        assert manager.switches()[Category.ANALYTICS] == Switch("Statistics", on=granted, locked=False)
    assert manager.switches()[Category.FUNCTIONALITY].label == "Needed"


def test_a_list_whose_lines_say_neither_yes_nor_no_tells_nothing(driver: WebDriver, tmp_path: Path) -> None:
    driver.get(f"data:text/html,{quote(LIST)}")
    told = OF_LISTS.replace('grant = "#count-yes"\nrefuse = "#count-no"', 'control = "#share"')
    assert Described(driver, loaded(tmp_path, told)).switches()[Category.ANALYTICS].on is None
