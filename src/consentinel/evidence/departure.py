"""A visitor clicks links that lead away from the site, and stays: the proxy answers in place of what they lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mitmproxy import http

from consentinel.evidence.alterations import UNKEPT, is_document, note
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.guarded import host_of, parts_of

KEPT_HERE = "answered by the harness with nothing, so that the visitor stays"
AS_SHOWN = "answered by the harness with nothing: the visitor followed a link to it, and stays"
"""What the harness did with a page of another site. The latter is where the link said that it leads."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A link that is clicked. `shown` is the address that it had before; `is_own` says whether a host is the site's.

    Pages of other sites, and the very address, whatever its query, are answered with 204: the browser stays where it is
    (HTML, section 7.4.5). Whoever is asked for besides, or in place of the address, appears in the record.
    """

    shown: str
    is_own: Callable[[str], bool]

    def apply(self, flow: http.HTTPFlow) -> None:
        """Answer a request whose head has come, if it leads away."""
        url = url_of(flow.request)
        if _place(url) == _place(self.shown) or (is_document(flow.request) and not self.is_own(host_of(url))):
            is_as_shown = host_of(url) == host_of(self.shown)
            note(flow, AS_SHOWN if is_as_shown else KEPT_HERE)
            flow.response = http.Response.make(204, b"", UNKEPT)


def _place(address: str) -> tuple[str, str]:
    parts = parts_of(address)
    return parts.netloc, parts.path
