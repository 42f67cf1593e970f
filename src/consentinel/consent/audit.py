"""Looks at a dialog as who uses the keyboard, a narrow screen or a tool of accessibility does. It never decides.

The rules of WCAG that a script can test are axe-core's (npm `axe-core`, in the folder `axe_core`). It runs in the page,
fetches nothing and stores nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.isolated import isolated
from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.base import ConsentManager, NotOffered
from consentinel.consent.dialog import DialogManager
from consentinel.consent.dialog_driver import EYES
from consentinel.evidence.dialog_audit import AxeReport, Breach, Button, FocusStop, Heard

BANNER, PREFERENCES, PAGE = "banner", "preferences", "settings page"

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""The tags of axe's rules for WCAG 2.2 A and AA."""

_CONFORMANCE = {"runOnly": {"type": "tag", "values": LEVELS}, "rules": {"target-size": {"enabled": True}}}
_QUIET = {"preload": False, "iframes": False, "elementRef": False, "resultTypes": ["violations", "incomplete"]}

LANDMARKS = frozenset({"complementary", "contentinfo", "banner", "navigation", "main", "search"})
"""Roles that screen readers list by themselves (WAI-ARIA 1.2, section 5.3.4)."""

NAMED = frozenset({"dialog", "alertdialog", "region", "form"})
"""Roles that need a name to be told."""

MOST_TABS = 60
"""Presses of the Tab key after which a button counts as out of reach."""

CLOSES = 2.0
"""Seconds that the preferences may take to close after the Escape key."""

_AXE = Path(__file__).parent / "axe_core" / "axe.min.js"


