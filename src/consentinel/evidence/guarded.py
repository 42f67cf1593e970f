"""Reads text that strangers wrote: addresses, forms, JSON, numbers, bytes, host names. No function here raises.

Pages, servers and browsers decide what stands in an address, a header or an event, and Python's own readers raise
ValueError and its kin for much of it. Whoever reads such text reads it through this module. What cannot be read comes
back as the text that it is, or as the empty value that the function names.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import math
from functools import cache, lru_cache
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, urldefrag, urljoin, urlsplit

import idna
from publicsuffixlist import PublicSuffixList


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address (RFC 3986, section 3).

    A text that is no address has a path alone: the text up to `?` or `#`.
    """
    try:
        return urlsplit(address)
    except ValueError:  # say, an unclosed bracket in the place of the host
        place, _, fragment = address.partition("#")
        path, _, query = place.partition("?")
        return SplitResult("", "", path, query, fragment)


def host_of(address: str) -> str:
    """Return the host of an address in lower case; empty for what names none, or is no address at all."""
    return parts_of(address).hostname or ""


def host_of_cookie(domain: str) -> str:
    """Return the host that a jar or a page names as a cookie's domain.

    The dot before it, or an address's brackets, are left out.
    """
    return domain.lstrip(".").lower().removeprefix("[").removesuffix("]")


def port_of(address: str) -> int | None:
    """Return the port that an address names; None where it names none, or none that exists."""
    try:
        return parts_of(address).port
    except ValueError:
        return None


def path_of(address: str) -> str:
    """Return the path of an address, without query and fragment."""
    return parts_of(address).path


def origin_of(address: str) -> str:
    """Scheme, host and port of an address as it writes them, such as `https://www.example:8443`."""
    parts = parts_of(address)
    return f"{parts.scheme}://{parts.netloc}"


def joined(base: str, link: str) -> str:
    """Return the address to which a link on a page, or a `Location`, leads; the link itself where it leads nowhere."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def without_fragment(address: str) -> str:
    """Return an address as it is sent: without its fragment."""
    try:
        return str(urldefrag(address).url)
    except ValueError:
        return address.partition("#")[0]


def as_requested(address: str) -> str:
    """Return an address as a browser requests it: with a path, without fragment and without the scheme's own port."""
    parts = parts_of(address)
    host = parts.netloc.removesuffix({"http": ":80", "https": ":443"}.get(parts.scheme, ""))
    return parts._replace(netloc=host, path=parts.path or "/", fragment="").geturl()


def fields_of(form: str, *, blank: bool = False) -> list[tuple[str, str]]:
    """Return the names and values of a query or a form-encoded body; none where it holds none.

    `blank` keeps empty values.
    """
    try:
        return parse_qsl(form, keep_blank_values=blank)
    except ValueError:
        return []


def query_of(address: str) -> list[tuple[str, str]]:
    """Return the names and values in the query of an address."""
    return fields_of(parts_of(address).query)


def json_of(text: str | bytes) -> Any:
    """Return what a text of JSON holds; None for what is no JSON, or is nested too deeply to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def number_of(value: Any) -> float | None:
    """Return a number, or a text of one, as a finite float; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def text_of(data: bytes, charset: str = "utf-8") -> str:
    """Bytes as text in a charset that a header names. What does not fit is shown as U+FFFD; an unknown one is UTF-8."""
    try:
        return data.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError, TypeError):  # no such charset, one of Python's own for no text, a name with NUL
        return data.decode("utf-8", "replace")


def bytes_of(text: str) -> bytes:
    """Return the bytes that a text in base64 stands for; empty for what is none."""
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


def ascii_host(host: str) -> str:
    """Return a host as it is sent (RFC 5891): `bücher.example` becomes `xn--bcher-kva.example`; what is none stays."""
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:  # idna.IDNAError is one
        return host


def ascii_address(address: str) -> str:
    """Return an address with its host as it is sent; user and port stay as they are."""
    parts = parts_of(address)
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    if not host or host.isascii():
        return address
    return parts._replace(netloc=parts.netloc.replace(host, ascii_host(host))).geturl()


def quoted(text: str, safe: str = "/") -> str:
    """Return a text as it stands in an address.

    Half of a surrogate pair, which has no UTF-8, is quoted as if it had one.
    """
    return quote(text, safe=safe, errors="surrogatepass")


@lru_cache(maxsize=4096)
def is_within(host: str, domain: str) -> bool:
    """Return whether a host is a domain or lies below it (RFC 6265, section 5.1.3)."""
    return host == domain or host.endswith(f".{domain}")


def registrable(host: str) -> str:
    """Return the registrable domain of a host.

    An IP address, a public suffix or what is no host name stands for itself.
    """
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        return _suffixes().privatesuffix(host) or host
    except (ValueError, IndexError):  # UnicodeError is a ValueError
        return host


@lru_cache(maxsize=4096)
def is_public_suffix(host: str) -> bool:
    """Return whether sites of several owners lie directly below this name; false for what is no host name."""
    try:
        return bool(_suffixes().is_public(host))
    except (ValueError, IndexError):
        return False


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
