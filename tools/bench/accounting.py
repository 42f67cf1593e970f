"""A pytest plugin that records where each scenario's time goes: `-p tools.bench.accounting`.

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

from tools.bench.profiler import Ledger

# By name, since pytest must be the first to import what the conftest lists.
ENTRIES = (
    ("consentinel.visitor.visitor:Visitor", "__init__", "arriving: context, port, tab"),
    ("consentinel.visitor.visitor_factory:VisitorFactory", "close", "leaving: context, port"),
    ("consentinel.visitor.visitor:Visitor", "_navigate", "page loads"),
    ("consentinel.evidence.settle", "settle", "settling"),
    ("consentinel.evidence.reading", "read", "reading the device"),
    ("consentinel.evidence.recorder:Recorder", "develop", "waiting for screenshots"),
    ("consentinel.evidence.recorder:Recorder", "timeline", "making the timeline"),
    ("consentinel.verdicts.judge:Judge", "require", "verdicts"),
    ("consentinel.pytest_plugin.scenarios", "_attach", "record and report"),
    ("consentinel.visitor.choices:Choices", "accept_all", "consent dialog"),
    ("consentinel.visitor.choices:Choices", "refuse_all", "consent dialog"),
    ("consentinel.visitor.choices:Choices", "allow_only", "consent dialog"),
    ("consentinel.visitor.asking:Asking", "asks", "consent dialog"),
    ("consentinel.visitor.asking:Asking", "asks_again", "consent dialog"),
    ("consentinel.visitor.choices:Choices", "switches", "consent dialog"),
)
"""An owner, the name of its function, and the account that its time goes to. An inner entry wins over an outer one."""

LEDGER = Ledger()


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Put the stopwatches in place."""
    for place, name, account in ENTRIES:
        owner = pkgutil.resolve_name(place)
        setattr(owner, name, LEDGER.charged(account, getattr(owner, name)))
    _count(pkgutil.resolve_name("consentinel.browser.bidi:Connection"), "send", "")
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
