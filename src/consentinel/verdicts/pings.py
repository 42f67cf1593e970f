"""Requests that a policy announces before a choice: to a service that is a partner as well, or without cookies.

They may come as long as nothing in them recognises the visitor: no cookie, nothing that is kept on the device, and no
identifier of the visitor's that outlives a page.
"""

from __future__ import annotations

from collections.abc import Iterator

from consentinel.evidence.payload import body_of, query_of
from consentinel.evidence.records import Request
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import categories_of, is_partner
from consentinel.site.hosts import covered
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.carried import spoken
from consentinel.verdicts.identifiers import Finder, identifiers_in
from consentinel.verdicts.loads import Load, Loads
from consentinel.verdicts.messages import shortened

# Google's Measurement Protocol and Matomo's tracking API: the parameters by which a service knows a visitor.
_VISITOR = frozenset({"cid", "uid", "_id", "client_id", "user_id", "visitor_id"})


def may_ping(host: str, profile: Profile) -> bool:
    """Return whether a host may hear from a visitor who has not allowed its category and is not recognised."""
    tables = profile.categories.values()
    announced = any(table.cookieless_pings and covered(table.hosts, host) for table in tables)
    return announced or is_partner(host, profile)


class Recognition:
    """What of a visitor's record lets a service recognise them; prepared once for all requests."""

    def __init__(self, timeline: Timeline, profile: Profile) -> None:
        self._profile = profile
        self._kept = Finder(_identifiers_on_device(timeline, profile))
        self._loads: dict[tuple[str, str, str], set[Load]] = {}
        loads = Loads(timeline.requests)
        for request in timeline.requests:
            if load := loads.of(request):
                for key in self._named(request):
                    self._loads.setdefault(key, set()).add(load)

    def in_ping(self, request: Request, category: Category) -> str | None:
        """Return what recognises the visitor in a request that the policy announces; empty for nothing.

        None for a request that the policy does not announce at all.
        """
        table = self._profile.categories.get(category)  # of none: what counts, for a policy with names of its own
        announced = table is not None and table.cookieless_pings
        if not announced and not is_partner(request.host, self._profile):
            return None
        if request.cookies:
            return f'the cookie "{shortened(request.cookies[0][0])}"'
        if any(self._kept.found_in(" ".join(spoken(request)))):
            return "an identifier that is kept on the device"
        lasting = next((name for host, name, value in self._named(request) if self._lasts(host, name, value)), "")
        return f'"{lasting}", which is the same on several pages' if lasting else ""

    def _lasts(self, host: str, name: str, value: str) -> bool:
        return len(self._loads.get((host, name, value), ())) > 1

    def _named(self, request: Request) -> Iterator[tuple[str, str, str]]:
        for name, value in _fields(request):
            if name in _VISITOR and value:
                yield request.host, name, value


def _fields(request: Request) -> Iterator[tuple[str, str]]:
    yield from query_of(request.url)
    yield from body_of(request)


def _identifiers_on_device(timeline: Timeline, profile: Profile) -> set[str]:
    """Return the identifiers in what is or was stored for other purposes than the site's own.

    A comparison with another visitor shows whether the site's own are sent along.
    """
    return {
        token
        for state in timeline.states
        for item in state.items
        if Category.FUNCTIONALITY not in categories_of(item, profile)
        for token in identifiers_in(item.value.text)
    }
