"""Decides whether a worker may still be about to do something: its timers are its own, and keep to the wall clock."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mitmproxy.http import HTTPFlow

from consentinel.evidence.flow_address import url_of

# What sets a timer, and what brings in further scripts, or text that becomes one.
_TELLING = re.compile(r"setTimeout|setInterval|postTask|waitAsync|Worker\b|import|\beval\b|\bFunction\b")


def may_wait(script: str, flows: Iterable[HTTPFlow]) -> bool:
    """Return whether the script at this address may have set a timer, as far as its text shows; `flows` are the loaded
    responses.

    A script whose text has not passed, such as one that the page has written itself, may.
    """
    texts = [text for flow in list(flows) if url_of(flow.request) == script and (text := _text(flow))]
    return not texts or any(_TELLING.search(text) for text in texts)


def _text(flow: HTTPFlow) -> str:
    return (flow.response.get_text(strict=False) or "") if flow.response else ""
