"""A draft finds switches in what unfolds in the banner, those that nothing names as switches, and sliders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.unknown_dialog import discerned
from consentinel.site.profile import Category
from tests.strangers.draft_sites import proposed, serving_fronts

pytestmark = pytest.mark.browser

NAMES = {"stats": "Statistics", "ads": "Marketing"}
KEYS = {Category.ANALYTICS: "stats", Category.ADVERTISING: "ads"}
BANNER = """<div id="ask" style="position:fixed;bottom:0;padding:2em;background:#eee"><p>We set cookies.</p>
<button id="no">Reject all</button> <button id="yes">Accept all</button> {}</div><script>{}</script>"""
SAVE = '<button id="save">Save selection</button>'
OPENING = (
    """<button id="more" onclick="two.hidden = false">Settings</button><div id="two" hidden>{}<div>{}</div></div>"""
)
DRAWN = "display:inline-block;width:40px;height:20px;background:#ccc;cursor:pointer"

FOLDING = """function unfold(button) {{
  const part = document.getElementById(button.getAttribute('aria-controls'));
  {}
  part.hidden = !part.hidden;
  button.setAttribute('aria-expanded', String(!part.hidden));
}}"""
ALONE = (
    """for (const other of document.querySelectorAll('[aria-expanded=true]')) if (other !== button) unfold(other);"""
)


def each(made: str) -> str:
    """This part of a page for each category."""
    return "".join(made.format(key=key, name=name) for key, name in NAMES.items())


BOXES = each('<p><label><input type="checkbox" id="{key}"> {name}</label></p>')
PARTS = each(
    '<h3><button id="fold-{key}" aria-expanded="false" aria-controls="part-{key}" onclick="unfold(this)">{name}'
    '</button></h3><div id="part-{key}" hidden><label><input type="checkbox" id="{key}"> Allow</label></div>'
)
DETAILS = each(
    '<details><summary id="fold-{key}">{name}</summary><p>What it does.</p>'
    '<label><input type="checkbox" id="{key}"> Allow</label></details>'
)
TURNED = "document.querySelectorAll('.turn').forEach((e) => e.addEventListener('click', () => { const on = %s; }));"

PAGES = {
    "details": BANNER.format(f"<details><summary id='more'>Settings</summary>{BOXES}{SAVE}</details>", ""),
    "beside": BANNER.format(f"{SAVE}<details><summary id='more'>Cookie details</summary>{BOXES}</details>", ""),
    "each": BANNER.format(SAVE + DETAILS, ""),
    "accordion": BANNER.format(SAVE + PARTS, FOLDING.format("")),
    "exclusive": BANNER.format(SAVE + PARTS, FOLDING.format(ALONE)),
    "texts": BANNER.format("<details><summary>How it works</summary>Well.</details>", ""),
    "class": BANNER.format(
        OPENING.format(each(f'<p><b>{{name}}</b> <span class="turn" id="{{key}}" style="{DRAWN}"></span></p>'), SAVE),
        TURNED % "e.classList.toggle('is-on')",
    ),
    "row": BANNER.format(
        OPENING.format(each(f'<p id="{{key}}">{{name}} <a class="turn" style="{DRAWN}"></a></p>'), SAVE),
        TURNED % "e.parentNode.classList.toggle('active')",
    ),
    "state": BANNER.format(
        OPENING.format(
            each(f'<p>{{name}} <x-toggle class="turn" id="{{key}}" data-state="off" style="{DRAWN}"></x-toggle></p>'),
            SAVE,
        ),
        TURNED % "e.dataset.state = e.dataset.state === 'on' ? 'off' : 'on'",
    ),
    "pressed": BANNER.format(
        OPENING.format(
            each(f'<p>{{name}} <span class="turn" id="{{key}}" aria-pressed="false" style="{DRAWN}"></span></p>'), SAVE
        ),
        TURNED % "e.setAttribute('aria-pressed', String(e.getAttribute('aria-pressed') !== 'true'))",
    ),
    "slider": BANNER.format(
        OPENING.format(
            each('<p><label>{name} <input type="range" id="{key}" min="0" max="2" value="0"></label></p>'), SAVE
        ),
        "",
    ),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving_fronts(PAGES) as port:
        yield port


def control(**parts: str) -> Mapping[Category, Mapping[str, str]]:
    """A switch for each category, with its key in these selectors."""
    return {category: {name: part.format(key=key) for name, part in parts.items()} for category, key in KEYS.items()}


CHECKED = control(control="#{key}")


@pytest.mark.parametrize(
    ("name", "preferences", "switches"),
    [
        ("details", ("#more",), CHECKED),
        ("beside", ("#more",), CHECKED),
        ("each", ("#fold-stats", "#fold-ads"), CHECKED),
        ("accordion", ("#fold-stats", "#fold-ads"), CHECKED),
        ("exclusive", ("#fold-stats",), CHECKED),
        ("class", ("#more",), control(control="#{key}", on="#{key}.is-on")),
        ("row", ("#more",), control(control="#{key} > a.turn", on="#{key}.active")),
        ("state", ("#more",), control(control="#{key}", on='#{key}[data-state="on"]')),
        ("pressed", ("#more",), CHECKED),
        ("slider", ("#more",), CHECKED),
    ],
)
def test_each_switch_is_found_with_the_way_to_it(
    driver: WebDriver,
    port: int,
    name: str,
    preferences: tuple[str, ...],
    switches: Mapping[Category, Mapping[str, str]],
) -> None:
    found = proposed(driver, port, name)
    driver.refresh()
    told = discerned(driver, found)
    assert {category: switch.selectors() for category, switch in told.switches.items()} == switches
    assert (told.preferences, told.save, told.unopened) == (preferences, ("#save",), "")
    assert not DialogDriver(driver, "the dialog").shows({"dialog": told.dialog}, {}, [])["dialog"]
    if name == "exclusive":
        assert (told.next, told.back) == (("#fold-ads",), ("#fold-stats",))


def test_what_unfolds_and_shows_no_switch_is_noted(driver: WebDriver, port: int) -> None:
    found = proposed(driver, port, "texts")
    assert found.switches == {}
    assert "How it works" in found.unopened


def test_a_slider_is_slid_to_its_ends(driver: WebDriver, port: int) -> None:
    proposed(driver, port, "slider")
    dialog_driver = DialogDriver(driver, "the dialog")
    asked = {"stats": {"control": "#stats"}}
    for wanted in (True, False):
        dialog_driver.turn("#stats", wanted)
        assert dialog_driver.ask("switches", asked)["stats"]["on"] is wanted
