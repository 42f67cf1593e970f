"""The browsers of one worker: one process for each BrowserSpec, shared by all scenarios that ask for it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field, replace

from consentinel.browser.base import Context
from consentinel.browser.classic import ClassicContext
from consentinel.browser.context import UserContext
from consentinel.browser.device import Device
from consentinel.browser.errors import BrowserCannot, BrowserError
from consentinel.browser.grid import GridStatus, GridUnreachable, waiting
from consentinel.browser.options import name_of
from consentinel.browser.process import Browser, launch
from consentinel.browser.spec import BrowserSpec, CookiePolicy
from consentinel.browser.xvfb import Screen


@dataclass(slots=True)
class BrowserPool:
    """Starts each browser on first use, and ends all of them at the end."""

    running: dict[BrowserSpec, Browser] = field(default_factory=dict)
    own: list[Browser] = field(default_factory=list)
    screen: Screen | None = None

    def ensure(self, spec: BrowserSpec) -> str:
        """Start a browser of this set-up if none runs, and return its version. Raises BrowserMissing."""
        if not spec.engine.is_classic:
            return self.browser(spec).version
        browser = self.own_browser(spec)
        self.end(browser)
        return browser.version

    def visit(self, spec: BrowserSpec, device: Device, proxy: tuple[str, int] | None) -> Context:
        """Return a visitor's context: in the shared browser if its engine has user contexts, else in a browser of their
        own.

        Raises BrowserMissing, and BrowserCannot for settings that the engine does not apply as it would for a person.
        """
        if spec.engine.is_classic:
            if spec.cookies is CookiePolicy.NONE:
                raise BrowserCannot(f"{spec.engine} rejects all cookies without telling pages so, unlike a person's")
            if spec.rejected or spec.private:
                raise BrowserCannot(f"{spec.engine} can neither reject one site's cookies nor open private windows")
            if spec.gpc:
                raise BrowserCannot(f"{spec.engine} cannot be told to ask sites not to sell or share")
            if spec.less_motion or spec.dark:
                raise BrowserCannot(f"{spec.engine} cannot be told to ask sites for less motion or dark colours")
            browser = self.own_browser(replace(spec, proxy=proxy, device=device))
            return ClassicContext(browser, device, self.end)
        known = self.running.get(spec)
        if known is not None and known.answers_as_one:
            with contextlib.suppress(BrowserError):  # it may have died; then it is replaced
                return UserContext(known, device, proxy)
        return UserContext(self.browser(spec), device, proxy)

    def stay(self, spec: BrowserSpec, device: Device) -> UserContext:
        """Return a visitor's own browser, on the set-up's profile and proxy, which can be closed and opened again.

        Raises BrowserMissing, and BrowserCannot for an engine that forgets everything when it is closed, and on a Grid
        of other machines, where the browser may be opened again on another one, without its profile.
        """
        if spec.engine.is_classic:
            raise BrowserCannot(f"{spec.engine} keeps no profile under automation, so it cannot be opened again")
        if spec.grid and not GridStatus.read(spec.grid).here:
            raise BrowserCannot(f"on a Grid of other machines {spec.engine} cannot be opened again on its profile")
        return UserContext(self.own_browser(spec), device, shared=False)

    def browser(self, spec: BrowserSpec) -> Browser:
        """Return the shared browser of this set-up; one that has died meanwhile is replaced. Raises BrowserMissing."""
        browser = self.running.get(spec)
        if browser is not None and not browser.alive:
            browser.quit()
            browser = None
        if browser is None:
            self._make_room(spec)
            browser = self.running[spec] = launch(spec)
        return browser

    def own_browser(self, spec: BrowserSpec) -> Browser:
        """Start an unshared browser process. Raises BrowserMissing."""
        self._make_room(spec)
        browser = launch(spec, self._display(spec))
        self.own.append(browser)
        return browser

    def end(self, browser: Browser) -> None:
        """End an unshared browser."""
        if browser in self.own:
            self.own.remove(browser)
        browser.quit()

    def give_way(self) -> None:
        """End the unused browsers if a request waits for a session of their Grid. To be called between scenarios."""
        grids = {spec.grid for spec in self.running if spec.grid}
        with contextlib.suppress(GridUnreachable):  # the next session request reports it
            if any(waiting(grid) for grid in grids):
                self._end_idle()

    def close(self) -> None:
        """End every browser."""
        for browser in [*self.own, *self.running.values()]:
            browser.quit()
        self.own.clear()
        self.running.clear()
        if self.screen is not None:
            self.screen.close()
            self.screen = None

    def _make_room(self, spec: BrowserSpec) -> None:
        """End this worker's unused sessions before it asks a full Grid for one."""
        if spec.grid and not GridStatus.read(spec.grid).free(name_of(spec)):
            self._end_idle()

    def _end_idle(self) -> None:
        for spec, browser in list(self.running.items()):
            if spec.grid and not browser.hub.listeners:
                del self.running[spec]
                browser.quit()

    def _display(self, spec: BrowserSpec) -> str:
        """Return the display for a browser that needs one; empty if it needs none or uses the machine's."""
        if not spec.engine.is_classic or spec.grid or (spec.headed and os.environ.get("DISPLAY")):
            return ""
        if self.screen is None:
            self.screen = Screen.start()
        return self.screen.display
