"""Tests whether an address is one that the profile means by a host, or by a pattern of host and path."""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.evidence.guarded import parts_of
from consentinel.site.classify import address_matcher, party
from consentinel.site.hosts import covered
from consentinel.site.profile import Profile


class Addresses:
    """The addresses that patterns of a profile mean: `cdn.example`, `*.cdn.example`, `cdn.example/app/*`, `/static/*`.

    A pattern that begins with a slash holds on the site's own hosts alone.
    """

    def __init__(self, patterns: Iterable[str], profile: Profile) -> None:
        patterns = tuple(patterns)
        self._hosts = tuple(pattern for pattern in patterns if "/" not in pattern)
        self._own = tuple(address_matcher(pattern) for pattern in patterns if pattern.startswith("/"))
        self._any = tuple(address_matcher(pattern) for pattern in patterns if pattern.find("/") > 0)
        self._profile = profile

    def __call__(self, url: str) -> bool:
        """Return whether a pattern means this address."""
        parts = parts_of(url)
        host = parts.hostname or ""
        if covered(self._hosts, host):
            return True
        address = f"{host}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        if any(matches(address) for matches in self._any):
            return True
        return party(host, self._profile) == "first" and any(matches(address) for matches in self._own)
