"""Cookies as browsers and servers write them, made into records.

Sources: RFC 6265, sections 4.1 and 5.2; WebDriver BiDi, section 7.5.1 (network.Cookie).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from evidence.records import Kind, SetCookie, StoredItem, Value


def from_jar(raw: Mapping[str, Any]) -> StoredItem:
    """A cookie of BiDi's `storage.getCookies`.

    An unset SameSite reads `none` in Chromium's BiDi, as SameSite=None does; only a secure cookie can really be
    `none`, so an insecure one is reported as `unknown`.
    """
    same_site = str(raw.get("sameSite", "unknown"))
    if same_site == "none" and not raw.get("secure"):
        same_site = "unknown"
    expiry = raw.get("expiry")
    return StoredItem(
        kind=Kind.COOKIE,
        host=str(raw["domain"]).lstrip("."),
        name=str(raw["name"]),
        value=Value(text_of(raw.get("value", {}))),
        path=str(raw.get("path", "/")),
        expires=float(expiry) if expiry else None,
        http_only=bool(raw.get("httpOnly")),
        secure=bool(raw.get("secure")),
        same_site=same_site,
        partition=_partition(raw),
    )


def text_of(value: Mapping[str, Any]) -> str:
    """The text of a BiDi `network.BytesValue`; bytes that are no text are kept as Latin-1."""
    if value.get("type") == "base64":
        try:
            return base64.b64decode(str(value.get("value", ""))).decode("latin-1")
        except binascii.Error:
            return ""
    return str(value.get("value", ""))


def parse_set_cookie(header: str, url: str, at: float) -> SetCookie | None:
    """A `Set-Cookie` header or a text assigned to `document.cookie`; None when it names no cookie.

    `at` turns an Expires date into a lifetime. Max-Age wins over Expires (RFC 6265, section 5.3).
    """
    first, *attributes = header.split(";")
    name, _, value = first.partition("=")
    if not name.strip():
        return None
    host, path, lifetime, expires = urlsplit(url).hostname or "", "/", None, None
    for attribute in attributes:
        key, _, text = attribute.strip().partition("=")
        match key.lower():
            case "domain" if text.strip("."):
                host = text.strip().lstrip(".").lower()
            case "path" if text.startswith("/"):
                path = text
            case "max-age":
                lifetime = _number(text)
            case "expires":
                expires = _seconds_until(text, at)
    return SetCookie(name.strip(), Value(value.strip()), host, path, lifetime if lifetime is not None else expires)


def parse_cookie_header(header: str) -> tuple[tuple[str, Value], ...]:
    """The names and values of a `Cookie` header."""
    pairs = (pair.strip().partition("=") for pair in header.split(";") if pair.strip())
    return tuple((name, Value(value)) for name, _, value in pairs)


def _partition(raw: Mapping[str, Any]) -> str | None:
    key = raw.get("goog:partitionKey") or raw.get("moz:partitionKey")
    if isinstance(key, Mapping):
        return str(key.get("topLevelSite") or key.get("sourceOrigin") or "") or None
    return str(key) if key else None


def _number(text: str) -> float | None:
    try:
        return float(int(text))
    except ValueError:
        return None


def _seconds_until(text: str, at: float) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() - at
    except (ValueError, TypeError, OverflowError):
        return None
