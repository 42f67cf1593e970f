"""The report as real browsers show it, opened from disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.select import Select

from consentinel.fleet.page import write_page
from tests.fleet.builders import kept

_SCENARIO = "scenarios/a-refusal-holds-on-every-page-firefox-1.html"
_PAGES = ("index.html", "scenarios.html", "inventory.html", "policy.html", "unstable.html", _SCENARIO)
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _open(driver: WebDriver, folder: Path, page: str) -> None:
    driver.get((folder / page).as_uri())


def _look(driver: webdriver.Chrome, width: int, scheme: str = "light") -> None:
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def _complaints(driver: webdriver.Chrome) -> list[str]:
    """What the browser wrote to its console since the last call."""
    entries = driver.execute("getLog", {"type": "browser"})["value"]
    return [entry["message"] for entry in entries]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", _PAGES)
def test_axe_finds_nothing(
    chromium: webdriver.Chrome, demo: Path, axe: str, page: str, scheme: str, width: int
) -> None:
    _look(chromium, width, scheme)
    _open(chromium, demo, page)
    chromium.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    chromium.execute_script(axe)

    found: dict[str, Any] = chromium.execute_script(
        "return axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}})", _TAGS
    )

    told = [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:3]) for rule in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 10


@pytest.mark.parametrize("page", _PAGES)
def test_no_page_is_wider_than_a_phone(chromium: webdriver.Chrome, demo: Path, page: str) -> None:
    _look(chromium, 390)
    _open(chromium, demo, page)

    assert chromium.execute_script("return document.documentElement.scrollWidth") == 390


def test_on_a_phone_the_site_stays_in_sight_beside_its_last_promise(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    _look(chromium, 390)
    _open(chromium, tmp_path, write_page(tmp_path, ["shop"], {"shop": kept("shop")}, {}).name)
    chromium.execute_script("document.querySelector('#fleet').parentElement.scrollLeft = 10000")

    left = "return document.querySelector('#fleet tbody ' + arguments[0]).getBoundingClientRect().left"
    assert chromium.execute_script("return document.querySelector('#fleet').parentElement.scrollLeft") > 100
    assert chromium.execute_script(left, "th") >= 0
    assert chromium.execute_script(left, "td:last-child") < 390


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
@pytest.mark.parametrize("page", _PAGES)
def test_the_report_opens_from_disk_and_runs_no_hostile_script(
    request: pytest.FixtureRequest, demo: Path, page: str, browser: str
) -> None:
    driver: WebDriver = request.getfixturevalue(browser)
    _open(driver, demo, page)

    assert driver.title.endswith(("Bluebird", "answered", "(Firefox)"))
    main = driver.find_element(By.CSS_SELECTOR, "body")
    assert main.value_of_css_property("max-width") != "none", "the style sheet was not applied"
    tools = driver.find_elements(By.CSS_SELECTOR, ".tools")
    assert all(tool.is_displayed() for tool in tools), "the script did not run"


def test_the_browser_has_nothing_to_complain_about(chromium: webdriver.Chrome, demo: Path) -> None:
    _complaints(chromium)
    for page in _PAGES:
        _open(chromium, demo, page)

    assert _complaints(chromium) == []


def test_an_injected_script_would_be_refused(chromium: webdriver.Chrome, demo: Path) -> None:
    _open(chromium, demo, "index.html")

    chromium.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s)"
    )

    assert chromium.execute_script("return window.ran") is None
    assert "Content Security Policy" in _complaints(chromium)[-1]


def _shown(driver: WebDriver, table: str) -> list[str]:
    headings = driver.find_elements(By.CSS_SELECTOR, f"#{table} [data-row] th")
    return [heading.text.split("\n")[0] for heading in headings if heading.is_displayed()]


def test_the_inventory_is_found_in_and_sorted_by_keyboard(chromium: webdriver.Chrome, demo: Path) -> None:
    _look(chromium, 1280)
    _open(chromium, demo, "inventory.html")
    tools = chromium.find_element(By.CSS_SELECTOR, "[data-for=stored]")

    Select(tools.find_element(By.CSS_SELECTOR, "[data-choose=category]")).select_by_value("social")
    assert _shown(chromium, "stored") == ["nb_seen", "nb_uid"]
    assert tools.find_element(By.TAG_NAME, "output").text == "2 of 13 shown"

    tools.find_element(By.TAG_NAME, "input").send_keys("UID")
    assert _shown(chromium, "stored") == ["nb_uid"]

    _open(chromium, demo, "inventory.html")
    heading = chromium.find_element(By.CSS_SELECTOR, "#stored thead th")
    heading.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    names = _shown(chromium, "stored")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert names.index("_ga") < names.index("consent") < names.index("session")


def test_scenarios_that_differ_between_browsers_are_found(chromium: webdriver.Chrome, demo: Path) -> None:
    _open(chromium, demo, "scenarios.html")

    chromium.find_element(By.CSS_SELECTOR, "[data-choose=differs]").click()

    assert _shown(chromium, "matrix") == ["Nothing is measured before a choice"]


def test_scenarios_and_causes_are_narrowed_to_a_host(chromium: webdriver.Chrome, demo: Path) -> None:
    for page, place in (("scenarios.html", "matrix"), ("index.html", "found")):
        _open(chromium, demo, page)
        host = Select(chromium.find_element(By.CSS_SELECTOR, f"[data-for={place}] [data-choose=host]"))
        host.select_by_visible_text("analytics.localhost")
        rows = chromium.find_elements(By.CSS_SELECTOR, f"#{place} [data-row]")
        shown = [row.text for row in rows if row.is_displayed()]
        assert shown
        assert len(shown) < len(rows)
        assert all("analytics" in text or "measured" in text for text in shown)


def test_a_screenshot_is_enlarged_and_closed_without_script(chromium: webdriver.Chrome, demo: Path) -> None:
    _look(chromium, 1280)
    _open(chromium, demo, _SCENARIO)
    enlarged = chromium.find_element(By.ID, "picture-1")
    assert not enlarged.is_displayed()

    chromium.find_element(By.CSS_SELECTOR, "a.thumb").click()
    assert enlarged.is_displayed()

    enlarged.find_element(By.LINK_TEXT, "Close").click()
    assert not enlarged.is_displayed()


def test_every_link_leads_somewhere(chromium: webdriver.Chrome, demo: Path) -> None:
    for page in _PAGES:
        _open(chromium, demo, page)
        links: list[str] = chromium.execute_script(
            "return [...document.links].map((link) => link.getAttribute('href'))"
        )
        ids: list[str] = chromium.execute_script("return [...document.querySelectorAll('[id]')].map((e) => e.id)")
        for link in links:
            path, _, fragment = link.partition("#")
            target = (demo / page).parent / path if path else demo / page
            assert target.is_file(), f"{page}: {link}"
            assert path or fragment in ids, f"{page}: {link}"
