"""One account, one scenario: what belongs to an account, a choice or a basket, must not be another scenario's."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from pathlib import Path

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.visitor.errors import SiteUnavailable

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
        name = hashlib.sha256(f"{site}\0{user}".encode()).hexdigest()[:24]
        file = self._folder / f"consentinel-account-{os.getuid()}-{name}.lock"
        if file in self._held:
            return
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            wait_until("the account, which another scenario uses", lambda: _is_locked(opened), self._limit, every=0.2)
        except WaitFailed as error:
            os.close(opened)
            raise SiteUnavailable(str(error)) from error
        self._held[file] = opened

    def give_back(self) -> None:
        """End all turns of this process."""
        for opened in self._held.values():
            os.close(opened)
        self._held.clear()


def _is_locked(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
