"""One account, one scenario: what belongs to an account, a choice or a basket, must not be another scenario's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.lock_files import is_locked, lock_file, open_lock

LIMIT = 600.0
"""Seconds that a scenario waits for another one to end that uses the same account."""


class AccountTurn:
    """Whose turn it is to use an account, over all of this user's runs and workers on this machine.

    A turn ends with the process at the latest.
    """

    def __init__(self, folder: Path | None = None, limit: float = LIMIT) -> None:
        self._folder = folder or Path(tempfile.gettempdir())
        self._limit = limit
        self._held: dict[Path, int] = {}

    def take(self, site: str, user: str) -> None:
        """Wait for the turn to use a site's account. Raises SiteUnavailable where it does not come."""
        file = lock_file(self._folder, "account", f"{site}\0{user}")
        if file in self._held:
            return
        opened = open_lock(file)
        try:
            wait_until("the account, which another scenario uses", lambda: is_locked(opened), self._limit, every=0.2)
        except WaitFailed as error:
            os.close(opened)
            raise SiteUnavailable(str(error)) from error
        self._held[file] = opened

    def give_back(self) -> None:
        """End all turns of this process."""
        for opened in self._held.values():
            os.close(opened)
        self._held.clear()
