"""What the consent dialog offers a visitor: its switches, its ways to refuse, and whether the keyboard reaches them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from consentinel.browser.isolated import isolated_answer
from consentinel.consent.base import (
    ConsentFailure,
    NoDialog,
    NoManager,
    NotOffered,
    Switch,
    Ticked,
    Unfamiliar,
    WrongManager,
)
from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import Category
from consentinel.visitor.asking import Asking
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.page import ALL, Page

NOTHING_ABOUT_THE_SITE = (NoManager, WrongManager, NotOffered, Unfamiliar)
"""What the harness does not know or cannot do here: never a finding."""

_FOCUS = f"""{ALL}
const element = all(arguments[0]).find((one) => one.checkVisibility());
if (!element) return "missing";
element.focus();
return element.getRootNode().activeElement === element && element.tabIndex >= 0 ? "reached" : "out of reach";
"""


class Reach(NamedTuple):
    """How the keyboard meets an element: `met` is "missing", "out of reach" or "reached"; what Enter did there."""

    met: str
    opens: bool


class Offers(Page):
    """What a visitor reads of the consent dialog, which is waited for. Its preferences are opened where need be."""

    def switches(self) -> dict[Category, Switch]:
        """Return the categories as the preferences show them; opens the preferences where they are closed."""
        self._meet()
        self._open_preferences()
        return dict(self.visitor.consent.switches())

    def switch(self, category: Category) -> Switch:
        """Return one category's switch.

        Raises MissingEntry where the profile describes none, ConsentFailure if none shows.
        """
        self._need_described([category])
        found = self.switches().get(category)
        if found is None:
            raise ConsentFailure(f"{self.visitor.consent.name}: the preferences show no switch for {category} cookies")
        return found

    def offered(self) -> Collection[Category]:
        """Return the categories that the preferences offer.

        Raises MissingEntry where the profile does not describe all.
        """
        self._need_described(self.visitor.profile.categories)
        return self.switches()

    def states(self) -> dict[Category, bool | None]:
        """Return which categories the preferences show as on."""
        return {category: switch.on for category, switch in self.switches().items()}

    def sure(self) -> set[Category]:
        """Return the categories whose switches, where they are not found, are known to be missing."""
        return {category for category in self.visitor.profile.categories if self.visitor.consent.is_sure_of(category)}

    def ticked_besides(self) -> tuple[Ticked, ...]:
        """Return the switches of the open preferences that are on and are no category's own, on any tab."""
        return self.visitor.consent.ticked_besides()

    def clicks_to_refuse(self) -> int | None:
        """Return how many clicks refusing takes from the banner; None when it is not offered there at all."""
        self._meet()
        try:
            return self.visitor.consent.clicks_to_refuse()
        except (*NOTHING_ABOUT_THE_SITE, NoDialog):  # of a banner that does not come nobody knows what it offers
            raise
        except ConsentFailure as failure:
            self._must_be_in_reach(failure)
            return None

    def clicks_to_withdraw(self) -> tuple[int, int]:
        """Return how many clicks take all consent back, and how many gave it. Raises ConsentFailure."""
        self._meet()
        return self.visitor.consent.clicks_to_withdraw()

    def prominence_of_refusing(self) -> Mapping[str, float]:
        """Return how much shows of the button that refuses beside the one that accepts.

        It is empty where it is not offered.
        """
        self._meet()
        try:
            return self.visitor.consent.prominence_of_refusing()
        except (*NOTHING_ABOUT_THE_SITE, NoDialog):
            raise
        except ConsentFailure as failure:
            self._must_be_in_reach(failure)
            return {}

    def why_preferences_do_not_open(self) -> str:
        """Return why the preferences cannot be opened here, empty when they can."""
        self._meet()
        try:
            self.visitor.consent.open_preferences()
        except NOTHING_ABOUT_THE_SITE:
            raise
        except ConsentFailure as failure:
            self._must_be_in_reach(failure)
            return str(failure)
        self._see_preferences()
        return "" if self.visitor.consent.switches() else "the preferences show no category"

    def preferences_by_keyboard(self) -> Reach:
        """Return whether the keyboard alone reaches what opens the preferences, and opens them. Raises MissingEntry."""
        selector = self.selector("preferences_link")
        self._meet()
        had_banner = self.visitor.consent.is_asking()
        with self.visitor.doing("opens the preferences by keyboard"):
            driver = self.driver
            met = isolated_answer(driver, _FOCUS, selector)
            if met == "reached":
                ActionChains(driver).send_keys(Keys.ENTER).perform()
        return Reach(met, met == "reached" and self.visitor.consent.have_come(had_banner))

    def _meet(self) -> bool:
        """Make this visitor's tab the current one, and wait for the dialog where they have not chosen yet.

        Return whether it shows.
        """
        self.visitor.context.focus()
        return Asking(self.visitor).meet()

    def _must_be_in_reach(self, failure: ConsentFailure) -> None:
        """Raises Unfamiliar where a layer lies over the whole page, which a visitor would have answered first."""
        over = Asking(self.visitor).what_is_over()
        if over:
            raise Unfamiliar(over) from failure

    def _open_preferences(self) -> None:
        """Open them; those on a page of their own are worked once it has done what its visitors' choice allows."""
        before = self.visitor.document()
        self.visitor.consent.open_preferences()
        self._see_preferences()
        if self.visitor.document() != before:
            self.visitor.rest()

    def _see_preferences(self) -> None:
        if not self.visitor.consent.preferences_are_open():
            raise ConsentFailure(f"{self.visitor.consent.name}: the preferences were to be opened, but do not show")

    def _need_described(self, categories: Iterable[Category]) -> None:
        """A dialog without a page object has the switches that its description names; others may be there as well."""
        consent = self.visitor.consent
        if isinstance(consent, DialogManager) and consent.name == "described":
            for category in categories:
                if category not in consent.selectors.categories and consent.selectors.categories:
                    raise MissingEntry(f"consent.dialog.categories.{category}")
