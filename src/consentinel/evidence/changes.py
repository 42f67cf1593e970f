"""Waits for what other threads report of a visitor, without looking at each report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

BREATHER = 4
"""How many times as long as a look took the next one waits at least, whatever happens meanwhile."""


QUICK = 0.001
"""Seconds that a look may take without any pause after it: on most pages it takes a tenth of that."""


class Changes(threading.Condition):
    """A condition whose waiting threads look again at each change, as far as that takes a part of the time alone.

    A page of hundreds of requests makes thousands of changes, and each look goes through all requests under way.
    """

    def wait_while(self, left: Callable[[], float]) -> None:
        """Wait until `left` returns 0 or less. It is called at changes, and after as many seconds as it returned."""
        with self:
            while True:
                begun = time.monotonic()
                seconds = left()
                if seconds <= 0:
                    return
                ended = time.monotonic()
                took = ended - begun
                self.wait(seconds)
                pause = ended + min(seconds, BREATHER * took) if took > QUICK else ended
                while (early := pause - time.monotonic()) > 0:
                    self.wait(early)
