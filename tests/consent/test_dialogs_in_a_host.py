"""A banner and its switches beside each other in the shadow root of one host: what a draft proposes, and what shows."""

from __future__ import annotations

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.unknown_dialog import discerned
from consentinel.site.profile import Category
from tests.consent.test_unknown_dialogs import proposed, shown

IN_A_HOST = """<x-ask></x-ask><script>
const root = document.querySelector('x-ask').attachShadow({{mode: 'open'}});
root.innerHTML = `<button id=again style="position: fixed; right: 0">Edit cookie settings</button>
<div id=bar style="position: fixed; bottom: 0">We use cookies. <button id=more>Cookie settings</button>
<button id=no>Reject all</button> <button id=yes>{accepts}</button></div>
<div id=dlg hidden style="position: fixed; inset: 0; background: white">
<label><input type=checkbox id=a> Analytics</label> <label><input type=checkbox id=b> Advertising</label>
<button id=shut>Close settings</button></div>`;
root.getElementById('more').onclick = () => {{ root.getElementById('dlg').hidden = false; }};
</script>"""
"""A banner, switches without a way to save, and a button that stays, each beside the others in one shadow root."""


def in_host(*names: str) -> tuple[str, ...]:
    return tuple(f"x-ask >>> #{name}" for name in names)


@pytest.mark.browser
def test_of_two_layers_that_hold_the_switches_the_inner_one_is_taken(driver: WebDriver) -> None:
    body = IN_A_HOST.format(accepts="Accept all")
    found = proposed(driver, body)
    assert (found.banner, found.dialog, found.at_once) == (*in_host("bar", "dlg"), True)
    assert (found.save, found.close, found.accept) == ((), in_host("shut"), in_host("yes"))
    shown(driver, body)
    assert discerned(driver, found) == found


@pytest.mark.browser
def test_a_banner_that_can_only_be_refused_and_saved_saves_the_switches_of_the_second_layer(driver: WebDriver) -> None:
    found = proposed(driver, IN_A_HOST.format(accepts="Accept selected"))
    assert (found.refuse, found.save, found.at_once) == (in_host("no"), in_host("shut", "yes"), False)
    assert found.accept == in_host("more", "shut", "yes")
    assert set(found.switches) == {Category.ANALYTICS, Category.ADVERTISING}


@pytest.mark.browser
def test_a_host_whose_shadow_root_shows_something_fixed_shows(driver: WebDriver) -> None:
    shown(driver, IN_A_HOST.format(accepts="Accept all"))
    places = {"host": "x-ask", "hidden": "x-ask >>> #dlg"}
    assert DialogDriver(driver, "a dialog").shows(places, {}, []) == {"host": True, "hidden": False}
