"""Reads what a request says in its body, its own headers and its socket's messages, as names and values.

Everything here comes from strangers: what cannot be read is kept as text, and nothing raises. Sources: Fetch, section
5.2 (bodies); RFC 7578 (multipart/form-data); RFC 8259 (JSON); RFC 9110, section 8.4 (content codings); URL, section
5.1 (forms).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from email.parser import BytesParser
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus

from mitmproxy import http
from mitmproxy.net import encoding

from consentinel.evidence.guarded import parts_of
from consentinel.evidence.records import Request

LARGEST = 1 << 18
"""Bytes of a body that are read, packed and unpacked."""

MOST_FIELDS = 2000
"""The largest number of fields that are read from one body."""

DEEPEST = 6
"""How many layers of packing are undone: JSON in base64 in a form in a gzip body has four."""

PATH = "its path"
"""The name of the parts of an address's path, which have none of their own."""

HOST = "its host"
"""The name of an address's host, where what a request says of the visitor is read: a label of it may be theirs."""

FRAGMENT = "its fragment"
"""The name of what an address's fragment says without a name."""

QUERY = "its query"
"""The name of what an address's query says without a name."""

Field = tuple[str, str]
"""A name, empty where there is none, and a value."""

_PACKED = ((b"\x1f\x8b", zlib.MAX_WBITS | 16), (b"\x78\x01", zlib.MAX_WBITS), (b"\x78\x9c", zlib.MAX_WBITS),
           (b"\x78\xda", zlib.MAX_WBITS))  # fmt: skip
_BY_ZLIB = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
_LIBRARIES = ("br", "zstd")
_LARGEST_FOR_LIBRARIES = 1 << 16
_BOUNDARY = re.compile(rb'--([^\r\n"]{1,70})\r?\n')
_PRINTED = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{6,}")
_FORM = re.compile(r"[\w.\-\[\]%+$:~]{1,200}=")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")

_SENT_BY_BROWSERS = re.compile(
    r"accept(-.+)?|access-control-request-.+|authority|cache-control|connection|content-.+|cookie|dnt|downlink|dpr"
    r"|early-data|ect|host|if-.+|keep-alive|origin|ping-(from|to)|pragma|priority|proxy-.+|purpose|range|referer|rtt"
    r"|save-data|sec-(?!websocket-protocol).+|te|trailer|transfer-encoding|upgrade(-insecure-requests)?|user-agent|viewport-width|width",
    re.IGNORECASE,
)


def body_fields(request: http.Request) -> tuple[Field, ...]:
    """Return what a request's body says."""
    content = request.raw_content or b""
    coding = request.headers.get("content-encoding", "")
    return _fields(content[:LARGEST], request.headers.get("content-type", ""), coding) if content else ()


def message_fields(content: bytes) -> tuple[Field, ...]:
    """Return what a message over a socket says."""
    return _fields(content[:LARGEST], "", "")


def own_headers(request: http.Request) -> tuple[Field, ...]:
    """Return the headers that a script has added.

    What the browser sends by itself says nothing of this visitor alone.
    """
    return tuple(
        (name, value) for name, value in request.headers.items(multi=True) if not _SENT_BY_BROWSERS.fullmatch(name)
    )


def body_of(request: Request) -> tuple[Field, ...]:
    """Return what a recorded request's body says; of one whose fields nobody has read, what its text does."""
    if request.fields:
        return tuple((name, value.text) for name, value in request.fields)
    text = request.body.text
    return _fields(text.encode("utf-8", "replace")[:LARGEST], "", "") if text else ()


def query_of(url: str) -> list[Field]:
    """Return the parameters of an address's query."""
    return _form(_split(url)[1])


def address_fields(url: str) -> list[Field]:
    """Return what an address says: its query, the parts of its path, and their parameters (`;jsessionid=`)."""
    path, query = _split(url)
    found = [(name or QUERY, value) for name, value in _form(query)]
    for segment in path.split("/"):
        part, *parameters = segment.split(";")
        for parameter in parameters:
            found += [(name or PATH, value) for name, value in _form(parameter)]
        if part:
            found.append((PATH, unquote(part)))
    return found


def fragment_fields(url: str) -> list[Field]:
    """Return what the fragment of an address says, which scripts of the page there can read, and no request tells."""
    return [(name or FRAGMENT, value) for name, value in _form(parts_of(url).fragment)]


def _split(url: str) -> tuple[str, str]:
    parts = parts_of(url)
    return parts.path if parts.netloc else "", parts.query


@lru_cache(maxsize=2048)  # a timeline is made anew whenever something was added
def _fields(content: bytes, content_type: str, coding: str) -> tuple[Field, ...]:
    found: list[Field] = []
    with suppress(RecursionError):
        for field in _read("", _unpacked(content, coding), content_type, 0):
            found.append(field)
            if len(found) >= MOST_FIELDS:
                break
    return tuple(found)


