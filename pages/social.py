"""The social networks' buttons on the site's pages."""

from __future__ import annotations

from selenium.common.exceptions import NoSuchElementException
from selenium.webdriver.common.by import By

from consentinel.browser.pointer import click
from consentinel.visitor import sitemap
from consentinel.visitor.page import Page


class Sharing(Page):
    """Sharing an article through a network's own button."""

    def visit_article(self) -> None:
        """Visit a page with share buttons."""
        self.visitor.visit(sitemap.address(self.visitor.profile, "article"), "visits the article")

    def share(self) -> None:
        """Press the network's button, which lies in a frame of the network's. Raises NotAllowed, WaitFailed."""
        self.need("share")
        self._press("share_action", "shares the article")

    def change_preference(self) -> None:
        """Change, in the network's frame, how the visitor shares. Raises WaitFailed."""
        self._press("share_preference", "changes how they share")

    def was_shared(self) -> bool:
        """Return whether the network's button says that sharing worked."""
        return self._shows_in_frame("share_done")

    def remembers_preference(self) -> bool:
        """Return whether the network's button on a page that is visited now is as the visitor wanted it."""
        self.visit_article()
        return self._shows_in_frame("share_preference_kept")

    def _press(self, element: str, sentence: str) -> None:
        self.visit_article()
        action = self.selector(element)
        driver = self.driver
        with self.visitor.doing(sentence):
            driver.switch_to.frame(self.find("share_buttons"))
            try:
                click(driver.find_element(By.CSS_SELECTOR, action))
            finally:
                driver.switch_to.default_content()

    def _shows_in_frame(self, element: str) -> bool:
        shown = self.selector(element)
        driver = self.driver
        driver.switch_to.frame(self.find("share_buttons"))
        try:
            return driver.find_element(By.CSS_SELECTOR, shown).is_displayed()
        except NoSuchElementException:
            return False
        finally:
            driver.switch_to.default_content()
