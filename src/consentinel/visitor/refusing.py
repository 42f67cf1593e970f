"""Refusing by other ways than the button for it, and whether one click on that is enough."""

from __future__ import annotations

from consentinel.consent.base import ACCEPT, REFUSE
from consentinel.visitor.asking import Asking
from consentinel.visitor.choices import Choices


class Refusing(Choices):
    """A visitor who refuses everything."""

    def save_nothing(self) -> None:
        """Save the preferences with every category off."""
        self._allow_by_switches((), others=False)

    def what_hinders(self) -> str:
        """Return what keeps the first click on what refuses from being the choice; empty where nothing does.

        It says nothing where another visitor's first click on what accepts is none either, or a third one's refuses.
        """
        if not self.clicks_once(REFUSE):
            return ""
        with Asking(self.visitor).newcomer() as one:
            if Refusing(one).clicks_once(ACCEPT):
                return ""
        with Asking(self.visitor).newcomer() as other:
            return Refusing(other).clicks_once(REFUSE)

    def clicks_once(self, what: str) -> str:
        """Click once to `ACCEPT` or to `REFUSE`, and return what keeps that from being the choice."""
        self._meet()
        with self._in_reach(), self.visitor.doing(f"clicks once to {what}"):
            return self.visitor.consent.first_click(what)