def _unpacked(content: bytes, coding: str) -> bytes:
    """Return a body without its content codings, and without a packing that no header names."""
    for name in reversed([one.strip().lower() for one in coding.split(",") if one.strip()]):
        if name in _BY_ZLIB:
            content = _inflated(content, _BY_ZLIB[name]) or _inflated(content, -zlib.MAX_WBITS) or content
        elif name in _LIBRARIES and len(content) <= _LARGEST_FOR_LIBRARIES:
            with suppress(ValueError, TypeError):
                plain = encoding.decode(content, name)
                content = plain[:LARGEST] if isinstance(plain, bytes) else content
    for beginning, bits in _PACKED:
        if content.startswith(beginning):
            return _inflated(content, bits) or content
    return content


def _inflated(content: bytes, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(content, LARGEST)
    except zlib.error:
        return b""


def _read(name: str, content: bytes, content_type: str, depth: int) -> Iterator[Field]:
    kind = content_type.partition(";")[0].strip().lower()
    boundary = _BOUNDARY.match(content)
    if kind.startswith("multipart/") or (not kind and boundary and b"content-disposition" in content[:400].lower()):
        read_type = (
            content_type
            if kind
            else f"multipart/form-data; boundary={boundary[1].decode('latin-1')}"
            if boundary
            else ""
        )
        yield from _parts(content, read_type, depth)
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield from ((name, run) for run in _PRINTED.findall(content.decode("utf-8", "replace")))
        return
    if "\x00" in text:
        yield from ((name, run) for run in _PRINTED.findall(text))
        return
    yield from _read_text(name, text, depth, is_form=kind == "application/x-www-form-urlencoded")


def _parts(content: bytes, content_type: str, depth: int) -> Iterator[Field]:
    """Yield the fields of a multipart body. Its boundary is none: browsers draw it for each request."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("utf-8", "replace")
    message = BytesParser().parsebytes(head + content)
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield from _read(_name_of(part), _unpacked(payload, ""), _type_of(part), depth + 1)


def _name_of(part: Message) -> str:
    with suppress(ValueError, TypeError, AttributeError):
        return str(part.get_param("name", "", "content-disposition"))
    return ""


def _type_of(part: Message) -> str:
    return str(part.get("content-type") or "text/plain")


def _read_text(name: str, text: str, depth: int, *, is_form: bool = False) -> Iterator[Field]:
    """Yield a text and what it holds: JSON, a form, lines of these, or any of them in base64."""
    if depth >= DEEPEST:
        yield name, text
        return
    bare = text.strip()
    if bare[:1] in ("{", "[", '"'):
        read, content = _json(bare)
        if read:
            yield from _leaves(name, content, depth)
            return
    lines = bare.splitlines()
    if len(lines) > 1 and not is_form:
        for line in lines:
            yield from _read_text(name, line, depth + 1)
        return
    if is_form or (_FORM.match(bare) and not _BASE64.fullmatch(bare)):
        for key, value in _form(bare):
            yield from _value(f"{name}.{key}" if name else key, value, depth)
        return
    yield from _value(name, bare, depth)


def _form(text: str) -> list[Field]:
    """Return the pairs of a form or a query. What stands there without an equals sign is a value without a name."""
    try:
        pairs = parse_qsl(text, max_num_fields=MOST_FIELDS)
    except ValueError:
        return [("", text)]
    return pairs + [("", unquote_plus(one)) for one in text.split("&") if one and "=" not in one]


def _value(name: str, text: str, depth: int) -> Iterator[Field]:
    """Yield one value: as it stands, or as what is packed into it."""
    bare = text.strip()
    if bare[:1] in ("{", "[") and depth < DEEPEST:
        read, content = _json(bare)
        if read:
            yield from _leaves(name, content, depth)
            return
    if depth < DEEPEST and _BASE64.fullmatch(bare):
        packed = _from_base64(bare)
        unpacked = _unpacked(packed, "")
        if unpacked != packed or unpacked.lstrip()[:1] in (b"{", b"["):
            yield from _read(name, unpacked, "", depth + 1)
            return
    if bare:
        yield name, bare


def _leaves(name: str, content: Any, depth: int) -> Iterator[Field]:
    """Yield the values of a JSON text, each under the names that lead to it; places in a list do not count."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _leaves(f"{name}.{key}" if name else str(key), value, depth)
    elif isinstance(content, list):
        for value in content:
            yield from _leaves(name, value, depth)
    elif isinstance(content, str):
        yield from _value(name, content, depth + 1)
    elif content is not None and not isinstance(content, bool):
        yield name, str(content)


def _json(text: str) -> tuple[bool, Any]:
    try:
        return True, json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return False, None


def _from_base64(text: str) -> bytes:
    plain = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
