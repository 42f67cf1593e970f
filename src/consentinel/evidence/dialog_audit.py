"""Records what the keyboard, a narrow screen and axe-core showed of a consent dialog."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """One element that breaks a rule of axe-core, or of which axe-core cannot tell.

    `rule` is axe's id, `help` its text, `criteria` the WCAG success criteria, such as 1.4.3. `element` is a CSS
    selector, `html` the element's beginning. `layer` is "banner" or "preferences". `ratio` is a contrast ratio, 0 where
    the rule measures none.
    """

    rule: str
    help: str
    criteria: tuple[str, ...]
    element: str
    html: str
    layer: str
    ratio: float = 0.0


@dataclass(frozen=True, slots=True)
class AxeReport:
    """What axe-core says of the layers of a dialog: what breaks a rule, and what it cannot tell."""

    broken: tuple[Breach, ...] = ()
    unclear: tuple[Breach, ...] = ()

    def __add__(self, other: AxeReport) -> AxeReport:
        return AxeReport(self.broken + other.broken, self.unclear + other.unclear)


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a layer. `name` is what it does, `label` its text; `reason` says why it cannot be clicked.

    `shows` is False also of a button that is disabled, as one that saves may be until something has changed.
    """

    name: str
    label: str
    layer: str
    shows: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Stillness:
    """What moved a layer as it came, each as the end of a sentence.

    `asked`: the page could see that less motion is asked for; `watched`: the document was watched from its beginning.
    """

    layer: str
    moves: tuple[str, ...]
    asked: bool
    watched: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """How a screen reader hears of a layer, each as the end of a sentence; none where by nothing.

    `hidden`: the layer, or what holds it, is kept from screen readers.
    """

    layer: str
    ways: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FocusStop:
    """An element of the page to which the Tab key came while the dialog showed.

    `seen` is "seen", "covered" where the dialog hides all of it, "unclear", or "away" where it lies outside the window.
    `label` describes the element, `place` is its number among all elements of the page, `by` is what covers it.
    """

    seen: str
    label: str = ""
    place: int = -1
    by: str = ""


@dataclass(frozen=True, slots=True)
class LayerShown:
    """A layer of the dialog as a visitor saw it: its picture, and what each button says, by what it serves to.

    `width` and `height` are the window's, in CSS pixels; `dark` is whether the page could see that dark colours are
    asked for. `picture` is relative to the run's folder, empty where none was taken.
    """

    at: float
    layer: str
    width: int
    height: int
    dark: bool
    buttons: tuple[tuple[str, str], ...]
    picture: str


@dataclass(frozen=True, slots=True)
class Effort:
    """What it takes to withdraw consent on a page, which is named in a feature's words.

    `clicks` withdraw it, `given` are those that gave it; `stops` are the presses of the Tab key up to the button that
    withdraws. `missed` says what the keyboard does not get at, `doubt` why something is not known; empty where it is.
    """

    page: str
    clicks: int = 0
    given: int = 0
    stops: int = 0
    missed: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class FocusPath:
    """Where the keyboard went when the preferences were opened and closed again.

    `escapes`: the Escape key closed them. `doubt` says why nothing is known of their closing; empty where it is.
    """

    goes_in: bool
    comes_back: bool = True
    escapes: bool = False
    doubt: str = ""
