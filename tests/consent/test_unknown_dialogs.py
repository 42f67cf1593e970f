"""Dialogs as design systems make them: what a draft proposes for each, and what shows of them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.proposal import propose, with_link
from consentinel.drafting.saving import sign_of_saving
from consentinel.drafting.survey import Proposal, ProposedSwitch
from consentinel.drafting.tour import links_of, named_links
from consentinel.drafting.unknown_dialog import discerned
from consentinel.site.profile import Category

ALIKE = """<div id=bar>We use cookies. <button class=second>Decline</button> <button class=first>Accept</button>
<button class=third onclick="bar.replaceWith(later.content)">Manage cookies</button></div>
<template id=later><div id=dlg role=dialog>Cookies <label><input type=checkbox id=a> Analytics</label>
<button class=second>Cancel</button> <button class=first>Save</button></div></template>"""

SURFACES = """<div class=card>We use cookies. <button class=second>Decline</button> <button class=first>Accept</button>
<button class=third onclick="this.parentNode.replaceWith(later.content)">Manage cookies</button></div>
<template id=later><div id=dlg role=dialog><div class=card>Cookies <label><input type=checkbox id=a> Analytics</label>
<button class=second>Cancel</button> <button class=first>Save</button></div></div></template>"""

QUESTIONS = "".join(
    f"""<fieldset><legend>May we set cookies for {name}?</legend>
    <label><input type=radio name={name} value=1 id={name}> I am OK with this</label>
    <label><input type=radio name={name} value=0 id=no-{name}> No thank you</label></fieldset>"""
    for name in ("analytics", "advertising")
)
FORM = f"""<h1>Cookies</h1><form id=settings>{QUESTIONS}<button>Save my settings</button></form>
<p id=told role=alert hidden>Your settings were saved.</p>
<script>settings.onsubmit = (event) => {{ event.preventDefault(); told.hidden = false; }};</script>"""

FOLDED = """<aside id=bar style="position: fixed; bottom: 0">We use cookies. <button id=more
onclick="fold.style.height = 'auto'">Customise</button>
<div id=fold style="height: 0; overflow: hidden"><label><input type=checkbox id=a> Analytics</label>
<button id=keep>Save</button></div> <button id=no>Decline</button> <button id=yes>Accept all</button></aside>"""

UNFOLDING = """<aside id=bar style="position: fixed; bottom: 0">We use cookies. <button id=more
onclick="fold.style.height = 'auto'; yes.textContent = 'Save'">Customise</button>
<div id=all><div id=fold style="height: 0; overflow: hidden"><label><input type=checkbox id=a> Analytics</label>
<label><input type=checkbox id=b> Advertising</label></div>
<button id=no>Decline</button> <button id=yes>Accept all</button></div></aside>"""

WITHOUT_SWITCHES = """<div id=bar>We use cookies. <button id=yes>Accept</button></div><main><h1>Shop</h1></main>"""

IN_WORDS = """<div id=bar style="position: fixed; bottom: 0">We use cookies: <a href="#" id=small>Accept all</a> or not.
<button id=no>Refuse all</button> <button id=yes style="padding: 1em 3em">Accept all</button></div>"""

OFFERED = "".join(
    f"""<section><h3>{name}</h3><p>These cookies serve us.</p><div>
    <form method=post action=/yes><input type=hidden name=g value={name}><input type=submit value=Accept></form>
    <form method=post action=/no><input type=hidden name=g value={name}><input type=submit value=Decline></form>
    </div></section>"""
    for name in ("Statistics", "Advertising")
)

IN_COLUMNS = """<div id=bar><div><h2>On this shop</h2><p>We keep small files to count visits.</p></div><div id=row>
<div class=col><button id=yes>Accept additional cookies</button></div>
<div class=col><button id=no>Reject additional cookies</button></div>
<div class=col><a href="#">View cookies</a></div></div></div><main><p>Shop.</p></main>"""

ONLY_SAVED = """<div role=dialog id=ask>Cookies and privacy
<label><input type=checkbox id=need checked disabled> Functional</label>
<label><input type=checkbox id=a> Analytics</label> <label><input type=checkbox id=b> Marketing</label>
<button id=keep>Save preferences</button></div>"""

ONE_BUTTON = """<div id=bar style="position: fixed; bottom: 0"><p>Cookies help us.</p>
<ul id=types style="display: none"><li><input type=checkbox id=a><label for=a>Analytics</label>
<li><input type=checkbox id=b><label for=b>Marketing</label>
</ul><div><button id=yes>Accept cookies</button> <button id=more
onclick="types.style.display = ''; more.disabled = true">Customize cookies</button></div></div>"""

TWO_OF_ONE = """<div role=dialog id=ask>Cookies <button id=no>Reject all</button> <button id=yes>Accept all</button>
<label><input type=checkbox id=m> Marketing</label> <label><input type=checkbox id=p> Personalized ads</label>
<fieldset><legend>Your settings</legend><label><input type=radio name=s id=s1 value=on> On</label>
<label><input type=radio name=s id=s2 value=off> Off</label></fieldset><button id=keep>Save</button></div>"""

BY_LINK = """<aside id=bar style="position: fixed; bottom: 0">We use cookies. Choose <a href="#">here</a>.
<button id=no>Refuse all</button> <button id=yes>Accept all</button></aside>
<button id=again onclick="dlg.hidden = false; bar.hidden = true">Cookie settings</button>
<div id=dlg role=dialog hidden>Cookies <label><input type=checkbox id=a> Analytics</label>
<label><input type=checkbox id=every> Turn all on</label> <button id=keep>Save</button></div>"""


WAYS_BACK = {
    '<a href="" class=again>Open cookie settings</a>': "a.again",
    '<a href="#">Up</a> <a href="#" class=again>Cookie settings</a>': "a.again",
    '<a href="#cookies">Cookie settings</a>': 'a[href="\\#cookies"]',
    '<a href="javascript:ask()">Cookie settings</a>': 'a[href="javascript\\:ask\\(\\)"]',
    "<a class=again>Modify cookie settings</a>": "a.again",
    "<span role=button class=again>Cookie settings</span>": "span.again",
    "<div class=bar><button>Cookie settings</button></div>": "div.bar > button",
    "<div id=host><template shadowrootmode=open><button class=again>Cookie settings</button></template></div>": (
        "#host >>> button.again"
    ),
}
"""What opens the preferences from a page, and its selector; elsewhere on the page are other links and buttons."""


def shown(driver: WebDriver, body: str) -> None:
    driver.get("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=en><title>Shop</title>{body}"))


def proposed(driver: WebDriver, body: str) -> Proposal:
    shown(driver, body)
    found = propose(driver)
    assert found is not None
    return found


@pytest.mark.browser
def test_buttons_that_look_alike_are_told_apart_by_their_layer(driver: WebDriver) -> None:
    found = proposed(driver, ALIKE)
    assert found.accept == ("#bar button.first",)
    assert found.refuse == ("#bar button.second",)
    assert (found.save, found.close) == (("#dlg button.first",), ("#dlg button.second",))


@pytest.mark.browser
def test_a_banner_is_told_apart_from_a_part_of_the_preferences_that_is_marked_alike(driver: WebDriver) -> None:
    found = proposed(driver, SURFACES)
    assert (found.banner, found.dialog) == ("div.card:not(#dlg *)", "#dlg")
    assert (found.refuse, found.close) == (("div.card:not(#dlg *) button.second",), ("#dlg button.second",))
    assert DialogDriver(driver, "a dialog").shows({"banner": found.banner}, {}, []) == {"banner": False}


@pytest.mark.browser
def test_the_questions_of_a_form_are_one_dialog(driver: WebDriver) -> None:
    found = proposed(driver, f"<div id=bar>We use cookies.<button id=yes>Accept</button></div>{FORM}")
    whole = with_link(driver, found, "h1")
    assert (whole.dialog, whole.save) == ("#settings", ("#settings > button",))
    pairs = {category: (switch.grant, switch.refuse) for category, switch in whole.switches.items()}
    assert pairs == {
        Category.ANALYTICS: ("#analytics", "#no-analytics"),
        Category.ADVERTISING: ("#advertising", "#no-advertising"),
    }
    assert sign_of_saving(driver, whole) == "#told"


@pytest.mark.browser
def test_what_is_folded_to_no_height_is_another_layer(driver: WebDriver) -> None:
    found = proposed(driver, FOLDED)
    assert (found.dialog, found.preferences, found.save) == ("#fold", ("#more",), ("#keep",))
    assert (found.accept, found.refuse) == (("#yes",), ("#no",))


@pytest.mark.browser
def test_switches_that_unfold_beside_the_banners_buttons_are_a_layer_of_their_own(driver: WebDriver) -> None:
    found = proposed(driver, UNFOLDING)
    shown(driver, UNFOLDING)
    whole = discerned(driver, found)
    assert (whole.dialog, whole.preferences, whole.save) == ("#fold", ("#more",), ("#yes",))
    dialog_driver = DialogDriver(driver, "a dialog")
    dialog_driver.click("#more", ["#fold", "#bar"])
    assert dialog_driver.ask("shows", {"dialog": "#fold"}, {"save": "#yes"}, ["#fold", "#bar"])["shows"] == {
        "dialog": True,
        "save": True,
    }


@pytest.mark.browser
def test_a_page_of_preferences_is_told_by_its_switches_from_the_pages_that_ask(driver: WebDriver) -> None:
    yes, no = "body > main > form > input[value=Yes]", "body > main > form > input[value=No]"
    switch = ProposedSwitch("Statistics", grant=yes, refuse=no)
    found = Proposal(banner="#bar", dialog="body > main", switches={Category.ANALYTICS: switch})
    shown(driver, WITHOUT_SWITCHES)
    assert discerned(driver, found).dialog == "body > main:has(input[value=Yes], input[value=No])"


@pytest.mark.browser
def test_columns_with_a_button_each_are_one_banner(driver: WebDriver) -> None:
    found = proposed(driver, IN_COLUMNS)
    assert (found.banner, found.accept, found.refuse) == ("#row", ("#yes",), ("#no",))


@pytest.mark.browser
def test_a_dialog_that_can_only_be_saved_accepts_and_refuses_by_its_switches(driver: WebDriver) -> None:
    found = proposed(driver, ONLY_SAVED)
    assert (found.banner, found.dialog) == ("#ask", "")
    assert (found.accept, found.refuse, found.save) == (("#keep",), ("#keep",), ("#keep",))
    assert set(found.switches) == {Category.FUNCTIONALITY, Category.ANALYTICS, Category.ADVERTISING}


@pytest.mark.browser
@pytest.mark.parametrize(("name", "saves"), [("OK", ("#keep",)), ("Accept cookies", ("#keep",)), ("Accept all", ())])
def test_what_accepts_among_switches_saves_them_unless_it_accepts_everything(
    driver: WebDriver, name: str, saves: tuple[str, ...]
) -> None:
    assert proposed(driver, ONLY_SAVED.replace("Save preferences", name)).save == saves


@pytest.mark.browser
def test_the_banners_one_button_saves_the_switches_that_unfold_above_it(driver: WebDriver) -> None:
    found = proposed(driver, ONE_BUTTON)
    assert (found.banner, found.dialog, found.preferences) == ("#bar", "#types", ("#more",))
    assert (found.accept, found.save, found.refuse) == (("#yes",), ("#yes",), ("#more", "#yes"))


@pytest.mark.browser
def test_two_switches_of_one_category_are_one_and_a_strange_one_is_turned_apart(driver: WebDriver) -> None:
    found = proposed(driver, TWO_OF_ONE)
    assert found.switches[Category.ADVERTISING].control == "#m, #p"
    strange = {switch.label: switch for switch in found.strange}
    assert set(strange) == {"Your settings"}
    assert (strange["Your settings"].grant, strange["Your settings"].refuse) == ("#s1", "#s2")


@pytest.mark.browser
def test_switches_that_show_from_the_start_and_are_never_saved_are_no_second_layer(driver: WebDriver) -> None:
    body = f"{WITHOUT_SWITCHES}<form id=always><label><input type=checkbox id=a> Analytics</label></form>"
    switch = ProposedSwitch("Analytics", control="#a")
    found = Proposal(banner="#bar", dialog="#always", at_once=True, switches={Category.ANALYTICS: switch})
    shown(driver, body)
    whole = discerned(driver, found)
    assert (whole.dialog, whole.switches, whole.at_once) == ("", {}, False)
    assert discerned(driver, replace(found, saved="#told")).switches == found.switches


@pytest.mark.browser
def test_of_two_buttons_of_one_name_the_large_one_is_taken(driver: WebDriver) -> None:
    assert proposed(driver, IN_WORDS).accept == ("#yes",)


@pytest.mark.browser
def test_preferences_that_no_button_of_the_banner_names_open_by_the_pages_own_link(driver: WebDriver) -> None:
    found = proposed(driver, BY_LINK)
    assert found.preferences == ()
    whole = with_link(driver, found, "#again")
    assert (whole.dialog, whole.save, whole.preferences, whole.aside) == ("#dlg", ("#keep",), (), ("#every",))
    assert whole.switches[Category.ANALYTICS].control == "#a"
    assert whole.strange == ()


@pytest.mark.browser
def test_buttons_that_each_send_one_answer_are_the_switches_of_a_page(driver: WebDriver) -> None:
    banner = "<div id=bar>We use cookies.<button id=yes>Accept</button><button id=no>Decline</button></div>"
    found = proposed(driver, f"{banner}<h1>Cookies</h1><div id=groups>{OFFERED}</div>")
    whole = with_link(driver, found, "h1")
    assert (whole.dialog, whole.at_once, whole.save) == ("#groups", True, ())
    assert set(whole.switches) == {Category.ANALYTICS, Category.ADVERTISING}
    pair = whole.switches[Category.ANALYTICS]
    assert "section:nth-of-type(1)" in pair.grant
    assert "Accept" in pair.grant
    assert "Decline" in pair.refuse


@pytest.mark.browser
@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("<b>Statistics</b>They count visits.", "Statistics"),
        ("<b>Do not</b> sell my data", "Do not sell my data"),
        ("Marketing cookies: Enable us to advertise.", "Marketing cookies"),
        ("Cookies: Statistics", "Cookies: Statistics"),
        ("Statistics", "Statistics"),
        (f"<span>Statistics</span> <span>{'They count visits. ' * 5}</span>", "Statistics"),
    ],
)
def test_a_label_that_explains_itself_is_called_by_its_title(driver: WebDriver, label: str, told: str) -> None:
    shown(driver, f"<label for=a>{label}</label><input type=checkbox id=a>")
    switch = DialogDriver(driver, "a dialog").ask("switches", {"one": {"control": "#a"}})["one"]
    assert switch["label"] == told


@pytest.mark.browser
@pytest.mark.parametrize(
    ("style", "is_seen"),
    [
        ("position: fixed; top: 100%", False),
        ("position: fixed; bottom: 0", True),
        ("margin-top: 5000px", True),
        ("position: fixed; top: 2000px; height: 99px", False),
    ],
)
def test_a_banner_that_slid_out_of_the_window_shows_no_more(driver: WebDriver, style: str, is_seen: bool) -> None:
    shown(driver, f'<div id=bar style="{style}">We use cookies.</div>')
    assert DialogDriver(driver, "a banner").shows({"bar": "#bar"}, {}, []) == {"bar": is_seen}


@pytest.mark.browser
@pytest.mark.parametrize(("way", "selector"), WAYS_BACK.items())
def test_what_opens_the_preferences_is_named_whatever_it_is_made_of(driver: WebDriver, way: str, selector: str) -> None:
    shown(driver, f"<main><button>Buy</button> <a>Here</a> <span role=button>Sell</span></main><footer>{way}</footer>")
    assert named_links(links_of(driver, []))["preferences"][0] == selector
