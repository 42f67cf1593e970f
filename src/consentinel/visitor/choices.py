"""Choosing: what a visitor does in the consent dialog, in the words of the policy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from consentinel.browser.isolated import isolated_answer
from consentinel.consent.base import (
    ACCEPT,
    REFUSE,
    SAVE,
    ChoiceNotTaken,
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
from consentinel.verdicts.messages import shortened
from consentinel.visitor.asking import Asking
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.page import ALL, Page

NOTHING_ABOUT_THE_SITE = (NoManager, WrongManager, NotOffered, Unfamiliar)
"""What the harness does not know or cannot do here: never a finding."""

_BOX = "box"
"""The operation of a note that a page asks by a box of the browser's own."""

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


class Choices(Page):
    """The visitor's dealings with the consent dialog."""

    def accept_all(self) -> None:
        """Accept everything, from the banner or the preferences."""
        is_met = self._meet()
        with self._in_reach(), self.visitor.choosing(self.visitor.profile.refusable, "accepts all cookies"):
            if not (is_met or self.visitor.consent.is_asking()):
                self._open_preferences()
            self._done(ACCEPT, self.visitor.profile.refusable, self.visitor.consent.accept_all)

    def refuse_all(self) -> None:
        """Refuse everything that can be refused, from the banner or the preferences. Raises NotOffered at a wall."""
        self.visitor.consent.must_offer_refusal()
        is_met = self._meet()
        with self._in_reach(), self.visitor.choosing((), "refuses all cookies"):
            if not (is_met or self.visitor.consent.is_asking()):
                self._open_preferences()
            self._done(REFUSE, (), self.visitor.consent.refuse_all)

    def allow_only(self, allowed: Collection[Category]) -> None:
        """Allow these categories and refuse the others, in the preferences; none at all is a refusal of everything."""
        if allowed:
            self._allow_by_switches(allowed, others=False)
        else:
            self.refuse_all()

    def refuse_only(self, category: Category) -> None:
        """Refuse one category; a visitor who has not chosen yet allows the others."""
        allowed = self.visitor.profile.refusable if self.visitor.granted is None else self.visitor.granted
        self._allow_by_switches([Category(one) for one in allowed if one != category])

    def object(self) -> None:
        """Object to what needs no consent; what was allowed besides stays so, and nothing else is allowed by it."""
        objectionable = self.visitor.profile.objectionable
        self._allow_by_switches([Category(one) for one in self.visitor.granted or () if one not in objectionable])

    def open_preferences(self) -> None:
        """Open the preferences."""
        self._meet()
        with self._in_reach(), self.visitor.doing("opens the preferences"):
            self._open_preferences()

    def open_preferences_in_place(self) -> bool:
        """Open the preferences. Return whether they show in the document of the banner, not on a page of their own."""
        before = self.visitor.document()
        self.open_preferences()
        return self.visitor.document() == before

    def peek(self) -> None:
        """Open the preferences and close them again without a choice."""
        self._meet()
        with self.visitor.doing("opens and closes the preferences"):
            self._open_preferences()
            self.visitor.closed_on = self.visitor.document()
            self.visitor.consent.close()
            if self.visitor.consent.preferences_are_open():
                raise ConsentFailure(f"{self.visitor.consent.name}: the preferences were to be closed, but still show")

    def dismiss(self) -> None:
        """Close the banner without a choice."""
        self._meet()
        with self.visitor.doing("closes the banner without a choice"):
            self.visitor.consent.dismiss()
            if self.visitor.consent.is_asking():
                raise ConsentFailure(f"{self.visitor.consent.name}: the banner was to be closed, but still shows")

    def peek_and_escape(self) -> None:
        """Open the preferences and leave them by the Escape key."""
        self._meet()
        with self.visitor.doing("opens the preferences and presses Escape"):
            self._open_preferences()
            self.visitor.closed_on = self.visitor.document()
            ActionChains(self.driver).send_keys(Keys.ESCAPE).perform()

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

    @contextmanager
    def _in_reach(self) -> Iterator[None]:
        """Raises Unfamiliar in the place of a failure where the site has asked something else first: by a layer over
        the whole page, or by a box of the browser's own."""
        begun = len(self.visitor.recorder.notes)
        try:
            yield
        except NOTHING_ABOUT_THE_SITE:
            raise
        except ConsentFailure as failure:
            self._must_be_in_reach(failure)
            boxes = (note.name for note in self.visitor.recorder.notes[begun:] if note.operation == _BOX)
            asked = next(boxes, None)
            if asked is not None:
                raise Unfamiliar(
                    f"{failure}; the page asked {shortened(asked)!r} in a box of the browser's own (confirm), "
                    "which the harness cancels"
                ) from failure
            raise

    def _must_be_in_reach(self, failure: ConsentFailure) -> None:
        """Raises Unfamiliar where a layer lies over the whole page, which a visitor would have answered first."""
        over = Asking(self.visitor).what_is_over()
        if over:
            raise Unfamiliar(over) from failure

    def _allow_by_switches(self, allowed: Collection[Category], others: bool | None = None) -> None:
        """Allow these categories, and set the switches of no category; None leaves those as they are."""
        self.visitor.consent.must_offer_refusal()
        self._meet()
        names = ", ".join(sorted(allowed)) or "no optional"
        with self._in_reach(), self.visitor.choosing(allowed, f"allows only {names} cookies"):
            consent = self.visitor.consent
            self._open_preferences()
            for category in self.visitor.profile.refusable:
                consent.set_category(category, category in allowed)
            if others is not None:
                consent.set_others(others)
            self._done(SAVE, allowed, consent.save)

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

    def _done(self, what: str, allowed: Collection[Category], action: Callable[[], None]) -> None:
        """End a choice, and see by what was clicked that it was this one. Raises ChoiceNotTaken."""
        consent = self.visitor.consent
        before = len(consent.clicked_choices)
        action()
        ended = consent.clicked_choices[-1] if len(consent.clicked_choices) > before else None
        by_switches = ended is not None and ended.what == SAVE
        wrong = [one for one in self.visitor.profile.refusable if ended and ended.on.get(one) is not (one in allowed)]
        if ended is None or (wrong if by_switches else ended.what != what):
            happened = "nothing was clicked" if ended is None else f"what was done is: {ended.what}"
            happened += f", with {', '.join(wrong)} otherwise" if by_switches else ""
            raise ChoiceNotTaken(f"{consent.name}: the visitor meant to {what}, but {happened}")

    def _need_described(self, categories: Iterable[Category]) -> None:
        """A dialog without a page object has the switches that its description names; others may be there as well."""
        consent = self.visitor.consent
        if isinstance(consent, DialogManager) and consent.name == "described":
            for category in categories:
                if category not in consent.selectors.categories and consent.selectors.categories:
                    raise MissingEntry(f"consent.dialog.categories.{category}")
