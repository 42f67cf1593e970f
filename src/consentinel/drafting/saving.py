"""Finds what shows once preferences were saved on a page of their own, which stays as it is."""

from __future__ import annotations

from functools import partial

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.isolated import isolated_answer
from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.proposal import FINDER, OPENS
from consentinel.drafting.survey import Proposal


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


def _news(driver: WebDriver, dialog_driver: DialogDriver, before: dict[str, list[object]], place: str) -> str:
    """The selector of what is new. Raises NotYet while nothing is, ConsentFailure where the page or the dialog went."""
    now = dialog_driver.ask_page("shows", {"place": place}, {}, [])
    if now["origin"] != before["origin"] or not now["shows"]["place"]:
        raise ConsentFailure("the preferences do not stay")
    found = str(isolated_answer(driver, FINDER, "news", [before["elements"]]))
    if not found:
        raise NotYet("nothing new shows")
    return found
