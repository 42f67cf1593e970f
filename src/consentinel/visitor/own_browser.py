"""A visitor with a browser of their own, which can be closed and opened again."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from consentinel.browser.context import UserContext
from consentinel.browser.errors import BrowserError
from consentinel.evidence.records import Action, Deed
from consentinel.visitor.visitor import Visitor


class OwnBrowserVisitor(Visitor):
    """Uses a browser process and a profile folder that nobody shares."""

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def _context(self) -> UserContext:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="consentinel-profile-", ignore_cleanup_errors=True)
        proxy = self._tap.address if self._tap else None
        spec = replace(self.spec, profile=Path(self._folder.name), proxy=proxy)
        try:
            return self.resources.browser_pool.stay(spec, self.device)
        except BrowserError:
            self._folder.cleanup()
            raise

    def restart_browser(self) -> None:
        """Close the browser and open it again on the same profile: session cookies go, the others stay.

        A browser that forgets keeps nothing; who used it has not chosen any more.
        """
        self.leave_site("closes the browser", Deed.CLOSES_BROWSER)
        self.recorder.develop()
        self.recorder.add(Action(time.time(), "opens the browser again"))
        self.resources.browser_pool.end(self.browser)
        self.recorder.ledger.forget_sessions()
        self.context = self._context()
        self.browser = self.context.browser
        self.recorder.move_to(self.context)
        self.context.open_tab()
        self.observer.read()
        if self.spec.forgets:
            self.forget_choice()

    def leave(self) -> None:
        """End the visit and the browser, and remove the profile."""
        super().leave()
        self.resources.browser_pool.end(self.browser)
        if self._folder is not None:
            self._folder.cleanup()
