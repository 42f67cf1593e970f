"""Measures how much work it is to take consent back, on each page that the profile names."""

from __future__ import annotations

from collections.abc import Iterator

from consentinel.consent.base import ConsentFailure
from consentinel.evidence.dialog_audit import Effort
from consentinel.visitor import sitemap
from consentinel.visitor.choices import Choices
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.keyboard import Keyboard, OutOfReach
from consentinel.visitor.page import Page

WALKED = ("home page", "article", "search page", "product page", "basket", "cookie policy", "legal page")
"""The pages on which the work is measured, as far as the profile names them: those that anybody can read."""


class Withdrawal(Page):
    """A visitor who has consented, and is about to take that back; they never do."""

    def on_each_page(self) -> tuple[Effort, ...]:
        """Clicks and presses of the Tab key that a withdrawal takes, page by page. Raises NotOffered."""
        return tuple(self._on(page, url) for page, url in self._pages())

    def _pages(self) -> Iterator[tuple[str, str]]:
        for page in WALKED:
            try:
                yield page, sitemap.address(self.visitor.profile, page)
            except MissingEntry:
                continue

    def _on(self, page: str, url: str) -> Effort:
        self.visitor.visit(url, f"visits the {page}")
        try:
            clicks, given = Choices(self.visitor).clicks_to_withdraw()
        except ConsentFailure as failure:
            return Effort(page, doubt=str(failure))
        self.visitor.load_anew("loads the page anew")
        try:
            return Effort(page, clicks, given, Keyboard(self.visitor).stops_to_withdraw().all)
        except OutOfReach as missed:
            return Effort(page, clicks, given, missed=str(missed))
        except ConsentFailure as failure:
            return Effort(page, clicks, given, doubt=str(failure))


def stops_to_consent(keyboard: Keyboard) -> int | None:
    """Presses of the Tab key that consent takes; None where the keyboard does not get at what accepts."""
    try:
        return keyboard.stops_to_accept().all
    except OutOfReach:
        return None
