"""What the flows do and look at, with Selenium's explicit waits. The jar is what `get_cookies` shows: one site's."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as conditions
from selenium.webdriver.support.wait import WebDriverWait

from tools.bench.peers import reference as site


class Visitor:
    """A browser of the visitor's own."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver
        self.waiting = WebDriverWait(driver, 10)

    def visit(self, url: str) -> None:
        """Go to a page, until its load event."""
        self.driver.get(url)

    def click(self, selector: str) -> None:
        """Click what can be clicked."""
        self.waiting.until(conditions.element_to_be_clickable((By.CSS_SELECTOR, selector))).click()

    def fill(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.sees(selector)
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def sees(self, selector: str) -> None:
        """Something shows."""
        self.waiting.until(conditions.visibility_of_element_located((By.CSS_SELECTOR, selector)))

    def decide(self, button: str) -> None:
        """Choose, and see the banner go."""
        self.click(button)
        self.is_not_asked()

    def allow_only(self, *allowed: str) -> None:
        """Allow these categories in the preferences, which the banner opens."""
        self.click(site.OPEN_PREFERENCES)
        for category in site.SERVICES:
            self.sees(site.switch(category))
            knob = self.driver.find_element(By.CSS_SELECTOR, site.switch(category))
            if knob.is_selected() != (category in allowed):
                knob.click()
        self.decide(site.SAVE)

    def change_to_refusal(self) -> None:
        """Refuse in the preferences, which the page's own link opens; the page reloads."""
        old = self.driver.find_element(By.CSS_SELECTOR, site.BANNER)
        self.click(site.PREFERENCES_LINK)
        self.click(site.DIALOG_REFUSE_ALL)
        self.waiting.until(conditions.staleness_of(old))
        self.is_not_asked()

    def is_asked(self) -> None:
        """The banner shows."""
        self.sees(site.BANNER)

    def is_not_asked(self) -> None:
        """The banner does not show."""
        self.waiting.until(conditions.invisibility_of_element_located((By.CSS_SELECTOR, site.BANNER)))

    def keeps(self, names: set[str]) -> None:
        """These cookies come to be stored."""
        self.waiting.until(lambda _: names <= self.cookies())

    def cookies(self) -> set[str]:
        """Return the names of the cookies that the current page's site can see."""
        return {cookie["name"] for cookie in self.driver.get_cookies()}
