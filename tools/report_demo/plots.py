"""The scenarios that an invented run begins with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plot:
    """A scenario's outline before it is played in a browser."""

    feature: str
    rule: str
    name: str
    promises: tuple[str, ...]
    choice: tuple[str, ...] | None
    steps: tuple[str, ...]


SOCIAL = "Social network cookies"
_PREFERENCES = "Preferences"
_ANALYTICS = "Performance and analytics cookies"
_BROWSER = "The browser's own settings"

PLOTS = (
    Plot(
        SOCIAL,
        "Refusing social cookies keeps the networks away",
        "A refusal holds on every page",
        ("P24", "P10"),
        (),
        (
            "Given a visitor who is signed in at a social network",
            "When they refuse social cookies",
            "And they read three articles",
            "Then nothing social is stored",
            "And no social network hears from them",
            "And the share buttons say why they are off",
        ),
    ),
    Plot(
        _ANALYTICS,
        "The analytics service waits for consent",
        "Nothing is measured before a choice",
        ("P21",),
        None,
        (
            "Given a new visitor",
            "When they walk through the site without choosing",
            "Then nothing is measured",
        ),
    ),
    Plot(
        _PREFERENCES,
        "The preferences live in a cookie",
        "Removing all cookies brings the banner back",
        ("P12",),
        ("analytics",),
        (
            "Given a visitor who accepted analytics cookies",
            "When they remove all cookies in the browser",
            "And they come back",
            "Then they are asked again",
            "And no identifier has its old value",
        ),
    ),
    Plot(
        _BROWSER,
        "The browser may refuse what it likes",
        "Third-party cookies are blocked",
        ("P07",),
        ("analytics", "social"),
        (
            "Given a browser that blocks third-party cookies",
            "When a visitor accepts everything",
            "Then the site works",
        ),
    ),
    Plot(
        _PREFERENCES,
        "Every subset is held to",
        "Only the chosen categories are at work",
        ("P10", "P02", "P27"),
        ("analytics",),
        (
            "Given a new visitor",
            "When they accept only analytics cookies",
            "Then only analytics cookies are at work",
        ),
    ),
)
