"""Finds the way past a layer that lies over a page or its banner and is no consent dialog.

Such a layer asks for the visitor's age, country or language, or offers a newsletter. It is closed where it can be, and
answered where a single answer leads on; of languages, the page's own is chosen. A layer that speaks of consent is left
alone: it may be a dialog that was not understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.isolated import isolated_answer
from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.buttons import button_kind, goes_on
from consentinel.drafting.finder import FINDER, OPENS, ask
from consentinel.drafting.languages import choice_of
from consentinel.drafting.named import leads_on
from consentinel.drafting.survey import Proposal
from consentinel.drafting.switches import Found
from consentinel.visitor.ahead import click_ahead


class Past(NamedTuple):
    """What to click, empty where nothing is known, and a note about it for who reads the draft."""

    selector: str
    note: str


def way_past(driver: WebDriver, dialog: Proposal | None, content: str, *, is_known: bool) -> Past | None:
    """Click a layer away that lies over the banner, or over the whole page where there is none; None without a layer.

    `content` is the selector of the page's content; `is_known` says that a known consent manager runs on the page.
    """
    parts = [] if dialog is None else [dialog.frame] if dialog.frame else [*dialog.accept, *dialog.refuse]
    found: list[dict[str, Any]] = isolated_answer(driver, FINDER, "overlay", [parts, content])
    over = next(iter(found), None)
    if over is None or (over["speaks"] and is_known):
        return None
    inside = f"{over['frame']} >>> " if over["frame"] else ""
    framed = ask(driver, over["frame"], "asks") if inside else None
    for question, place in ((over, ""), (framed or {"buttons": []}, inside)):
        button = _answer(question, dialog)
        if button and _goes(driver, over["selector"], f"{place}{button['selector']}"):
            clicked = f'visitors click "{button["name"]}" there first, by access.ahead. Check that.'
            return Past(f"{place}{button['selector']}", f"{over['label']} lay over the page: {clicked}")
    return Past("", f"{over['label']} lies over the page: draft anew, and say by --ahead what to click there.")


def _answer(question: Mapping[str, Any], dialog: Proposal | None) -> Found | None:
    """Return the button to click in a layer, or in its frame; None where it may be a consent dialog.

    A layer beside the dialog that asks for an address may name the site's privacy policy.
    """
    if not question["buttons"] or (question["speaks"] and not (dialog and question["writes"])):
        return None
    here = [each for each in question["buttons"] if not each["leaves"]]
    return choice_of(here, question["language"]) or _button(here, asks_to_write=question["writes"])


def _button(here: Sequence[Found], *, asks_to_write: bool) -> Found | None:
    """Return the button that closes a layer, or the only one that answers it and goes on; None where there is none."""
    kinds = {kind: each for each in reversed(here) if (kind := button_kind(each["name"]))}
    if asks_to_write:
        return kinds.get("close") or kinds.get("refuse")
    going = [each for each in here if goes_on(each["name"]) or leads_on(each["name"])]
    alone = going if len(going) == 1 else here if len(here) == 1 else []
    return next((each for each in (kinds.get("close"), kinds.get("accept"), *alone) if each), None)


def _goes(driver: WebDriver, layer: str, button: str) -> bool:
    """Return whether a layer is gone once a button in it has been clicked."""
    page = DialogDriver(driver, "what lies over the page")
    try:
        page.until(f"{button} to be clickable", lambda: click_ahead(driver, button))
        return wait_until("the layer to go", lambda: not page.shows({"layer": layer}, {}, [])["layer"], OPENS)
    except (ConsentFailure, WaitFailed):
        return False
