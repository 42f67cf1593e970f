"""Keeps to a site's robots.txt (RFC 9309), where the profile wants that."""

from __future__ import annotations

import requests

from consentinel.evidence.guarded import parts_of
from consentinel.visitor.robots_rules import Rule, may_visit, rules_for

AGENT = "consentinel"
"""The name under which a robots.txt may address the harness; what it says to `*` holds otherwise."""

NO_PAGE = (Rule("/", allows=False),)
"""What forbids every page to every robot."""

LIMIT = 20.0
"""Seconds that the answer may take."""


class RobotsTxt:
    """What the robots.txt of each host says. Each is read once, by plain HTTP."""

    def __init__(self, http: requests.Session) -> None:
        self._http = http
        self._read: dict[str, tuple[Rule, ...]] = {}

    def forbidden(self, url: str) -> str:
        """Return why a page must not be visited, in a few words; empty for a page that may be."""
        parts = parts_of(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if place not in self._read:
            self._read[place] = self._fetch(place)
        if may_visit(self._read[place], f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"):
            return ""
        return f"{place} forbids {parts.path or '/'} to robots, and the profile keeps to it (politeness.robots_txt)"

    def _fetch(self, place: str) -> tuple[Rule, ...]:
        """Read one. Without a file everything is allowed, without an answer nothing (RFC 9309, section 2.3.1)."""
        try:
            answer = self._http.get(place, timeout=LIMIT)
        except requests.RequestException:
            return NO_PAGE
        if answer.ok:
            return rules_for(AGENT, answer.content.decode("utf-8-sig", "replace"))
        return NO_PAGE if answer.status_code >= 500 else ()
