"""Mends the head of an HTTP/1 answer where browsers accept what mitmproxy's parser refuses.

Servers that are careless about HTTP serve every browser, so the recording proxy must pass their answers on. What both
read alike stays as it came. A plain Chromium 156 accepts each answer of `tests/evidence/test_careless_answers.py`: it
ignores a line without a name, believes `Transfer-Encoding` rather than `Content-Length`, and reads to the end of the
connection where neither makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

INTERIM = re.compile(rb"HTTP/1\.[01] +1(?!01)\d\d[ \r\n]", re.IGNORECASE)
"""The beginning of an interim answer (RFC 9110, section 15.2), but for 101: that one ends the talk in HTTP."""

BLANK = re.compile(rb"\r?\n")
"""A blank line before the status line, which clients ignore (RFC 9112, section 2.2)."""

_LENGTH, _CODING = b"content-length", b"transfer-encoding"


def as_browsers_read(lines: Iterable[bytes]) -> list[bytes]:
    """Return the lines of an answer's head, the status line first, in a form that mitmproxy reads as browsers do."""
    status, *fields = lines
    kept = [line for line in fields if line[:1] in b" \t" or line.partition(b":")[0].strip() not in (b"", line.strip())]
    codings = dict.fromkeys(one for one in _values(kept, _CODING) if one.lower() != b"identity")
    lengths = {one for one in _values(kept, _LENGTH) if one.isdigit()}
    rest = [line for line in kept if _name(line) not in (_LENGTH, _CODING)]
    framing = [b"Transfer-Encoding: " + b", ".join(codings)] if codings else []
    if not codings:
        framing = [b"Content-Length: " + length for length in sorted(lengths)]
    protocol, space, code = status.partition(b" ")
    return [protocol.upper() + space + code, *rest, *framing]


def _name(line: bytes) -> bytes:
    return b"" if line[:1] in b" \t" else line.partition(b":")[0].strip().lower()


def _values(lines: Iterable[bytes], name: bytes) -> list[bytes]:
    parts = [part.strip() for line in lines if _name(line) == name for part in line.partition(b":")[2].split(b",")]
    return [part for part in parts if part]
