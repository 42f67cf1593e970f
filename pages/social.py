"""The social networks' buttons on the site's pages."""

from __future__ import annotations

from selenium.common.exceptions import NoSuchElementException
from selenium.webdriver.common.by import By

from consentinel.visitor import sitemap
from consentinel.visitor.page import Page
from consentinel.visitor.pointer import click


class Sharing(Page):
    """Sharing an article through a network's own button."""

    def visit_article(self) -> None:
        """Visit a page with share buttons."""
        self.visitor.visit(sitemap.address(self.visitor.profile, "article"), "visits the article")

    def share(self) -> None:
        """Press the network's button, which lies in a frame of the network's. Raises NotAllowed, WaitFailed."""
        self.need("share")
        self.visit_article()
        action = self.selector("share_action")
        driver = self.visitor.browser.driver
        with self.visitor.doing("shares the article"):
            driver.switch_to.frame(self.find("share_buttons"))
            try:
                click(driver.find_element(By.CSS_SELECTOR, action))
            finally:
                driver.switch_to.default_content()

    def was_shared(self) -> bool:
        """Whether the network's button says that sharing worked."""
        done = self.selector("share_done")
        driver = self.visitor.browser.driver
        self.visitor.context.focus()
        driver.switch_to.frame(self.find("share_buttons"))
        try:
            return driver.find_element(By.CSS_SELECTOR, done).is_displayed()
        except NoSuchElementException:
            return False
        finally:
            driver.switch_to.default_content()
