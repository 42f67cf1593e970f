"""Finds the dialog that asks once more whether a refusal is meant, and what says in it that it is."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.buttons import button_kind, goes_on, speaks_of_consent
from consentinel.drafting.finder import layers
from consentinel.drafting.survey import Button, Proposal
from consentinel.drafting.switches import Found, Layer
from consentinel.site.normal_text import normal

SURE = Path(__file__).with_name("sure.toml")

ORDER = ("refuse", "save", "accept")
"""What a button that confirms is taken for by its name, likeliest first: "Yes, reject", "Confirm", "Yes"."""


def words_shown(driver: WebDriver, proposal: Proposal) -> frozenset[str]:
    """Return what each layer of the banner's frame says."""
    return frozenset(layer["words"] for layer in layers(driver, proposal.frame))


def asked_once_more(driver: WebDriver, proposal: Proposal, before: frozenset[str]) -> Proposal | None:
    """Return the proposal with one more click to refuse, in a layer that shows now and did not `before`; None where
    no such layer has a button that confirms."""
    for layer in layers(driver, proposal.frame):
        button = _confirming(layer) if layer["words"] not in before and layer["floats"] else None
        if button:
            place, (first, last) = layer["selector"], proposal.steps
            steps = (first if place == proposal.banner else (*first, place), last)
            buttons = (*proposal.buttons, Button(button["name"], button["selector"]))
            return replace(proposal, refuse=(*proposal.refuse, button["selector"]), steps=steps, buttons=buttons)
    return None


def _confirming(layer: Layer) -> Found | None:
    """Return the button of a layer that confirms the refusal.

    It is None where no name says so, or where the layer offers nothing else.
    """
    here = [each for each in layer["buttons"] if not each["leaves"]]
    mine = [each for each in here if not _takes_back(each["name"], layer["language"])]
    kinds: dict[str, Found] = {}
    for each in mine:
        kinds.setdefault(button_kind(each["name"], layer["language"]) or "", each)
    going = (each for each in mine if _begins(each["name"], "yes") or goes_on(each["name"]))
    found = (*(kinds.get(kind) for kind in ORDER), *going)
    return next((each for each in found if each), None) if len(here) > 1 else None


def _takes_back(name: str, language: str) -> bool:
    """Return whether a button's name takes the refusal back: "Go back", "No", "Accept after all"."""
    kind = button_kind(name, language)
    return kind in ("close", "preferences") or _begins(name, "no") or (kind == "accept" and speaks_of_consent(name))


def _begins(name: str, answer: str) -> bool:
    return next(iter(normal(name).split()), "") in _first_words()[answer]


@cache
def _first_words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(SURE.read_text(encoding="utf-8"))
    return {answer: frozenset(map(normal, words)) for answer, words in table.items()}
