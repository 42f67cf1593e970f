"""Cookies as browsers and servers write them, made into records.

Sources: RFC 6265, sections 4.1, 5.1.4, 5.2 and 5.3, and RFC 6265bis, section 5.6, where browsers follow it instead
(a cookie without a name); WebDriver BiDi, section 7.5.1 (network.Cookie).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from consentinel.evidence.dates import cookie_date
from consentinel.evidence.guarded import (
    bytes_of,
    host_of_cookie,
    is_public_suffix,
    number_of,
    parts_of,
)
from consentinel.evidence.records import (
    Kind,
    SetCookie,
    StoredItem,
    Value,
)

LONGEST = 1e12
"""Seconds that stand for every longer lifetime: a page may ask for any number."""

_WHOLE = re.compile(r"-?\d+", re.ASCII)


def from_jar(raw: Mapping[str, Any]) -> StoredItem:
    """Return a cookie of BiDi's `storage.getCookies`.

    An unset SameSite reads `none` in Chromium's BiDi, as SameSite=None does; only a secure cookie can really be
    `none`, so an insecure one is reported as `unknown`.
    """
    same_site = str(raw.get("sameSite", "unknown"))
    if same_site == "none" and not raw.get("secure"):
        same_site = "unknown"
    expiry = raw.get("expiry")
    return StoredItem(
        kind=Kind.COOKIE,
        host=host_of_cookie(str(raw.get("domain", ""))),
        name=as_utf_8(str(raw.get("name", ""))),
        value=Value(value_text(raw.get("value", {}))),
        path=str(raw.get("path", "/")),
        expires=number_of(expiry) or None,
        http_only=bool(raw.get("httpOnly")),
        secure=bool(raw.get("secure")),
        same_site=same_site,
        partition=_partition(raw),
    )


def in_jar(cookies: Iterable[Mapping[str, Any]], at: float) -> tuple[StoredItem, ...]:
    """Return the cookies of a BiDi `storage.getCookies` that had not run out at a moment, in seconds since the epoch.

    Firefox also answers with cookies that have run out and were not cleared away yet; among them are some that a server
    removed with `Max-Age=0`. No page and no server is told them, so they are stored no more (RFC 6265, section 5.3).
    """
    return unexpired(map(from_jar, cookies), at)


def unexpired(items: Iterable[StoredItem], at: float) -> tuple[StoredItem, ...]:
    """Return the items that had not run out at a moment, in seconds since the epoch."""
    return tuple(item for item in items if item.expires is None or item.expires > at)


def value_text(value: Mapping[str, Any]) -> str:
    """Return the text of a BiDi `network.BytesValue`; bytes that are no UTF-8 are kept as Latin-1."""
    text = str(value.get("value", ""))
    return as_utf_8(bytes_of(text).decode("latin-1") if value.get("type") == "base64" else text)


def as_utf_8(text: str) -> str:
    """Return a text whose characters each stand for a byte, as in headers and Firefox, read as UTF-8 where it is."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def parse_set_cookie(header: str, url: str, at: float) -> SetCookie | None:
    """Return a `Set-Cookie` header or a text assigned to `document.cookie`; None for what browsers take for no cookie.

    None are an empty cookie and one for a domain that is not `url`'s own or is a public suffix (RFC 6265, section
    5.3). A text without `=` is a value without a name (RFC 6265bis, section 5.6.3). `at` turns an Expires date into a
    lifetime; Max-Age wins over it.
    """
    first, *attributes = as_utf_8(header).split(";")
    name, equals, value = first.partition("=")
    if not equals:
        name, value = "", first
    name, value = name.strip(" \t\r\n"), value.strip(" \t\r\n")
    sender, default_path = _origin(url)
    host, path, lifetime, expires, http_only = sender, default_path, None, None, False
    for attribute in attributes:
        key, _, text = (part.strip() for part in attribute.partition("="))
        match key.lower():
            case "domain" if text.strip("."):
                host = text.removeprefix(".").lower()
            case "path":
                path = text if text.startswith("/") else default_path
            case "max-age" if _WHOLE.fullmatch(text):
                lifetime = _bounded(text)
            case "expires":
                date = cookie_date(text)
                expires = expires if date is None else date
            case "httponly":
                http_only = True
    if not (name or value) or not _may_set(sender, host):
        return None
    if lifetime is not None:
        return SetCookie(name, Value(value), host, path, lifetime, http_only)
    term = None if expires is None else expires - at
    return SetCookie(name, Value(value), host, path, term, http_only, expires)


def parse_cookie_header(header: str) -> tuple[tuple[str, Value], ...]:
    """Return the names and values of a `Cookie` header. A text without `=` is a value without a name, as above."""
    pairs = (pair.strip(" \t\r\n").partition("=") for pair in as_utf_8(header).split(";") if pair.strip())
    return tuple((name, Value(value)) if equals else ("", Value(name)) for name, equals, value in pairs)


def _partition(raw: Mapping[str, Any]) -> str | None:
    key = raw.get("goog:partitionKey") or raw.get("moz:partitionKey")
    if isinstance(key, Mapping):
        return str(key.get("topLevelSite") or key.get("sourceOrigin") or "") or None
    return str(key) if key else None


def _origin(url: str) -> tuple[str, str]:
    """Return the host and the default path (RFC 6265, section 5.1.4) of an address; hostile texts have neither."""
    parts = parts_of(url)
    return (parts.hostname or "", parts.path.rpartition("/")[0] or "/") if parts.netloc else ("", "/")


def _may_set(sender: str, domain: str) -> bool:
    """Return whether a host may set a cookie for a domain.

    A sender that is not known (`about:blank`, say) is believed.
    """
    if domain == sender or not sender:
        return True
    return sender.endswith(f".{domain}") and not is_public_suffix(domain)


def _bounded(text: str) -> float:
    digits = text.lstrip("-").lstrip("0") or "0"
    size = LONGEST if len(digits) > 12 else float(digits)
    return -size if text.startswith("-") else size
