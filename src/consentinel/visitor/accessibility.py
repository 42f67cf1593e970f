"""Tests the consent dialog with the keyboard, on a narrow screen, and with axe-core."""

from __future__ import annotations

import time
from typing import NamedTuple

from selenium.webdriver.common.keys import Keys

from consentinel.browser.errors import BrowserCannot
from consentinel.consent.audit import BANNER, PREFERENCES, DialogAudit, axe_of_page
from consentinel.consent.base import NotOffered
from consentinel.evidence.dialog_audit import AxeReport, Button, FocusPath, FocusStop, Heard, LayerShown
from consentinel.visitor.asking import Asking
from consentinel.visitor.choices import Choices
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.page import Page
from consentinel.visitor.sitemap import absolute

_IS_DARK = 'matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"'


class Reached(NamedTuple):
    """The buttons of both layers, and the names of those that the Tab key reached, by layer."""

    buttons: tuple[Button, ...]
    by_layer: dict[str, frozenset[str]]


class Left(NamedTuple):
    """How the preferences were left: the keyboard's path, the buttons that Tab reached, and whether one closes them."""

    path: FocusPath
    reached: frozenset[str]
    has_close: bool


class Accessibility(Page):
    """A visitor who has not chosen, in front of the dialog."""

    def axe(self) -> AxeReport:
        """Return what axe-core says of the banner, and then of the preferences."""
        audit = self._audit()
        self._look_at_buttons(audit)
        report = audit.axe()
        if self._has_two_layers():
            self._look_at_buttons(self._open())
            report += audit.axe()
        return report

    def axe_of_settings(self) -> AxeReport:
        """Return what axe-core says of the settings page's content. Raises MissingEntry, NotOffered."""
        path = self.visitor.profile.pages.preferences
        if path is None:
            raise MissingEntry("pages.preferences")
        self.visitor.visit(absolute(self.visitor.profile, path), "visits the settings page")
        return axe_of_page(self.driver, self.visitor.profile.elements.content)

    def contrast_of_refusing(self) -> AxeReport:
        """Return what axe-core says of the contrast of the button that refuses."""
        return self._audit().contrast_of_refusing()

    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons of the banner, and then of the preferences, unless one of the banner cannot be clicked."""
        found = self._look_at_buttons(self._audit())
        is_whole = not any(one.reason for one in found)
        return found + self._look_at_buttons(self._open()) if is_whole and self._has_two_layers() else found

    def reached(self) -> Reached:
        """Return which buttons of the banner, and then of the preferences, the Tab key reaches."""
        audit = self._audit()
        found = audit.buttons()
        by_layer = {BANNER: audit.reached_by_tab([one.name for one in found if one.shows])}
        if self._has_two_layers():
            inner = self._open().buttons()
            by_layer[PREFERENCES] = audit.reached_by_tab([one.name for one in inner if one.shows])
            found += inner
        return Reached(found, by_layer)

    def stops_beside(self) -> tuple[FocusStop, ...]:
        """Return what the Tab key comes to on the page while the banner shows.

        Raises NotOffered for a banner in a frame.
        """
        return self._audit().stops_beside()

    def heard(self) -> tuple[Heard, ...]:
        """Return how screen readers hear of the banner, and of the preferences unless these are a page of their own."""
        found = [self._audit().heard()]
        if self._has_two_layers() and Choices(self.visitor).open_preferences_in_place():
            found.append(DialogAudit(self.visitor.consent).heard())
        return tuple(found)

    def left(self) -> Left:
        """Open the preferences, see where the keyboard goes, close them, and see where it comes back to.

        Raises NotOffered where the dialog has one layer, or where the preferences are a page of their own.
        """
        audit = self._audit()
        if not self._has_two_layers():
            raise NotOffered(f"{self.visitor.consent.name}: the dialog has one layer")
        if not audit.selectors.preferences:
            raise NotOffered(f"{self.visitor.consent.name}: no button of the banner opens the preferences")
        if not Choices(self.visitor).open_preferences_in_place():
            raise NotOffered(f"{self.visitor.consent.name}: the preferences are a page of their own")
        goes_in = self._is_inside(audit)
        has_close = bool(audit.selectors.close)
        with self.visitor.doing("presses Escape in the preferences"):
            escapes = audit.escape()
        if escapes:
            return Left(FocusPath(goes_in, self._is_inside(audit), escapes=True), frozenset(), has_close)
        reached = audit.reached_by_tab(["close"]) if has_close else frozenset[str]()
        if not has_close:
            return Left(FocusPath(goes_in, doubt="no selector says what closes the preferences"), reached, has_close)
        with self.visitor.doing("closes the preferences"):
            self.visitor.consent.close()
        return Left(FocusPath(goes_in, self._is_inside(audit)), reached, has_close)

    def _is_inside(self, audit: DialogAudit) -> bool:
        """Return whether the keyboard is in the front layer, or comes there by the next Tab."""
        if not audit.keyboard()["inside"]:
            audit.press(Keys.TAB)
        return bool(audit.keyboard()["inside"])

    def _look_at_buttons(self, audit: DialogAudit) -> tuple[Button, ...]:
        """Return the buttons of the front layer, which is kept as evidence, with a picture."""
        picture, found = self.visitor.read_device(), audit.buttons()
        width, height = self.visitor.device.viewport
        words = tuple((one.name, one.label) for one in found if one.label)
        shown = LayerShown(time.time(), audit.layer(), width, height, self.visitor.spec.dark, words, picture)
        self.visitor.recorder.add(shown)
        return found

    def _audit(self) -> DialogAudit:
        self.visitor.context.focus()
        Asking(self.visitor).meet()
        if self.visitor.spec.dark and self.visitor.context.ask(_IS_DARK) != "dark":
            raise BrowserCannot("the page was not shown that dark colours are asked for")
        return DialogAudit(self.visitor.consent)

    def _has_two_layers(self) -> bool:
        return DialogAudit(self.visitor.consent).selectors.dialog is not None

    def _open(self) -> DialogAudit:
        Choices(self.visitor).open_preferences()
        return DialogAudit(self.visitor.consent)
