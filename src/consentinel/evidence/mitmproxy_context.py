"""Lets several proxies live in one process.

mitmproxy 11 keeps its master and its options in a global, `mitmproxy.ctx`, and asks there for every connection that
comes in: with a second proxy, the flows of the first would be reported to the second, and the ports of the first would
not be closed. Each proxy here has a thread of its own, so that the thread identifies the proxy.
"""

from __future__ import annotations

import threading
from types import ModuleType
from typing import Any

from mitmproxy import ctx

_SPLIT = ("master", "options", "log")


class _ByThread(ModuleType):
    """The context of the thread that asks; of the last proxy that was started, for a thread that started none."""

    def __getattribute__(self, name: str) -> Any:
        if name in _SPLIT:
            own: dict[str, Any] = _own.__dict__
            if name in own:
                return own[name]
        return super().__getattribute__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _SPLIT:
            _own.__dict__[name] = value
        super().__setattr__(name, value)


_own = threading.local()


def split() -> None:
    """From now on each thread has a context of its own."""
    ctx.__class__ = _ByThread
