"""The headers that a site asks for before it answers at all: basic authentication and headers of its own.

Browsers send them by the recording proxy, which adds them to the requests for the site's own hosts and to no others.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _nobody(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Access:
    """Headers as pairs of name and value, and the hosts that receive them. `repr` shows neither value."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    is_own: Callable[[str], bool] = field(default=_nobody, repr=False)

    def headers_for(self, host: str) -> Mapping[str, str]:
        """Return the headers that requests for a host need."""
        return dict(self.headers) if self.headers and self.is_own(host) else {}


OPEN = Access()
"""The access to a site that asks for nothing."""


def basic(user: str, password: str) -> tuple[str, str]:
    """Return the header of basic authentication (RFC 7617)."""
    return "Authorization", f"Basic {basic_token(user, password)}"


def basic_token(user: str, password: str) -> str:
    """Return user and password as basic authentication encodes them (RFC 7617, section 2), in UTF-8."""
    return base64.b64encode(f"{user}:{password}".encode()).decode()