class DialogAudit:
    """The dialog of a manager that selectors describe. Raises NotOffered for any other."""

    def __init__(self, manager: ConsentManager) -> None:
        if not isinstance(manager, DialogManager):
            raise NotOffered(f"{manager.name}: its buttons are not known by selector")
        self.manager = manager
        self.selectors = manager.selectors

    def axe(self) -> AxeReport:
        """Return what axe-core says of the front layer."""
        return self._run(None, _CONFORMANCE)

    def contrast_of_refusing(self) -> AxeReport:
        """Return what axe-core says of the contrast of the button that refuses."""
        if not self.selectors.refuse:
            raise NotOffered(f"{self.manager.name}: its refuse button is not known by selector")
        return self._run(self.selectors.refuse[0], {"runOnly": {"type": "rule", "values": ["color-contrast"]}})

    def buttons(self) -> tuple[Button, ...]:
        """Return the known buttons of the front layer, once none of them moves."""

        def at_rest() -> list[dict[str, Any]]:
            dialog_driver, containers = self.manager.layers.front()
            found: list[dict[str, Any]] = dialog_driver.ask("buttons", self._named(), containers)
            if any(one["reason"].endswith("is moving") for one in found):
                raise NotYet("a button is moving")
            return found

        layer = self.layer()
        return tuple(Button(**one, layer=layer) for one in self.manager.dialog_driver.until("it to rest", at_rest))

    def reached_by_tab(self, wanted: Collection[str]) -> frozenset[str]:
        """Return which of these buttons of the front layer the Tab key reaches."""
        reached: set[str] = set()
        for _ in range(MOST_TABS):
            if reached.issuperset(wanted):
                break
            self.press(Keys.TAB)
            reached.update(self.keyboard()["names"])
        return frozenset(reached.intersection(wanted))

    def keyboard(self) -> Mapping[str, Any]:
        """Return where the keyboard is: `names` of buttons that have it, and whether it is `inside` the front layer."""
        self.must_lie_in_page()
        dialog_driver, containers = self.manager.layers.front()
        answer: Mapping[str, Any] = dialog_driver.ask_page("keyboard", self._named(), containers)
        return answer

    def stops_beside(self) -> tuple[FocusStop, ...]:
        """Return what the Tab key comes to outside the dialog while that shows, once around the page at most.

        A page that scrolls smoothly is waited for.
        """
        self.must_lie_in_page()
        found: list[FocusStop] = []
        for _ in range(MOST_TABS):
            self.press(Keys.TAB)
            stop = self._stop()
            if stop.seen in ("none", "inside"):
                continue
            if found and stop.place == found[0].place:
                break
            found.append(stop)
        return tuple(found)

    def _stop(self) -> FocusStop:
        told: dict[str, Any] = {}

        def at_rest() -> bool:
            told.update(self.manager.dialog_driver.ask_page("covered", self.manager.layers.containers))
            return bool(told["seen"] != "away")

        with contextlib.suppress(WaitFailed):
            wait_until("the page to scroll", at_rest, CLOSES)
        return FocusStop(**told)

    def escape(self) -> bool:
        """Press Escape in the preferences; whether they close."""
        self.press(Keys.ESCAPE)
        try:
            return wait_until("the preferences to close", lambda: not self.manager.shows_preferences(), CLOSES)
        except WaitFailed:
            return False

    def press(self, key: str) -> None:
        """Press a key."""
        ActionChains(self.manager.driver).send_keys(key).perform()

    def must_lie_in_page(self) -> None:
        """Raises NotOffered where a layer lies in a frame."""
        if self.selectors.frame is not None or self.selectors.dialog_frame is not None:
            raise NotOffered(f"{self.manager.name}: no key reaches a dialog in a frame from here")

    def heard(self) -> Heard:
        """Return how a screen reader hears of the front layer.

        It does so by a role and a name, by a live region, by the keyboard, or because the layer comes first. Roles and
        names are the browser's own (WebDriver, sections 12.4.9 and 12.4.10).
        """
        self.must_lie_in_page()
        dialog_driver, containers = self.manager.layers.front()

        def told() -> Heard | None:
            found = dialog_driver.ask_page("heard", containers, self.known_buttons())
            try:
                roles = [_role_of(one) for one in found["parts"]] if found else []
            except StaleElementReferenceException as error:
                raise NotYet("the layer is drawn anew") from error
            ways = [f"it has the role {one}" for one in roles if one]
            return Heard(self.layer(), (*ways[:1], *found["ways"]), hidden=found["hidden"]) if found else None

        heard = dialog_driver.until("the layer", told)
        assert heard is not None
        return heard

    def known_buttons(self) -> list[str]:
        """Return the selectors of the buttons of either layer."""
        chosen = self.selectors
        ways = (chosen.accept, chosen.refuse, chosen.preferences, chosen.save, chosen.close)
        return [one for way in ways for one in way]

    def layer(self) -> str:
        """Return which layer is in front."""
        return PREFERENCES if self.manager.shows_preferences() else BANNER

    def _named(self) -> dict[str, str]:
        """Return the first selector of each thing that the front layer can do."""
        chosen = self.selectors
        ways = {"accept": chosen.accept, "refuse": chosen.refuse}
        if self.layer() == PREFERENCES or chosen.dialog is None:
            ways |= {"save": chosen.save, "close": chosen.close}
        else:
            ways |= {"preferences": chosen.preferences}
        return {name: clicks[0] for name, clicks in ways.items() if clicks}

    def _run(self, selector: str | None, options: Mapping[str, Any]) -> AxeReport:
        dialog_driver, containers = self.manager.layers.front()
        asked = (_script(), selector, containers, {**options, **_QUIET})
        said = dialog_driver.until("something that axe-core can look at", lambda: dialog_driver.run(*asked))
        layer = self.layer()
        return AxeReport(_breaches(said["broken"], layer), _breaches(said["unclear"], layer))


def _role_of(part: WebElement) -> str:
    """Role and name of a part that a screen reader tells of, in words; empty for any other."""
    role, name = part.aria_role, part.accessible_name
    if role not in LANDMARKS and not (role in NAMED and name):
        return ""
    return f'{role} and the name "{name}"' if name else role


def axe_of_page(driver: WebDriver, content: str) -> AxeReport:
    """Return what axe-core says of a page's content, by its selector. Raises NotOffered where none shows."""
    said = isolated(driver, _script(), None, [content], {**_CONFORMANCE, **_QUIET})
    if said is None:
        raise NotOffered(f"nothing on this page shows that matches {content}")
    return AxeReport(_breaches(said["broken"], PAGE), _breaches(said["unclear"], PAGE))


def _breaches(rows: list[dict[str, Any]], layer: str) -> tuple[Breach, ...]:
    return tuple(
        Breach(
            rule=row["rule"],
            help=row["help"],
            criteria=tuple(row["criteria"]),
            element=str(row["element"]),
            html=row["html"],
            layer=layer,
            ratio=float((row["data"] or {}).get("contrastRatio") or 0.0),
        )
        for row in rows
    )


@cache
def _script() -> str:
    run = Path(__file__).with_name("axe.js").read_text(encoding="utf-8")
    return f"{EYES}\n" + run.replace("/*AXE*/", _AXE.read_text(encoding="utf-8"))
