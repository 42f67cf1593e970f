"""Reads a site's robots.txt (RFC 9309), where the profile wants it kept to."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.robotparser import RobotFileParser

import requests

from consentinel.evidence.guarded import parts_of

AGENT = "consentinel"
"""The name under which a robots.txt may address the harness; what it says to `*` holds otherwise."""

NO_PAGE = ("User-agent: *", "Disallow: /")
"""What forbids every page to every robot."""

LIMIT = 20.0
"""Seconds that the answer may take."""


class RobotsTxt:
    """What the robots.txt of each host says. Each is read once, by plain HTTP."""

    def __init__(self, http: requests.Session) -> None:
        self._http = http
        self._read: dict[str, RobotFileParser] = {}

    def forbidden(self, url: str) -> str:
        """Return why a page must not be visited, in a few words; empty for a page that may be."""
        parts = parts_of(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if place not in self._read:
            self._read[place] = self._fetch(place)
        if self._read[place].can_fetch(AGENT, url):
            return ""
        return f"{place} forbids {parts.path or '/'} to robots, and the profile keeps to it (politeness.robots_txt)"

    def _fetch(self, place: str) -> RobotFileParser:
        """Read one. Without a file everything is allowed, without an answer nothing (RFC 9309, section 2.3.1)."""
        rules = RobotFileParser()
        rules.parse(self._lines(place))
        return rules

    def _lines(self, place: str) -> Sequence[str]:
        try:
            answer = self._http.get(place, timeout=LIMIT)
        except requests.RequestException:
            return NO_PAGE
        if answer.ok:
            return answer.text.splitlines()
        return NO_PAGE if answer.status_code >= 500 else ()
