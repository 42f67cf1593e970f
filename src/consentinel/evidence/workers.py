"""The scripts of workers: whether one may still be about to do something, and what it is made to begin with.

A worker's timers are its own, and keep to the wall clock. No preload script runs in a worker.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from contextlib import suppress

from mitmproxy.http import HTTPFlow

from consentinel.evidence.flow_address import url_of

# What sets a timer, and what brings in further scripts, or text that becomes one.
_TELLING = re.compile(r"setTimeout|setInterval|postTask|waitAsync|Worker\b|import|\beval\b|\bFunction\b")

_FOR_WORKERS = ("worker", "sharedworker", "serviceworker")
"""What a browser says that the script of a worker is for (Fetch, section 2.2.5, "destination")."""

_OWN = "consentinel.own"
"""The key under which a flow keeps the text of a worker's script as its server sent it."""


def is_script(flow: HTTPFlow) -> bool:
    """Return whether the browser asks for the script with which a worker begins."""
    return flow.request.headers.get("sec-fetch-dest", "") in _FOR_WORKERS


def lead_in(flow: HTTPFlow, text: str) -> None:
    """Have a worker's script begin with a text in ASCII; one in a coding that nobody knows stays as it is."""
    if flow.response is None or not flow.response.raw_content:
        return
    with suppress(ValueError):
        own = flow.response.get_content() or b""
        flow.metadata[_OWN] = own.decode("utf-8", "replace")
        flow.response.set_content(text.encode("ascii") + own.removeprefix(BOM_UTF8))


def may_wait(script: str, flows: Iterable[HTTPFlow]) -> bool:
    """Return whether the script at this address may have set a timer, as far as its text shows; `flows` are the loaded
    responses.

    A script whose text has not passed, such as one that the page has written itself, may.
    """
    texts = [text for flow in list(flows) if url_of(flow.request) == script and (text := _text(flow))]
    return not texts or any(_TELLING.search(text) for text in texts)


def _text(flow: HTTPFlow) -> str:
    if _OWN in flow.metadata:
        return str(flow.metadata[_OWN])
    return (flow.response.get_text(strict=False) or "") if flow.response else ""
