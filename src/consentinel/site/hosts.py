"""Hosts: which pattern covers which, and which belong together.

Matching is on whole labels: `bing.com` never covers `shopbing.com`. Registrable domains follow the Public Suffix List
(https://publicsuffix.org/list/), where a name without a rule of its own, such as `localhost`, falls under the rule `*`.
"""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.evidence import guarded
from consentinel.evidence.guarded import ascii_host, host_of

__all__ = ["covered", "covers", "host_of", "normal", "pattern_of", "pattern_of_site", "registrable"]


def normal(host: str) -> str:
    """Return a host as it is compared: lower case, in ASCII, without brackets, without a leading or trailing dot."""
    return ascii_host(host.lower().strip(".").strip("[]"))


def covers(pattern: str, host: str) -> bool:
    """Return whether a host pattern covers a host: `*.x` covers x and its sub-domains, `x` covers x alone."""
    host = normal(host)
    if not pattern.startswith("*."):
        return normal(pattern) == host
    return guarded.is_within(host, normal(pattern[2:]))


def covered(patterns: Iterable[str], host: str) -> bool:
    """Return whether any of the patterns covers a host."""
    return any(covers(pattern, host) for pattern in patterns)


def pattern_of(host: str) -> str:
    """Return the pattern that covers a host and what lies below it; below an IPv6 address lies nothing."""
    return host if ":" in host else f"*.{host}"


def pattern_of_site(host: str) -> str:
    """Return the pattern that covers the hosts of a site, by its registrable domain.

    Below an IP address lies nothing, and what lies below a name of one label, such as `localhost`, is somebody else's.
    """
    is_alone = "." not in host or host.rpartition(".")[2].isdigit()
    return host if is_alone else pattern_of(host)


def registrable(host: str) -> str:
    """Return the registrable domain of a host; an IP address or a public suffix stands for itself."""
    return guarded.registrable(normal(host))
