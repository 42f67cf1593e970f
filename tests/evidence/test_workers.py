"""Which workers may still be about to do something."""

from __future__ import annotations

import pytest

from consentinel.evidence.workers import may_wait
from tests.evidence.builders import flow

SCRIPT = "https://www.shop.example/worker.js"


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("self.addEventListener('install', () => self.skipWaiting());", False),
        ("onmessage = ({ data }) => postMessage(data.length);", False),
        ("setTimeout(() => fetch('/count'), 4000);", True),
        ("self.setInterval(send, 1000)", True),
        ("importScripts('/more.js');", True),
        ("import { send } from './more.js';", True),
        ("new Worker('/more.js');", True),
        ("eval(text);", True),
        ("", True),
    ],
)
def test_by_the_text_of_its_script(text: str, may: bool) -> None:
    assert may_wait(SCRIPT, [flow(SCRIPT, answer=text.encode())]) is may


def test_what_was_not_loaded_may() -> None:
    assert may_wait("blob:https://www.shop.example/1-2-3", [flow(SCRIPT, answer=b"onmessage = null;")])
    assert may_wait(SCRIPT, [])
