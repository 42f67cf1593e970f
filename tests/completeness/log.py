"""The server's own account of what reached it: the truth that the record is held against."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import urllib3

from consentinel.evidence.records import MESSAGE
from consentinel.evidence.timeline import Timeline
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite

Asked = tuple[str, str, str, str]
"""Method, host, path and query. Sockets are GET requests with an upgrade, to the server as to the wire."""


class ServerLog:
    """Reads the log of a running site, from the moment on at which it is made."""

    def __init__(self, site: RunningSite) -> None:
        self._host = f"{hosts.CONTROL}:{site.port}"
        self._pool = urllib3.HTTPSConnectionPool(
            "127.0.0.1",
            site.port,
            server_hostname=hosts.CONTROL,
            assert_hostname=hosts.CONTROL,
            ca_certs=str(site.ca_pem),
        )
        self._begun = max((entry["seq"] for entry in self._entries(0)), default=0)

    def asked(self) -> Counter[Asked]:
        """What was asked of any host, the harness's own empty page aside."""
        entries = (entry for entry in self._entries(self._begun) if entry["path"] != "/elsewhere")
        return Counter((entry["method"], entry["host"], entry["path"], entry["query"]) for entry in entries)

    def entries(self) -> list[dict[str, Any]]:
        """Each request as the server saw it, in order of arrival."""
        return self._entries(self._begun)

    def _entries(self, after: int) -> list[dict[str, Any]]:
        answer = self._pool.request("GET", f"/log?after={after}", headers={"Host": self._host})
        entries: list[dict[str, Any]] = json.loads(answer.data)
        return entries


def recorded(timeline: Timeline) -> Counter[Asked]:
    """What the record says was asked; what was said over an open socket asks for nothing."""
    asked = (request for request in timeline.requests if request.method != MESSAGE)
    parts = [(request.method, urlsplit(request.url)) for request in asked]
    return Counter((method, url.hostname or "", url.path, url.query) for method, url in parts)
