"""A dialog that asks in steps is drafted, opened and saved step by step."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.described import Described
from consentinel.drafting.named import leads_on
from consentinel.drafting.proposal import propose
from consentinel.drafting.survey import Proposal
from consentinel.site.profile import Category
from tests.site.builders import loaded

SHOWING = """<script>const steps = [...document.querySelectorAll(".step")];
function show(number) { steps.forEach((one, n) => { one.hidden = n !== number; }); }
show(0);</script>"""

APART = f"""<div class=step id=intro role=dialog>We use cookies. <button id=yes>Accept all</button>
<button id=more onclick="show(1)">Settings</button></div>
<div class=step id=first role=dialog>Cookies we need <label><input type=checkbox checked disabled> Necessary</label>
<button class=goes-on onclick="show(2)">Next (1/3)</button></div>
<div class=step id=second role=dialog>Cookies you choose <label><input type=checkbox id=stats> Statistics</label>
<button class=goes-on onclick="show(3)">Continue</button></div>
<div class=step id=third role=dialog>Your cookies, confirmed? <button id=sure onclick="show(9)">Confirm</button></div>
{SHOWING}"""

GOES_ON_TO_SAVE = f"""<div class=step id=intro role=dialog>We use cookies. <button id=yes>Accept all</button>
<button id=more onclick="show(1)">Settings</button></div>
<div class=step id=first role=dialog>Cookies <label><input type=checkbox id=stats> Statistics</label>
<button id=on onclick="show(9)">Continue</button></div>{SHOWING}"""

TWO_ASK = APART.replace("checked disabled> Necessary", "id=ads> Advertising")

STUCK = APART.replace('onclick="show(2)"', "")

RENDERED = """<div id=ask role=dialog></div><script>
const steps = ["We use cookies. <button>Accept all</button> <button onclick='draw(1)' id=more>Settings</button>",
  "Step one of three: what we need <button class=goes-on onclick='later(2)'>Next</button>",
  "Two: <label><input type=checkbox name=st> Statistics</label><button class=goes-on onclick='later(3)'>Next</button>",
  "Step three of three <button class=goes-on onclick='ask.remove()'>Save</button>"];
function draw(number) { ask.innerHTML = steps[number]; }
function later(number) { setTimeout(draw, 300, number); }
draw(0);</script>"""

PROFILE = """
[categories.analytics]
label = "Statistics"
[consent.dialog]
banner = "{banner}"
dialog = "{dialog}"
accept = ["#yes"]
refuse = {refuse}
preferences = {preferences}
save = {save}
[consent.dialog.categories.analytics]
control = "{control}"
"""


@pytest.mark.parametrize(
    ("name", "leads"),
    [
        ("Next", True),
        ("Weiter \N{RIGHTWARDS ARROW}", True),
        ("Next (2/3)", True),
        ("2. Suivant", True),
        ("Next week's offers", False),
        ("Continue without accepting", False),
        ("Save", False),
        ("", False),
    ],
)
def test_a_button_leads_on_where_its_whole_name_says_so(name: str, leads: bool) -> None:
    assert leads_on(name) is leads


def drawn(driver: WebDriver, body: str) -> None:
    driver.get("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=en><title>Shop</title>{body}"))


def proposed(driver: WebDriver, body: str) -> Proposal:
    drawn(driver, body)
    found = propose(driver)
    assert found is not None
    return found


def as_profile(found: Proposal) -> str:
    """The entries of the profile that this proposal makes."""
    table = found.selectors()
    listed = {key: str(list(table[key])).replace("'", '"') for key in ("refuse", "preferences", "save")}
    control = table["categories"][Category.ANALYTICS]["control"]
    return PROFILE.format(banner=table["banner"], dialog=table["dialog"], control=control, **listed)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "preferences", "save"),
    [
        (APART, ("#more", "#first > button.goes-on"), ("#second > button.goes-on", "#sure")),
        (RENDERED, ("#more", "button.goes-on"), ("button.goes-on", "button.goes-on")),
        (GOES_ON_TO_SAVE, ("#more",), ("#on",)),
    ],
    ids=["apart", "rendered", "goes on to save"],
)
def test_a_dialog_of_steps_is_proposed_as_it_is_walked(
    driver: WebDriver, tmp_path: Path, page: str, preferences: tuple[str, ...], save: tuple[str, ...]
) -> None:
    found = proposed(driver, page)
    assert (found.preferences, found.save, found.at_once) == (preferences, save, False)
    drawn(driver, page)
    manager = Described(driver, loaded(tmp_path, as_profile(found)))
    manager.open_preferences()
    assert {category: switch.on for category, switch in manager.switches().items()} == {Category.ANALYTICS: False}
    manager.set_category(Category.ANALYTICS, granted=True)
    manager.save()
    assert [(choice.what, choice.on) for choice in manager.clicked_choices] == [
        ("save the preferences", {Category.ANALYTICS: True})
    ]


@pytest.mark.browser
@pytest.mark.parametrize("page", [TWO_ASK, STUCK], ids=["two steps ask", "the next step does not come"])
def test_a_dialog_of_steps_that_no_entry_describes_is_proposed_without_its_steps(driver: WebDriver, page: str) -> None:
    found = proposed(driver, page)
    assert (found.accept, found.preferences, found.switches, found.save) == (("#yes",), (), {}, ())
