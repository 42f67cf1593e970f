"""The one interface of all consent managers.

A consent manager's page object is one file in this folder. It says how to find and work the dialog; it neither waits
for the network nor judges. Every action waits for its own visible effect and raises `ConsentFailure` when that does
not come: a failed click is never a verdict about the site.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.site.profile import Category, Profile


class ConsentFailure(Exception):
    """The dialog could not be worked as meant. The message is one line: what was tried, and what was seen instead."""


class NoManager(ConsentFailure):
    """No consent manager was recognised on the page."""


class WrongManager(ConsentFailure):
    """Another consent manager runs on the page than the one that the profile names."""


class NoDialog(ConsentFailure):
    """The manager is there, but its dialog is not, or does not show."""


class NoWayIn(NoDialog):
    """Neither the dialog shows nor what opens the preferences."""


class ChoiceNotTaken(ConsentFailure):
    """The dialog was worked, but it did not go away or did not keep the choice."""


class ReloadLoop(ConsentFailure):
    """The page keeps reloading after a choice."""


class Unfamiliar(ConsentFailure):
    """An element that the profile names has not shown on this site: the profile or the site may be wrong."""


class NotOffered(ConsentFailure):
    """This manager does not offer what was asked of it (say, a choice by category)."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One category's switch as the dialog shows it. `on` None: neither granted nor refused yet."""

    label: str
    on: bool | None
    locked: bool


ACCEPT, REFUSE, SAVE = "accept all", "refuse all", "save the preferences"
"""What ends a choice."""


@dataclass(frozen=True, slots=True)
class ClickedChoice:
    """A choice whose clicks were completed. `on`: the state of the switches when they were saved."""

    what: str
    on: Mapping[Category, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ticked:
    """A switch that is on and is none of the categories' own: of a vendor, a legitimate interest, a single service.

    `place` names the tab or the part of the preferences that shows it, empty for what shows at once; `is_seen` is
    False where no known part shows it. `category` is the one whose name it bears; `is_telling` where the switch or its
    place speaks of vendors or legitimate interests, which a visitor can refuse; `refuses` where it says that being on
    refuses.
    """

    label: str
    place: str
    category: Category | None
    is_telling: bool
    is_seen: bool
    refuses: bool


class ConsentManager(ABC):
    """A consent dialog on the page that `driver` shows.

    `clicked_choices` are the choices that its clicks have made here, oldest first, whatever they were meant to choose.
    """

    name: ClassVar[str]

    def __init__(self, driver: WebDriver, profile: Profile) -> None:
        self.driver = driver
        self.profile = profile
        self.clicked_choices: list[ClickedChoice] = []

    @classmethod
    @abstractmethod
    def recognises(cls, driver: WebDriver) -> bool:
        """Return whether this manager runs on the page, its dialog open or not. It does not wait."""

    @abstractmethod
    def is_asking(self) -> bool:
        """Return whether the banner is visible at this moment. It does not wait."""

    def shows_preferences(self) -> bool:
        """Return whether the preferences are open at this moment; never, where this manager has none.

        It does not wait.
        """
        return False

    def have_come(self, had_banner: bool) -> bool:
        """Return whether what opens the preferences has shown them, or the banner that leads to them. It does not wait.

        `had_banner` says that the banner showed before.
        """
        return self.shows_preferences() or self.preferences_are_open()

    def why_unseen(self) -> str:
        """Return why a banner may be there although it does not show; empty where the document holds it, hidden."""
        return f"{self.name}: no dialog that it knows shows on this page"

    def is_wall(self) -> bool:
        """Return whether nothing in the dialog refuses, and who does not agree is asked to pay."""
        return False

    def must_offer_refusal(self) -> None:
        """Raises NotOffered at such a wall."""
        if self.is_wall():
            raise NotOffered(f"{self.name}: the dialog offers no refusal; who does not agree is asked to pay")

    def places(self) -> tuple[str, ...]:
        """Return the selectors of what holds the dialog in the page; none where they are not known."""
        return ()

    def preferences_are_open(self) -> bool:
        """Return whether the switches can be seen at this moment, in whatever layer they are. It does not wait."""
        return self.shows_preferences()

    @abstractmethod
    def accept_all(self) -> None:
        """Accept every category from the banner, or from the open preferences."""

    @abstractmethod
    def refuse_all(self) -> None:
        """Refuse every category that can be refused."""

    @abstractmethod
    def open_preferences(self) -> None:
        """Open the preferences, from the banner or from the page's link, whichever is there."""

    @abstractmethod
    def switches(self) -> Mapping[Category, Switch]:
        """Return the categories that the open preferences offer."""

    def is_sure_of(self, category: Category) -> bool:
        """Return whether a switch of this category that is not found is known to be missing from the preferences."""
        return True

    @abstractmethod
    def other_labels(self) -> tuple[str, ...]:
        """Labels of switches in the open preferences that belong to no category of the profile."""

    def ticked_besides(self) -> tuple[Ticked, ...]:
        """Return the switches of the open preferences that are on and belong to no category, on whatever tab they are.

        Opens one tab after the other, and leaves the last one open.
        """
        return ()

    @abstractmethod
    def set_category(self, category: Category, granted: bool) -> None:
        """Set one category's switch in the open preferences, without saving."""

    def set_others(self, granted: bool) -> int:
        """Set the switches of no category that the profile knows, without saving; how many had to be turned."""
        return 0

    @abstractmethod
    def save(self) -> None:
        """Save the open preferences; they close."""

    @abstractmethod
    def close(self) -> None:
        """Close the preferences, or the banner, without a choice."""

    def dismiss(self) -> None:
        """Close the banner without a choice, as by its cross. Raises NotOffered where it has none that is known."""
        raise NotOffered(f"{self.name}: nothing is known that closes the banner without a choice")

    def first_click(self, what: str) -> str:
        """Click once on the banner's button for `ACCEPT` or `REFUSE`, and return what keeps that from being the choice.

        It is empty where nothing does, and where the banner has no such button. Raises NotOffered where no button is
        known.
        """
        raise NotOffered(f"{self.name}: its buttons are not known by selector")

    def prominence_of_refusing(self) -> Mapping[str, float]:
        """Return how much of what shows of the button that accepts shows of the one that refuses.

        It compares area, letters, opacity and the part that shows before the banner is scrolled; 1 is as much. It is
        empty where the banner has not got both buttons.
        Raises NotOffered where no button is known.
        """
        raise NotOffered(f"{self.name}: its buttons are not known by selector")

    def clicks_to_withdraw(self) -> tuple[int, int]:
        """Return how many clicks take all consent back, and how many gave it. Opens the preferences, or the banner.

        Raises NotOffered where no button is known.
        """
        raise NotOffered(f"{self.name}: its buttons are not known by selector")

    @abstractmethod
    def clicks_to_refuse(self) -> int:
        """Return how many clicks refusing everything takes from the banner, where accepting takes one; 1 is as easy."""
