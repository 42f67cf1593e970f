"""Finds what saves preferences whose own layer does not say so, and what shows once those on a page were saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import combinations

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.isolated import isolated_answer
from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.finder import FINDER, OPENS
from consentinel.drafting.survey import Proposal, Traces

NOTHING_SAVED = (
    "The switches of the preferences were taken to act at once, but the site went on asking: "
    "describe in [consent.dialog] what opens, holds and saves them."
)


def sign_of_saving(driver: WebDriver, proposal: Proposal) -> str:
    """Refuse each category on the open page of preferences and save; return the selector of what shows only then.

    Empty where the page gives way to another, where the preferences go, and where nothing new shows.
    """
    place = proposal.dialog or proposal.banner
    dialog_driver = DialogDriver(driver, "the proposed preferences")
    try:
        for switch in proposal.workable.values():
            if switch.refuse:
                dialog_driver.click(switch.refuse, [place])
        before = isolated_answer(driver, FINDER, "seen", [])
        dialog_driver.click(proposal.save[0], [place])
        news = partial(_news, driver, dialog_driver, before, place)
        return wait_until("something new to show", news, OPENS)
    except (ConsentFailure, WaitFailed):
        return ""


def saved_by_the_banner(proposal: Proposal) -> Proposal | None:
    """Return the proposal with the banner's button, which accepts, as what saves the switches; None without a layer
    that lies beside the banner and nothing else saves."""
    is_beside = bool(proposal.dialog and not proposal.dialog_frame)
    if not (proposal.at_once and is_beside and len(proposal.accept) == 1):
        return None
    return replace(proposal, at_once=False, save=(*proposal.close, *proposal.accept))


def are_told_apart(alone: Iterable[Traces], refused: Traces | None) -> bool:
    """Return whether two visitors who allowed one category each were left with things of their own.

    A button that accepts everything, whatever the switches stand on, leaves them with the same.
    """
    nothing = (refused.items, refused.hosts) if refused else (frozenset(), frozenset())
    brought = [(one.items - nothing[0], one.hosts - nothing[1]) for one in alone]
    told = [{*items, *hosts} for items, hosts in brought]
    return any(one - other and other - one for one, other in combinations(told, 2))


def _news(driver: WebDriver, dialog_driver: DialogDriver, before: dict[str, list[object]], place: str) -> str:
    """Return the selector of what is new.

    Raises NotYet while nothing is, ConsentFailure where the page or the dialog went.
    """
    now = dialog_driver.ask_page("shows", {"place": place}, {}, [])
    if now["origin"] != before["origin"] or not now["shows"]["place"]:
        raise ConsentFailure("the preferences do not stay")
    found = str(isolated_answer(driver, FINDER, "news", [before["elements"]]))
    if not found:
        raise NotYet("nothing new shows")
    return found
