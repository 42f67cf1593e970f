"""What all pages have: elements that the profile names, looked at, clicked and filled in."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from pages.consent.wait import NotYet, wait_until
from pages.errors import MissingEntry, NotAllowed
from pages.pointer import click
from pages.visitor import Visitor

SHOWS = 5.0
"""Seconds that an element may take to show once the page has come to rest."""

_VISIBLE = """
return Array.from(document.querySelectorAll(arguments[0])).some((element) => element.checkVisibility(
  { checkOpacity: true, checkVisibilityCSS: true }) && element.getClientRects().length > 0);
"""


class Page:
    """The page that a visitor has open."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def selector(self, element: str) -> str:
        """The profile's selector for an element. Raises MissingEntry."""
        found = getattr(self.visitor.profile.elements, element)
        if found is None:
            raise MissingEntry(f"elements.{element}")
        return str(found)

    def shows(self, element: str) -> bool:
        """Whether the element is visible. Looks, never waits: the page has come to rest."""
        self.visitor.context.focus()
        return bool(self.visitor.browser.driver.execute_script(_VISIBLE, self.selector(element)))

    def find(self, element: str) -> WebElement:
        """The first visible match, scrolled to where it can be clicked. Raises WaitFailed."""
        selector = self.selector(element)
        driver = self.visitor.browser.driver

        def visible() -> WebElement:
            for found in driver.find_elements(By.CSS_SELECTOR, selector):
                if found.is_displayed():
                    return found
            raise NotYet(f"nothing visible matches {selector}")

        return wait_until(f"{element.replace('_', ' ')} to show", visible, SHOWS)

    def click(self, element: str, sentence: str) -> None:
        """Click the element, as one action of the visitor's."""
        with self.visitor.doing(sentence):
            click(self.find(element))

    def try_to_click(self, element: str, sentence: str) -> None:
        """The same where the element is a feature that may be missing: what becomes of it shows afterwards."""
        with self.visitor.doing(sentence):
            if self.shows(element):
                click(self.find(element))

    def need(self, permission: str) -> None:
        """Raises NotAllowed unless the site is the reference or its profile allows this."""
        if not self.visitor.profile.site.reference and not getattr(self.visitor.profile.allow, permission):
            raise NotAllowed(f"allow.{permission}")
