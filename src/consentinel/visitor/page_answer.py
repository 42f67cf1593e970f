"""Reads the answer of a server as a page."""

from __future__ import annotations

import requests
from bs4.dammit import UnicodeDammit

from consentinel.visitor.bot_wall import PAGES


class NoPage(Exception):
    """The answer is no page. `kind` is its content type."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"is no page but {kind}")
        self.kind = kind


def html_of(answer: requests.Response) -> str:
    """The answer as HTML, in the encoding that it names: in its head, by its first bytes, or in the page.

    Raises NoPage for an answer of another content type.
    """
    content_type = answer.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in PAGES:
        raise NoPage(kind)
    if "charset" in content_type.lower():
        return answer.text
    return UnicodeDammit(answer.content, is_html=True).unicode_markup or answer.text
