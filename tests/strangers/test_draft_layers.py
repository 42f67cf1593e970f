"""Which layer of a page a draft takes for the banner, which part of it for a button and which for a category's row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.site.profile import Category
from tests.strangers.draft_sites import proposed, serving_fronts

pytestmark = pytest.mark.browser

FILM = """<div class="film" style="padding:2em"><p>This film sets cookies of its service.</p>
<button>Accept and play</button> <button>More information</button>
<label><input type="checkbox"> Always allow</label></div>"""

TERMS = """<div style="position:fixed;top:0;right:0">We have a new privacy notice. <button>Accept</button></div>"""

MENU = """<header style="position:sticky;top:0"><a href="/privacy">Privacy</a> <button>OK</button></header>"""

BANNER = """<div id="ask" style="position:fixed;bottom:0;padding:2em;background:#eee"><p>We set cookies.</p>
<button id="yes">Accept all</button> <button id="no">Reject all</button> {more}</div>"""

UNFOLDING = """<button id="more" onclick="rows.hidden = false">Settings</button><div id="rows" hidden>{rows}
<button id="save">Save</button></div>"""

DETAILS = """<details><summary>Functional <span>Always active</span></summary>They are needed.</details>
<details><summary>Statistics <label><input type="checkbox" id="stats"><span hidden>Statistics</span></label></summary>
They count.</details>"""

HEADINGS = """<h3><button aria-expanded="false">Accept only what is necessary</button></h3>
<h3><button aria-expanded="false">Accept statistics?</button></h3>
<label><input type="checkbox" id="stats"> Statistics</label>"""

SLOTTED = """<x-switch id="stats">Statistics</x-switch><script>
customElements.define("x-switch", class extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({mode: "open"}).innerHTML = "<label><input type=checkbox><slot></slot></label>";
  }
});</script>"""

PARTNERS = """<button onclick="document.title = 'partners'">Partners</button>"""

PAGES = {
    "film": FILM + BANNER.format(more=""),
    "terms": TERMS + BANNER.format(more=""),
    "menu": MENU + BANNER.format(more=""),
    "details": BANNER.format(more=UNFOLDING.format(rows=DETAILS)),
    "headings": BANNER.format(more=UNFOLDING.format(rows=HEADINGS)),
    "slotted": BANNER.format(more=UNFOLDING.format(rows=SLOTTED)),
    "partners": BANNER.format(more=PARTNERS + UNFOLDING.format(rows=HEADINGS)),
    "reopened": FILM + BANNER.format(more="") + "<footer><button>Cookie settings</button></footer>",
    "sentence": BANNER.format(more=UNFOLDING.format(rows="<p>Some of them are necessary.</p>" + SLOTTED)),
    "made-up": """<div id="k3v9ab" class="q7xz1b" style="position:fixed;bottom:0"><p>We set cookies.</p>
<button class="b4tz">Accept all</button><button class="u8wy">Reject all</button></div>""",
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving_fronts(PAGES) as port:
        yield port


@pytest.mark.parametrize("name", [name for name in PAGES if name != "made-up"])
def test_the_banner_alone_accepts_and_refuses(driver: WebDriver, port: int, name: str) -> None:
    found = proposed(driver, port, name)
    assert (found.banner, found.accept, found.refuse) == ("#ask", ("#yes",), ("#no",))


@pytest.mark.parametrize("name", ["details", "headings", "slotted", "partners", "sentence"])
def test_a_switch_is_found_where_the_preferences_unfold(driver: WebDriver, port: int, name: str) -> None:
    found = proposed(driver, port, name)
    assert (found.preferences, found.save) == (("#more",), ("#save",))
    assert found.switches[Category.ANALYTICS].control.startswith("#stats")
    assert found.switches[Category.ANALYTICS].label == "Statistics"


def test_a_row_without_a_switch_is_always_on_and_a_sentence_is_none(driver: WebDriver, port: int) -> None:
    assert proposed(driver, port, "details").switches[Category.FUNCTIONALITY].label == "Functional"
    assert Category.FUNCTIONALITY not in proposed(driver, port, "sentence").switches


def test_no_selector_rests_on_a_name_that_is_made_up(driver: WebDriver, port: int) -> None:
    found = proposed(driver, port, "made-up")
    assert found.accept == ("body > div > button:nth-of-type(1)",)
    assert found.refuse == ("body > div > button:nth-of-type(2)",)
