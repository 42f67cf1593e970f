"""Which of the layers of a page may be the consent banner: those that ask for consent, not for an age or an address."""

from __future__ import annotations

from typing import Any, cast

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting import proposal
from consentinel.drafting.buttons import speaks_of_consent


def layer(selector: str, *names: str, speaks: bool = False) -> dict[str, Any]:
    buttons = [{"selector": f"{selector} {name}", "name": name, "leaves": False, "area": 1.0} for name in names]
    return {"selector": selector, "speaks": speaks, "whole": False, "language": "en", "buttons": buttons}


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
    ],
)
def test_the_banner_is_what_asks_for_consent(
    monkeypatch: pytest.MonkeyPatch, layers: list[dict[str, Any]], banner: str | None
) -> None:
    monkeypatch.setattr(proposal, "_frames", lambda driver: [])
    monkeypatch.setattr(proposal, "_layers", lambda driver, frame: layers)
    found = next(proposal._banners(cast("WebDriver", None)), None)
    assert (found[1]["selector"] if found else None) == banner


@pytest.mark.parametrize("name", ["Accept", "Alle ablehnen", "Uniquement nécessaires", "Zustimmen", "同意する"])
def test_a_button_that_speaks_of_consent(name: str) -> None:
    assert speaks_of_consent(name)


@pytest.mark.parametrize("name", ["Yes", "Nein", "OK", "Got it", "No thanks", "Close", "Subscribe", ""])
def test_a_button_that_answers_any_question(name: str) -> None:
    assert not speaks_of_consent(name)
