"""A pytest plugin that writes down where each scenario's time goes: `-p bench.accounting`.

It times the harness from outside, by putting a stopwatch around the functions that each part is entered by, and
counts what goes to the browser: BiDi commands, and the classic commands of Selenium. One JSON line a scenario goes to
the file that the environment variable `CONSENTINEL_ACCOUNTS` names.
"""

from __future__ import annotations

import json
import os
import pkgutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from bench.ledger import Ledger

# By name, since pytest must be the first to import what the conftest lists.
ENTRIES = (
    ("pages.visitor:Visitor", "__init__", "arriving: context, port, tab"),
    ("pages.company:Company", "part", "leaving: context, port"),
    ("pages.visitor:Visitor", "_navigate", "page loads"),
    ("evidence.settle", "settle", "settling"),
    ("evidence.reading", "read", "reading the device"),
    ("evidence.recorder:Recorder", "develop", "waiting for screenshots"),
    ("evidence.recorder:Recorder", "timeline", "making the timeline"),
    ("verdicts.court:Court", "hear", "verdicts"),
    ("runner.scenarios", "_attach", "record and report"),
    ("pages.choices:Choices", "accept_all", "consent dialog"),
    ("pages.choices:Choices", "refuse_all", "consent dialog"),
    ("pages.choices:Choices", "allow_only", "consent dialog"),
    ("pages.choices:Choices", "is_asking", "consent dialog"),
    ("pages.choices:Choices", "switches", "consent dialog"),
)
"""An owner, the name of its function, and the account that its time goes to. An inner entry wins over an outer one."""

LEDGER = Ledger()


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Put the stopwatches in place."""
    for place, name, account in ENTRIES:
        owner = pkgutil.resolve_name(place)
        setattr(owner, name, LEDGER.charged(account, getattr(owner, name)))
    _count(pkgutil.resolve_name("browsers.bidi:Connection"), "send", "")
    _count(pkgutil.resolve_name("selenium.webdriver.remote.remote_connection:RemoteConnection"), "execute", "classic ")


def _count(owner: Any, name: str, prefix: str) -> None:
    original = getattr(owner, name)

    def counted(self: Any, *args: Any, **named: Any) -> Any:
        LEDGER.sent(f"{prefix}{args[0]}")
        return original(self, *args, **named)

    setattr(owner, name, counted)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Begin and end a scenario's account."""
    LEDGER.taken()
    result = yield
    line = {"scenario": item.name, **LEDGER.taken()}
    with Path(os.environ["CONSENTINEL_ACCOUNTS"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return result
