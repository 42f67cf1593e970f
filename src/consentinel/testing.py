"""Collects the names that a suite of one's own builds on. They are stable: docs/stability.md says what that means.

- `Visitor`: somebody with a browser of their own; `visitor.timeline` is all that was recorded of them.
- `Page`: the base of page objects; it finds, clicks and looks at elements that the profile names. `page.driver` is
  Selenium's driver, with the visitor's tab in front.
- `needs`: declares beside a step what it needs of the profile; the scenario is skipped where the profile lacks it.
- `MissingEntry`: raise it where the profile lacks what a sentence needs; the scenario is then skipped and says so.
- `Judge`: `judge.require(verdict)` breaks the scenario's promise on findings, and cannot tell on doubts.
- `Verdict`, `Finding`: what a rule returns. `expect` makes one of a condition that a page must meet.
- `Timeline` and the records: what a rule reads.
- `Profile`, `Category`: the site's profile.
- `ConsentManager`, `DialogManager`: the bases of page objects for consent managers of one's own.
"""

from __future__ import annotations

from consentinel.consent.base import ConsentManager, Switch
from consentinel.consent.dialog import DialogManager
from consentinel.evidence.records import Action, Choice, Kind, Request, SetCookie, State, StoredItem, Value, Write
from consentinel.evidence.timeline import Timeline
from consentinel.site.needs import needs
from consentinel.site.profile import Category, DialogSelectors, Profile
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.judge import Judge
from consentinel.verdicts.page_rules import expect
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.page import Page
from consentinel.visitor.visitor import Visitor

__all__ = [
    "Action",
    "Category",
    "Choice",
    "ConsentManager",
    "DialogManager",
    "DialogSelectors",
    "Finding",
    "Judge",
    "Kind",
    "MissingEntry",
    "Page",
    "Profile",
    "Request",
    "SetCookie",
    "State",
    "StoredItem",
    "Switch",
    "Timeline",
    "Value",
    "Verdict",
    "Visitor",
    "Write",
    "expect",
    "needs",
]
