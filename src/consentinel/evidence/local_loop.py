"""An event loop that finds names under localhost on this machine, as browsers do."""

from __future__ import annotations

import asyncio
from typing import Any


class LocalLoop(asyncio.SelectorEventLoop):
    """Knows what browsers know and resolvers often do not: names under localhost are this machine.

    Source: RFC 6761, section 6.3.
    """

    async def getaddrinfo(self, host: Any, port: Any, **rest: Any) -> Any:
        """The addresses of a host, as `socket.getaddrinfo` gives them."""
        here = "127.0.0.1" if isinstance(host, str) and host.endswith(".localhost") else host
        return await super().getaddrinfo(here, port, **rest)
