"""Which of the layers of a page may be the consent banner: those that ask for consent, not for an age or an address."""

from __future__ import annotations

from typing import Any, cast

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting import proposal
from consentinel.drafting.buttons import speaks_of_consent


def layer(selector: str, *names: str, about: str = "", **how: bool) -> dict[str, Any]:
    """A layer as dialogs.js tells of it; `how` is what differs of it and its buttons."""
    button = {"leaves": how.pop("leaves", False), "unfolds": how.pop("unfolds", False), "area": 1.0}
    buttons = [{"selector": f"{selector} {name}", "name": name, **button} for name in names]
    switches = [{"label": about, "name": about}] if about else []
    found = {"selector": selector, "speaks": False, "whole": False, "floats": True, "language": "en"}
    return {**found, **how, "buttons": buttons, "switches": switches, "levels": [], "tabs": []}


@pytest.mark.parametrize(
    ("layers", "banner"),
    [
        ([layer("#age", "Yes", "No")], None),
        ([layer("#news", "OK", "No thanks")], None),
        ([layer("#age", "Yes", "No"), layer("#ask", "Yes", "No", speaks=True)], "#ask"),
        ([layer("#bells", "Allow", "Block"), layer("#ask", "OK", speaks=True)], "#ask"),
        ([layer("#ask", "Accept all", "Reject all")], "#ask"),
        ([layer("#ask", "Принять", "Отклонить")], "#ask"),
        ([layer("#ask", "OK", "Only necessary")], "#ask"),
        ([layer("#ask", "Accept all")], None),
        ([layer("#ask", "Save preferences", speaks=True, about="Statistics")], "#ask"),
        ([layer("#news", "Save preferences", speaks=True, about="Weekly letter")], None),
        ([layer("#ask", "Save preferences", about="Statistics")], None),
        ([layer("#terms", "Accept", speaks=True), layer("#ask", "Accept", "Decline", speaks=True)], "#ask"),
        ([layer("#film", "Accept and play", speaks=True, floats=False), layer("#ask", "Accept", speaks=True)], "#ask"),
        ([layer("#menu", "OK", speaks=True), layer("#ask", "Accept", "Settings", speaks=True)], "#ask"),
        ([layer("#rows", "Accept statistics", "Only necessary", unfolds=True, speaks=True)], None),
    ],
)
def test_the_banner_is_what_asks_for_consent(
    monkeypatch: pytest.MonkeyPatch, layers: list[dict[str, Any]], banner: str | None
) -> None:
    monkeypatch.setattr(proposal, "frames", lambda driver: [])
    monkeypatch.setattr(proposal, "layers", lambda driver, frame: layers)
    monkeypatch.setattr(proposal, "linked", lambda driver, frame: [])
    found = next(proposal._banners(cast("WebDriver", None)), None)
    assert (found[1]["selector"] if found else None) == banner


@pytest.mark.parametrize(
    ("names", "is_banner"),
    [
        (("Accept cookies", "Decline", "Read more"), True),
        (("Accept cookies", "Read more"), False),
        (("Our cookie policy", "Without cookies, some pages look otherwise"), False),
        (("Log in", "Register"), False),
    ],
)
def test_links_ask_where_one_accepts_and_another_refuses(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], is_banner: bool
) -> None:
    monkeypatch.setattr(proposal, "frames", lambda driver: [])
    monkeypatch.setattr(proposal, "layers", lambda driver, frame: [])
    monkeypatch.setattr(proposal, "linked", lambda driver, frame: [layer("#ask", *names, speaks=True, leaves=True)])
    assert bool(next(proposal._banners(cast("WebDriver", None)), None)) is is_banner


@pytest.mark.parametrize("name", ["Accept", "Alle ablehnen", "Uniquement nécessaires", "Zustimmen", "同意する"])
def test_a_button_that_speaks_of_consent(name: str) -> None:
    assert speaks_of_consent(name)


@pytest.mark.parametrize("name", ["Yes", "Nein", "OK", "Got it", "No thanks", "Close", "Subscribe", ""])
def test_a_button_that_answers_any_question(name: str) -> None:
    assert not speaks_of_consent(name)
