"""Describes the dialog of a site that no page object knows, in the first visit to it."""

from __future__ import annotations

from dataclasses import replace

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.isolated import isolated_answer
from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.drafting.finder import FINDER
from consentinel.drafting.places import STEP, firm, holding
from consentinel.drafting.proposal import propose, with_link
from consentinel.drafting.provisional import LATE
from consentinel.drafting.saving import sign_of_saving
from consentinel.drafting.survey import Proposal
from consentinel.drafting.switches import without_switches
from consentinel.drafting.tour import links_of, named_links, path_in
from consentinel.visitor.visitor import Visitor


def described_dialog(visitor: Visitor) -> tuple[Proposal | None, str]:
    """Return a proposal for the dialog on the visitor's page, and the path of the page with the preferences.

    The proposal is None where no dialog is found; the path is empty where the preferences have no page of
    their own. The visitor is on the same page as before, and may have saved a refusal.
    """
    driver = visitor.browser.driver
    before = str(driver.current_url)
    dialog = _proposed(driver)
    if dialog is None:
        return None, ""
    now = str(driver.current_url)
    page = "" if now.partition("#")[0] == before.partition("#")[0] else path_in(now)
    if page and dialog.save and dialog.switches and not dialog.dialog_frame:
        dialog = replace(dialog, saved=sign_of_saving(driver, dialog))
    visitor.visit(before, "loads the page anew")
    return firm(discerned(driver, dialog)), page


def places_of(dialog: Proposal | None) -> list[str]:
    """Return the selectors of the dialog's layers; none where they are in a frame."""
    places = [dialog.banner, dialog.dialog] if dialog and not dialog.frame else []
    return [place for place in places if place and STEP not in place]


def _proposed(driver: WebDriver) -> Proposal | None:
    found = propose(driver)
    if found is None or found.preferences or found.switches:
        return found
    link = named_links(links_of(driver, places_of(found))).get("preferences")
    return with_link(driver, found, link[0]) if link else found


def discerned(driver: WebDriver, dialog: Proposal) -> Proposal:
    """Return the proposal with a selector of the second layer that is hidden while the banner shows on a new page.

    Without such a selector, the proposal loses its preferences, unless a sign shows that a choice was saved.

    Some layers share an outer frame, some share a button that is left when the switches are folded away, and some
    pages of preferences hold them in a part that every page has. Where nothing else tells, the switches themselves do.
    """
    switches = dialog.switches.values()
    parts = [part for each in switches if (part := each.control or each.grant)]
    pair = next(([each.grant, each.refuse] for each in switches if each.grant and each.refuse), [])
    if not dialog.dialog or not parts or dialog.frame or dialog.dialog_frame:
        return dialog
    held = parts + [each.locked for each in switches if each.locked]
    around = str(isolated_answer(driver, FINDER, "around", [held])) if len(held) > 1 else ""
    unfolded = str(isolated_answer(driver, FINDER, "unfoldable", [held]))
    seats = " || ".join(dict.fromkeys(each.seat for each in switches if each.seat))
    wide = (dialog.dialog, holding(dialog.dialog, *(pair or parts[:1])), around)
    places = [place for place in (*wide, unfolded, seats) if place]
    dialog_driver = DialogDriver(driver, "the proposed dialog")

    def seen() -> dict[str, bool]:
        shown = dialog_driver.shows({"banner": dialog.banner, **{place: place for place in places}}, {}, [])
        return shown if shown["banner"] else {}

    try:
        shown = wait_until("the banner", seen, LATE)
    except WaitFailed:
        return dialog
    apart = next((place for place in places if not shown[place]), places[1] if dialog.saved else "")
    return replace(dialog, dialog=apart) if apart else without_switches(dialog)
