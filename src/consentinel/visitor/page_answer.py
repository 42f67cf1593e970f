"""Reads the answer of a server as a page."""

from __future__ import annotations

import requests
from bs4.dammit import EncodingDetector

from consentinel.visitor.bot_wall import PAGES

LARGEST = 20_000_000
"""A page of more bytes than this is not read."""


ONE_MOMENT = 503
"""The status of a page that looks at a visitor's browser before it lets them in."""


class NoPage(Exception):
    """The answer is no page. `kind` is its content type, or its size where it is too large to be one."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"is no page but {kind}")
        self.kind = kind


def html_of(answer: requests.Response) -> str:
    """Return the answer as HTML, in the encoding that it names: in its head, by its first bytes, or in the page.

    Raises NoPage for an answer of another content type.
    """
    content_type = answer.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in PAGES:
        raise NoPage(kind)
    if len(answer.content) > LARGEST:
        raise NoPage(f"{len(answer.content):,} bytes")
    if "charset" in content_type.lower():
        return answer.text
    data, _ = EncodingDetector.strip_byte_order_mark(answer.content)
    return data.decode(_encoding(answer.content), errors="replace")


def may_let_in(answer: requests.Response) -> bool:
    """Return whether an answer is perhaps a page that looks at the visitor's browser by a script, and then lets it in.

    Whether it does is for a browser to see.
    """
    try:
        return answer.status_code == ONE_MOMENT and "<script" in html_of(answer).lower()
    except NoPage:
        return False


def _encoding(data: bytes) -> str:
    """Return the encoding of a page by its first bytes or by what it says itself; else UTF-8, if it is that."""
    _, marked = EncodingDetector.strip_byte_order_mark(data)
    said = marked or EncodingDetector.find_declared_encoding(data, is_html=True) or ""
    for encoding in filter(None, (said, "utf-8")):
        try:
            data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return encoding
    return "windows-1252"
