"""Hosts: which pattern covers which, and which belong together.

Matching is on whole labels: `bing.com` never covers `shopbing.com`. Registrable domains follow the Public Suffix List
(https://publicsuffix.org/list/), where a name without a rule of its own, such as `localhost`, falls under the rule `*`.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

_SUFFIXES = PublicSuffixList()


def host_of(url: str) -> str:
    """The host of an address; empty for what names none, or is no address at all."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # written by a page: say, an unclosed bracket in the place of the host
        return ""


def normal(host: str) -> str:
    """A host as it is compared: lower case, without a leading or trailing dot."""
    return host.lower().strip(".")


def covers(pattern: str, host: str) -> bool:
    """Whether a host pattern covers a host: `*.x` covers x and its sub-domains, `x` covers x alone."""
    host = normal(host)
    if not pattern.startswith("*."):
        return normal(pattern) == host
    parent = normal(pattern[2:])
    return host == parent or host.endswith(f".{parent}")


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The registrable domain of a host; an IP address or a public suffix stands for itself."""
    host = normal(host)
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return _SUFFIXES.privatesuffix(host) or host
