"""A manager that has no page object: the profile's [consent.dialog] describes it."""

from __future__ import annotations

from selenium.webdriver.remote.webdriver import WebDriver
from typing_extensions import override

from consentinel.consent.base import ConsentFailure, NotOffered, NoWayIn, Unfamiliar
from consentinel.consent.dialog import DialogManager
from consentinel.consent.dialog_state import DialogState
from consentinel.site.profile import Category, DialogSelectors, Profile


class Described(DialogManager):
    """A dialog that the profile's selectors describe, through open shadow roots and into iframes of any origin.

    A selector is believed once something has matched it: until then a failure may be the profile's as well as the
    site's, and is raised as Unfamiliar.
    """

    name = "described"

    def __init__(self, driver: WebDriver, profile: Profile) -> None:
        super().__init__(driver, profile)
        self._familiar: set[str] = set()

    @classmethod
    @override
    def described(cls, profile: Profile) -> DialogSelectors:
        if profile.consent.dialog is None:
            raise ConsentFailure("described: the profile has no table [consent.dialog]")
        return profile.consent.dialog

    @override
    def reopeners(self) -> tuple[str, ...]:
        return self.selectors.reopen or super().reopeners()

    @override
    def is_sure_of(self, category: Category) -> bool:
        """Never: the profile may say nothing of it, or may be out of date."""
        return False

    @override
    def open_preferences(self) -> None:
        try:
            super().open_preferences()
        except NotOffered:
            raise
        except ConsentFailure as failure:
            if isinstance(failure, NoWayIn) and self._familiar.intersection(self.reopeners()[:1]):
                raise  # the way in was shown on another page: on this one it is missing
            used = self.selectors.preferences if self.selectors.banner in self._familiar else self.reopeners()
            for selector in (*used, self.selectors.dialog or self.selectors.banner):
                self._must_be_known(selector, failure)
            raise

    @override
    def _wait_for_dialog(self) -> DialogState:
        try:
            return super()._wait_for_dialog()
        except ConsentFailure as failure:
            self._must_be_known(self.selectors.banner, failure)
            raise

    @override
    def _look(self) -> DialogState:
        at = super()._look()
        shown = {self.selectors.banner: at.banner, self.selectors.dialog: at.dialog}
        shown |= dict.fromkeys(self.reopeners()[:1], at.reopen)
        shown |= {clicks[0]: True for clicks in (at.accept, at.refuse, at.preferences) if clicks}
        self._familiar |= {selector for selector, shows in shown.items() if shows and selector}
        return at

    @override
    def _must_be_known(self, selector: str, failure: ConsentFailure | None = None) -> None:
        if selector in self._familiar or self.layers.matches(selector):
            return
        detail = f"; {failure}" if failure else ""
        raise Unfamiliar(f"described: nothing on this site has matched {selector}: is the profile right?{detail}")
