"""What the flows do and look at, with Playwright's own waiting: actions wait for the element, `expect` retries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Page, Request, expect

from tools.bench.peers import reference as site


class Visitor:
    """A page in a context of its own, and every request that the context made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[str] = []
        page.context.on("request", lambda request: self.heard.append(request.url))

    def visit(self, url: str) -> None:
        """Go to a page, until its load event."""
        self.page.goto(url)
        self.watch()

    @contextmanager
    def telling(self, *services: str) -> Iterator[None]:
        """What happens inside must put each of these services to work."""
        with ExitStack() as stack:
            for service in services:
                stack.enter_context(self.page.expect_request(_shows(service)))
            yield

    def accept_all(self) -> None:
        """Accept from the banner."""
        self._decide(site.ACCEPT_ALL)

    def refuse_all(self) -> None:
        """Refuse from the banner."""
        self._decide(site.REFUSE_ALL)

    def allow_only(self, *allowed: str) -> None:
        """Allow these categories in the preferences, which the banner opens."""
        self.page.locator(site.OPEN_PREFERENCES).click()
        for category in site.SERVICES:
            self.page.locator(site.switch(category)).set_checked(category in allowed)
        self._decide(site.SAVE)

    def change_to_refusal(self) -> None:
        """Refuse in the preferences, which the page's own link opens; the page reloads."""
        self.page.locator(site.PREFERENCES_LINK).click()
        with self.page.expect_navigation():
            self.page.locator(site.DIALOG_REFUSE_ALL).click()
        self.watch()

    def remove_all_cookies(self) -> None:
        """Empty the jar."""
        self.page.context.clear_cookies()
        self.watch()

    def is_asked(self) -> None:
        """The banner shows."""
        expect(self.page.locator(site.BANNER)).to_be_visible()

    def is_not_asked(self) -> None:
        """The banner does not show."""
        expect(self.page.locator(site.BANNER)).to_be_hidden()

    def cookies(self) -> set[str]:
        """Return the names of all cookies in the jar."""
        return {cookie["name"] for cookie in self.page.context.cookies()}

    def services(self) -> set[str]:
        """Return the categories whose services heard from the visitor."""
        return {service for url in self.heard if (service := site.service_of(url))}

    def watch(self) -> None:
        """Watch for as long as the run asks, on the wall clock, that nothing more happens."""
        if site.WATCH:
            self.page.wait_for_timeout(site.WATCH * 1000)

    def _decide(self, button: str) -> None:
        self.page.locator(button).click()
        self.is_not_asked()
        self.watch()


def _shows(service: str) -> Callable[[Request], bool]:
    return lambda request: site.is_at_work(service, request.url)
