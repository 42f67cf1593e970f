"""Visits a page and reads what its consent manager declares of stored items."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from consentinel.browser.errors import BrowserError
from consentinel.browser.spec import Engine
from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.consent.declarations import declarations
from consentinel.drafting.equipment import equipped
from consentinel.drafting.provisional import LATE, provisional
from consentinel.evidence.proxy import ProxyFailure
from consentinel.evidence.route import Route
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.visitor import Visitor


class NotRead(Exception):
    """The page could not be visited. The message is one line."""


def declared_at(url: str, authority: Path | None, way: Route) -> list[object]:
    """Return what consent managers declare at an address, as `declarations` gives it.

    It is empty where none declares anything. Raises NotRead.
    """
    try:
        with equipped(Engine.CHROMIUM, authority, way) as (resources, _):
            visitor = Visitor("visitor", resources, provisional(url, "", {}, None, ""))
            try:
                visitor.visit(url, "reads what the consent manager declares")
                return _declared(visitor)
            finally:
                visitor.leave()
    except (SiteUnavailable, BrowserError, ProxyFailure) as error:
        raise NotRead(str(error)) from error


def _declared(visitor: Visitor) -> list[object]:
    def seen() -> list[object]:
        found = declarations(visitor.browser.driver)
        if not found:
            raise NotYet("no consent manager declares anything so far")
        return found

    with suppress(WaitFailed):
        return wait_until("a consent manager's declaration", seen, LATE)
    return []
