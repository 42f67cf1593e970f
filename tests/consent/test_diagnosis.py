"""The order of diagnosis: no manager, wrong manager, no dialog, choice not taken."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent import deciding, dialog_driver, watching
from consentinel.consent.base import (
    ChoiceNotTaken,
    ConsentFailure,
    NoDialog,
    NoManager,
    Unfamiliar,
    WrongManager,
)
from consentinel.consent.described import Described
from consentinel.consent.registry import manager_for
from consentinel.site.load import load_profile
from consentinel.site.profile import Profile
from tests.site.builders import LEAST, written

pytestmark = pytest.mark.managers


BANNER = """
[consent.dialog]
banner = "#banner"
accept = ["#yes"]
refuse = ["#no"]
"""
PAGE = "<!doctype html><title>t</title><div id=banner style='padding:9px'>Cookies? {}</div>"
YES = '<button id=yes onclick="{}">Yes</button>'


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "EFFECT", 2.0)
    monkeypatch.setattr(watching, "EFFECT", 2.0)
    monkeypatch.setattr(dialog_driver, "EFFECT", 2.0)


def profile(folder: Path, consent: str, tables: str = "") -> Profile:
    text = LEAST.replace("[consent.stored]", f"[consent]\n{consent}\nlate_s = 1\n\n[consent.stored]")
    return load_profile(str(written(folder, text + tables)), environ={})


def show(driver: WebDriver, page: str) -> None:
    driver.get(f"data:text/html,{quote(page)}")


def described(driver: WebDriver, folder: Path) -> Described:
    return Described(driver, profile(folder, 'manager = "described"', BANNER))


def test_no_manager(driver: WebDriver, tmp_path: Path) -> None:
    show(driver, "<p>nothing here")
    with pytest.raises(NoManager, match=r"no known consent manager runs on this page; waited 1\.\d s"):
        manager_for(driver, profile(tmp_path, 'manager = "auto"'))
    with pytest.raises(NoManager, match="the profile names klaro, but no consent manager runs on this page"):
        manager_for(driver, profile(tmp_path, 'manager = "klaro"')).accept_all()


def test_a_misspelt_manager(driver: WebDriver, tmp_path: Path) -> None:
    with pytest.raises(NoManager, match="no consent manager is called 'klara'; did you mean `klaro`"):
        manager_for(driver, profile(tmp_path, 'manager = "klara"'))


def test_wrong_manager(driver: WebDriver, tmp_path: Path) -> None:
    show(driver, "<p>here</p><script>window.tarteaucitron = {}</script>")
    with pytest.raises(WrongManager, match="the profile names klaro, but tarteaucitron runs on this page"):
        manager_for(driver, profile(tmp_path, 'manager = "klaro"')).accept_all()


TWO = "<script>window.tarteaucitron = window.klaro = {}</script>"
NOTICE = "<div class=klaro><div class=cookie-notice>Cookies?</div></div>"
ALERT = "<div id=tarteaucitronAlertBig>Cookies?</div>"


def test_of_two_managers_the_one_that_asks_is_worked(driver: WebDriver, tmp_path: Path) -> None:
    show(driver, TWO + NOTICE)
    assert manager_for(driver, profile(tmp_path, 'manager = "auto"')).name == "klaro"


@pytest.mark.parametrize(("asking", "told"), [("", "none asks"), (NOTICE + ALERT, "several ask")])
def test_of_two_managers_none_is_chosen_by_chance(driver: WebDriver, tmp_path: Path, asking: str, told: str) -> None:
    show(driver, f"<p>here</p>{TWO}{asking}")
    with pytest.raises(Unfamiliar, match=f"klaro and tarteaucitron run on this page and {told}; name one"):
        manager_for(driver, profile(tmp_path, 'manager = "auto"'))


def test_no_dialog(driver: WebDriver, tmp_path: Path) -> None:
    show(driver, "<p>here</p><script>window.klaro = {}</script>")
    with pytest.raises(NoDialog, match=r"klaro: waited 1\.\d s for the banner: it never came"):
        manager_for(driver, profile(tmp_path, 'manager = "auto"')).accept_all()


def test_a_choice_that_is_not_taken(driver: WebDriver, tmp_path: Path) -> None:
    show(driver, PAGE.format(YES.format("")))
    with pytest.raises(ChoiceNotTaken, match="described: tried to accept all, but the dialog still shows; waited"):
        described(driver, tmp_path).accept_all()


def test_a_click_that_came_too_early_is_repeated(driver: WebDriver, tmp_path: Path) -> None:
    show(driver, PAGE.format(YES.format("if (window.n) banner.hidden = true; n = 1")))
    described(driver, tmp_path).accept_all()


@pytest.mark.parametrize(
    ("style", "shows"),
    [
        ("clip-path: inset(100%)", False),
        ("clip-path: circle(0)", False),
        ("clip: rect(0 0 0 0)", False),
        ("clip-path: inset(100%); pointer-events: none", False),
        ("z-index: -1", False),
        ("transform: scale(0)", False),
        ("transform: translateY(110%)", False),
        ("padding: 0; max-height: 0; overflow: hidden", False),
        ("clip-path: inset(0 0 60% 0)", True),
        ("clip-path: ellipse(50% 50%)", True),
        ("clip: rect(0 300px 40px 0)", True),
        ("z-index: 9", True),
    ],
)
def test_a_banner_that_is_styled_away_asks_nobody(driver: WebDriver, tmp_path: Path, style: str, shows: bool) -> None:
    banner = "<button id=yes>Yes</button> <button id=no>No</button>"
    page = "<main style='position:relative;min-height:200vh;background:#fff'>Words to read</main>"
    fixed = f"<style>#banner {{ position: fixed; left: 0; right: 0; bottom: 0; {style} }}</style>"
    show(driver, f"{PAGE.format(banner).replace(' style=', ' data-style=')}{fixed}{page}")
    assert described(driver, tmp_path).is_asking() is shows


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (PAGE.format("") + "<button id=yes>OK</button>", '<button#yes> "OK" is outside the dialog'),
        (PAGE.format("<button id=yes hidden>OK</button>"), "nothing visible matches #yes"),
        (PAGE.format("<button id=yes disabled>OK</button>"), '<button#yes> "OK" is disabled'),
        (
            PAGE.format("<button id=yes>OK</button>")
            + "<div id=veil style='position:fixed;inset:0;background:#fff8'></div>",
            '<button#yes> "OK" is covered by <div#veil>',
        ),
    ],
)
def test_a_button_that_a_visitor_could_not_click_is_not_clicked(
    driver: WebDriver, tmp_path: Path, page: str, reason: str
) -> None:
    show(driver, page)
    manager = described(driver, tmp_path)
    with pytest.raises(ConsentFailure) as caught:
        manager.dialog_driver.click("#yes", ["#banner"])
    assert reason in str(caught.value)


def test_a_hidden_first_match_is_passed_over(driver: WebDriver, tmp_path: Path) -> None:
    hidden = "<button id=yes style='display:none'>OK</button>"
    show(driver, PAGE.format(hidden + YES.format("banner.hidden = true")))
    described(driver, tmp_path).accept_all()


SLOW = """<button id=open onclick="clearTimeout(window.t); window.t = setTimeout(() => {
  banner.hidden = false }, 1000)">Open</button><div id=banner hidden style='padding:9px'>Cookies?</div>"""


def test_what_a_second_click_begins_anew_is_given_ever_more_time(
    driver: WebDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "EFFECT", 10.0)
    show(driver, SLOW)
    opening = BANNER + 'reopen = ["#open"]\n'
    manager = Described(driver, profile(tmp_path, 'manager = "described"', opening))
    manager.open_preferences()
    assert manager.is_asking()
