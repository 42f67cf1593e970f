"""A visitor without scripts: plain HTTP, for what needs no browser."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from bs4 import BeautifulSoup
from requests.adapters import HTTPAdapter

from consentinel.evidence.guarded import joined, parts_of
from consentinel.site.profile import Profile
from consentinel.visitor import sitemap
from consentinel.visitor.errors import MissingEntry, SiteUnavailable

ANSWER_LIMIT = 20.0
"""Seconds that an answer may take."""

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"


class LoopbackAdapter(HTTPAdapter):
    """Takes names under localhost for this machine (RFC 6761, section 6.3), keeping name and certificate check."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send with the host as the address has it."""
        request.headers["Host"] = parts_of(request.url or "").netloc
        return super().send(request, *args, **kwargs)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: Any = None
    ) -> Any:
        """Connect to loopback, under the name."""
        place, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        name = place["host"]
        if not name.endswith(".localhost"):
            return place, pool
        return {**place, "host": "127.0.0.1"}, {**pool, "server_hostname": name, "assert_hostname": name}


def session(trust: Path | None) -> requests.Session:
    """An HTTP session; `trust` is an extra certificate authority as a PEM file."""
    made = requests.Session()
    made.mount("https://", LoopbackAdapter())
    made.mount("http://", LoopbackAdapter())
    if trust is not None:
        made.verify = str(trust)
    made.trust_env = False
    return made


@dataclass
class PlainVisitor:
    """Somebody who calls up pages with plain HTTP. `answer` is the last answer."""

    profile: Profile
    http: requests.Session
    headers: Mapping[str, str | None]
    answer: requests.Response | None = None
    at: float = 0.0

    def call(self, page: str) -> None:
        """Call up a page by the word that the features use for it."""
        self.at = time.time()
        self.answer = self.get(sitemap.address(self.profile, page))

    def get(self, url: str) -> requests.Response:
        """The answer at an address. Raises SiteUnavailable when there is none."""
        headers = {"User-Agent": BROWSER, "Accept-Language": "en", **self.headers}
        try:
            return self.http.get(url, headers=headers, timeout=ANSWER_LIMIT)
        except requests.TooManyRedirects as error:
            raise SiteUnavailable(f"{url} redirects without end") from error
        except requests.RequestException as error:
            raise SiteUnavailable(f"{url} did not answer: {type(error).__name__}") from error

    def leave(self) -> None:
        """End the session, and let go of the last answer: it would keep the session's connection open."""
        self.answer = None
        self.http.close()

    @property
    def page(self) -> requests.Response:
        """The last answer. Raises SiteUnavailable before there was one."""
        if self.answer is None:
            raise SiteUnavailable("no page was called up yet")
        return self.answer

    def links(self, selector: str) -> list[str]:
        """Where the links that match a CSS selector lead; what is no address at all stands as the page has it."""
        found = BeautifulSoup(self.page.text, "html.parser").select(selector)
        return [joined(self.page.url, str(link.get("href", ""))) for link in found]

    def links_of(self, element: str) -> list[str]:
        """Where the links lead that the profile names as this element. Raises MissingEntry."""
        selector = getattr(self.profile.elements, element)
        if selector is None:
            raise MissingEntry(f"elements.{element}")
        return self.links(selector)

    def statuses_of(self, element: str) -> list[tuple[str, int | None]]:
        """Each of these links with the status that it answers, None for no answer."""
        return [(url, self._status(url)) for url in self.links_of(element)]

    def set_cookie_headers(self) -> list[str]:
        """The `Set-Cookie` headers of the answer and of the redirections that led to it."""
        answers = [*self.page.history, self.page]
        return [header for answer in answers for header in answer.raw.headers.getlist("set-cookie")]

    def _status(self, url: str) -> int | None:
        try:
            return self.get(url).status_code
        except SiteUnavailable:
            return None

    def text(self) -> str:
        """The words of the page."""
        return BeautifulSoup(self.page.text, "html.parser").get_text(" ")
