"""What was seen of a consent dialog by who uses the keyboard, a narrow screen or axe-core."""

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
    """A button of a layer. `name` is what it does, `label` its text; `reason` says why it cannot be clicked."""

    name: str
    label: str
    layer: str
    shows: bool
    reason: str


@dataclass(frozen=True, slots=True)
class FocusPath:
    """Where the keyboard went when the preferences were opened and closed again.

    `escapes`: the Escape key closed them. `doubt` says why nothing is known of their closing; empty where it is.
    """

    goes_in: bool
    comes_back: bool = True
    escapes: bool = False
    doubt: str = ""
