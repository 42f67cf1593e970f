"""Choosing: what a visitor does in the consent dialog, in the words of the policy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from consentinel.consent.base import ACCEPT, REFUSE, SAVE, ChoiceNotTaken, ConsentFailure, Unfamiliar
from consentinel.site.profile import Category
from consentinel.verdicts.messages import shortened
from consentinel.visitor.offers import NOTHING_ABOUT_THE_SITE, Offers

_BOX = "box"
"""The operation of a note that a page asks by a box of the browser's own."""


class Choices(Offers):
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
