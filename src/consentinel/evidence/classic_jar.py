"""The cookie jar as classic WebDriver lets it be reconstructed.

Classic WebDriver shows the cookies of the current document alone. The proxy shows the cookies of other hosts, in their
requests; scripts in each frame see the cookies that are not HttpOnly. A Set-Cookie header alone proves nothing, since
browsers refuse some cookies: the first request that carries the cookie proves that it was stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from consentinel.evidence.cookies import unexpired
from consentinel.evidence.guarded import host_of_cookie, is_within, number_of
from consentinel.evidence.records import (
    Kind,
    Request,
    SetCookie,
    StoredItem,
    Value,
)


@dataclass(frozen=True, slots=True)
class JarReading:
    """The cookies that a document could be sent, at a moment; `whole` when HttpOnly ones are among them."""

    at: float
    host: str
    path: str
    cookies: tuple[StoredItem, ...]
    whole: bool


def from_classic(raw: Mapping[str, Any]) -> StoredItem:
    """Return a cookie of WebDriver's Get All Cookies (WebDriver 2, section 14.1).

    WebKitGTK calls an unset SameSite `None`; only a secure cookie can really be that.
    """
    same_site = str(raw.get("sameSite") or "unknown").lower()
    if same_site == "none" and not raw.get("secure"):
        same_site = "unknown"
    expiry = raw.get("expiry")
    return StoredItem(
        kind=Kind.COOKIE,
        host=host_of_cookie(str(raw["domain"])),
        name=str(raw["name"]),
        value=Value(str(raw.get("value", ""))),
        path=str(raw.get("path") or "/"),
        expires=number_of(expiry) or None,
        http_only=bool(raw.get("httpOnly")),
        secure=bool(raw.get("secure")),
        same_site=same_site,
    )


def jar_of(requests: Iterable[Request], looks: Iterable[JarReading], now: float) -> tuple[StoredItem, ...]:
    """Return the cookies known to be in the jar at a moment, in seconds since the epoch."""
    jar = _Jar()
    events: list[Request | JarReading] = [*requests, *looks]
    for event in sorted(events, key=lambda one: one.at):
        if isinstance(event, JarReading):
            jar.look(event)
        else:
            jar.pass_on(event)
    return unexpired(jar.kept, now)


class _Jar:
    def __init__(self) -> None:
        self.kept: list[StoredItem] = []
        self._asked: dict[tuple[str, str], StoredItem] = {}

    def look(self, look: JarReading) -> None:
        """What a document shows replaces what was known of its address."""
        before = list(_sent_to(look.host, look.path, self.kept))
        gone = [item for item in before if look.whole or not item.http_only]
        self.kept = [item for item in self.kept if item not in gone]
        for cookie in look.cookies:
            self._keep(cookie if look.whole else self._with_terms(cookie, before))

    def pass_on(self, request: Request) -> None:
        """A request proves the cookies that it carries; its answer asks for new ones."""
        for name, value in request.cookies:
            sent = StoredItem(Kind.COOKIE, request.host, name, value)
            self._keep(self._with_terms(sent, self.kept))
        for cookie in request.set_cookies:
            self._ask(cookie, request.at)

    def _ask(self, cookie: SetCookie, at: float) -> None:
        place = (cookie.host, cookie.name)
        if cookie.max_age is not None and cookie.max_age <= 0:
            self._asked.pop(place, None)
            self.kept = [item for item in self.kept if (item.host, item.name) != place]
            return
        self._asked[place] = item = StoredItem(
            Kind.COOKIE,
            cookie.host,
            cookie.name,
            cookie.value,
            cookie.path,
            expires=None if cookie.max_age is None else at + cookie.max_age,
            http_only=cookie.http_only,
        )
        if any((old.host, old.name) == place for old in self.kept):
            self._keep(item)

    def _with_terms(self, seen: StoredItem, known: Iterable[StoredItem]) -> StoredItem:
        """Return a cookie of which name and value were seen, with what else is known of it."""
        for item in [*known, *self._asked.values()]:
            if item.name == seen.name and is_within(seen.host, item.host):
                return replace(item, value=seen.value)
        return seen

    def _keep(self, item: StoredItem) -> None:
        self.kept = [old for old in self.kept if old.identity != item.identity]
        self.kept.append(item)


def _sent_to(host: str, path: str, items: Iterable[StoredItem]) -> Iterator[StoredItem]:
    """Those that an address is sent (RFC 6265, sections 5.1.3 and 5.1.4)."""
    for item in items:
        below = path == item.path or path.startswith(item.path.removesuffix("/") + "/")
        if below and is_within(host, item.host):
            yield item
