"""Which cookies browsers do not take, by the rules that they follow: a `Set-Cookie` header is no stored cookie.

Sources: RFC 6265bis, sections 5.6 and 5.7; Fetch, section 4.6. Each rule was held against Chromium and Firefox.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from publicsuffixlist import PublicSuffixList

from consentinel.evidence.guarded import host_of, parts_of

LARGEST = 4096
"""Bytes of a cookie's name and value, together."""

_CHROMIUM = "chromium"
_HOST_PREFIXES = ("__host-", "__host-http-")
_SECURE_PREFIXES = ("__secure-", "__http-", *_HOST_PREFIXES)
_HTTP_PREFIXES = ("__http-", "__host-http-")
_CONTROLS = frozenset(map(chr, (*range(0x20), 0x7F))) - {"\t"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a cookie came: the address whose answer or script set it, under which page, in which engine.

    `page` is the address of the top-level document, empty where it is unknown: then no rule about sites applies.
    `is_page` is true for the answer that is this document itself.
    """

    url: str
    page: str = ""
    engine: str = ""
    is_page: bool = False
    by_script: bool = False


@lru_cache(maxsize=4096)  # a timeline is made anew whenever something was added
def refusal(text: str, setting: Setting) -> str:
    """By which rule the browser does not take this cookie; empty where none is known to forbid it.

    `text` is a `Set-Cookie` header or what was assigned to `document.cookie`.
    """
    return next(_refusals(text, setting), "")


def is_cross_site(url: str, page: str) -> bool:
    """Return whether two hosts belong to different sites (HTML, section 7.1.1.1), without their schemes."""
    return _site(url) != _site(page)


def _refusals(text: str, setting: Setting) -> Iterator[str]:
    first, *rest = text.split(";")
    name, equals, value = (part.strip() for part in first.partition("="))
    if not equals:
        name, value = "", name
    attributes = {key.strip().lower(): given.strip() for key, _, given in (one.partition("=") for one in rest)}
    is_secure = "secure" in attributes
    if any(sign in _CONTROLS for sign in first.strip()):
        yield "it holds a control character"
    if len(name.encode("utf-8", "surrogatepass")) + len(value.encode("utf-8", "surrogatepass")) > LARGEST:
        yield f"it is larger than {LARGEST} bytes"
    if is_secure and not _is_trustworthy(setting.url):
        yield "it is Secure and came without TLS"
    if "partitioned" in attributes and not is_secure:
        yield "it is Partitioned without being Secure"
    if setting.by_script and "httponly" in attributes:
        yield "it is HttpOnly and came from a script"
    yield from _by_prefix((name or value).lower(), bool(name), is_secure, attributes, setting)
    yield from _by_site(attributes.get("samesite", "").lower(), is_secure, setting)


def _by_prefix(
    name: str, is_named: bool, is_secure: bool, attributes: dict[str, str], setting: Setting
) -> Iterator[str]:
    if not name.startswith(_SECURE_PREFIXES):
        return
    if not is_named:
        yield "it has no name, and a value that begins as a protected name does"
    elif not is_secure:
        yield "its name asks for it to be Secure"
    elif name.startswith(_HTTP_PREFIXES) and "httponly" not in attributes:
        yield "its name asks for it to be HttpOnly"
    elif name.startswith(_HOST_PREFIXES) and (attributes.get("domain") or attributes.get("path", "/") != "/"):
        yield "its name asks for the whole host alone"
    elif name.startswith(_HOST_PREFIXES) and setting.engine == _CHROMIUM and "path" not in attributes:
        yield "its name asks for an explicit path"


def _by_site(same_site: str, is_secure: bool, setting: Setting) -> Iterator[str]:
    if same_site == "none":
        if not is_secure:
            yield "it is SameSite=None without being Secure"
        return
    if setting.is_page or not _site(setting.page) or not is_cross_site(setting.url, setting.page):
        return
    if same_site in ("lax", "strict"):
        yield f"it is SameSite={same_site.capitalize()} and came from another site"
    elif setting.engine == _CHROMIUM:
        yield "it came from another site without SameSite=None"


def _is_trustworthy(url: str) -> bool:
    """Return whether browsers take Secure cookies from there (Secure Contexts, section 3.1).

    They do over TLS, and from localhost.
    """
    scheme, host = _parts(url)
    address = _address(host)
    is_here = address.is_loopback if address else host == "localhost" or host.endswith(".localhost")
    return is_here or scheme in ("https", "wss")


def _site(url: str) -> str:
    host = _parts(url)[1]
    return host if _address(host) else _suffixes().privatesuffix(host) or host


def _address(host: str) -> IPv4Address | IPv6Address | None:
    with suppress(ValueError):
        return ip_address(host)
    return None


def _parts(url: str) -> tuple[str, str]:
    return parts_of(url).scheme, host_of(url).rstrip(".")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
