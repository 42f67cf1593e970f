"""Gives all pages what they have in common: elements that the profile names, looked at, clicked and filled in."""

from __future__ import annotations

from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.isolated import isolated_answer
from consentinel.browser.pointer import click
from consentinel.browser.wait import NotYet, wait_until
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.evidence.records import Deed
from consentinel.visitor.errors import MissingEntry, NotAllowed
from consentinel.visitor.visitor import Visitor

SHOWS = 5.0
"""Seconds that an element may take to show once the page has come to rest."""

ALL = """
const all = (selector) => selector.split("||").flatMap((one) => one.split(">>>").reduce(
  (roots, step) => roots.flatMap((root) => [...((root.shadowRoot || root).querySelectorAll(step))]), [document]));
"""
"""Finds what a profile's selector finds, as JavaScript: `all(selector)` lists it, from open shadow roots as well."""

_VISIBLE = f"""{ALL}
return all(arguments[0]).filter((element) => element.checkVisibility(
  {{ checkOpacity: true, checkVisibilityCSS: true }}) && element.getClientRects().length > 0);
"""


class Page:
    """The page that a visitor has open."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    @property
    def driver(self) -> WebDriver:
        """The browser's driver. Its commands act on this visitor's tab, whoever else came or went in the meantime."""
        self.visitor.context.focus()
        return self.visitor.browser.driver

    def selector(self, element: str) -> str:
        """Return the profile's selector for an element, those of `elements.own` included. Raises MissingEntry."""
        elements = self.visitor.profile.elements
        known = element in type(elements).model_fields and element != "own"
        found = getattr(elements, element) if known else elements.own.get(element)
        if found is None:
            raise MissingEntry(f"elements.{element}" if known else f"elements.own.{element}")
        return str(found)

    def shows(self, element: str) -> bool:
        """Return whether the element is visible. It does not wait: the page has come to rest."""
        return bool(self._visible(element))

    def find(self, element: str) -> WebElement:
        """Return the first visible match, scrolled to where it can be clicked. Raises WaitFailed."""

        def visible() -> WebElement:
            for found in self._visible(element):
                return found
            raise NotYet(f"nothing visible matches {self.selector(element)}")

        return wait_until(f"{element.replace('_', ' ')} to show", visible, SHOWS)

    def found(self, script: str, *arguments: Any) -> list[Any]:
        """Return the list that a script finds in the page, out of reach of the page's own scripts."""
        found: list[Any] = isolated_answer(self.driver, script, *arguments)
        return found

    def click(self, element: str, sentence: str, deed: Deed = Deed.OTHER) -> None:
        """Click the element, as one action of the visitor's."""
        with self.visitor.doing(sentence, deed=deed):
            click(self.find(element))

    def try_to_click(self, element: str, sentence: str) -> None:
        """The same where the element is a feature that may be missing: what becomes of it shows afterwards."""
        with self.visitor.doing(sentence):
            if self.shows(element):
                click(self.find(element))

    def unfold_menu_of(self, element: str) -> bool:
        """Unfold the menu that hides an element. Return whether there was one. Raises ConsentFailure."""
        menu, selector = DialogDriver(self.driver, "the page"), self.selector(element)
        if not menu.is_folded(selector):
            return False
        with self.visitor.doing("unfolds a menu"):
            menu.unfold(selector)
        return True

    def _visible(self, element: str) -> list[WebElement]:
        found: list[WebElement] = isolated_answer(self.driver, _VISIBLE, self.selector(element))
        return found

    def note(self, doubt: str, *, holds: bool) -> None:
        """Let every verdict to come know of a doubt while it holds: an absence counts for nothing then."""
        noted = self.visitor.recorder.missed
        if holds and doubt not in noted:
            noted.append(doubt)
        elif doubt in noted and not holds:
            noted.remove(doubt)

    def need(self, permission: str) -> None:
        """Raises NotAllowed unless the site is the reference or its profile allows this."""
        if not self.visitor.profile.site.reference and not getattr(self.visitor.profile.allow, permission):
            raise NotAllowed(f"allow.{permission}")
