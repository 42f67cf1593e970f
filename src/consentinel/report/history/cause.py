"""Defines when two findings have the same cause, in one run and across runs.

One item that nobody declared can break forty scenarios. The reader needs it once, under an id that the next run gives
it again. So the id is a digest of what stays: the rule, the kind and the name of the item (a pattern where the name
changes from visit to visit), its host, and who wrote it. It holds nothing of the scenario, the page or the browser.

A service that is at work without leave stores several items and sends requests: its being at work is one fault,
whatever it stores. Such findings have an origin, and those of one category and origin are one cause.
"""

from __future__ import annotations

import hashlib
import re

from consentinel.report.history.names import pattern_of, writer_of
from consentinel.report.schema import FindingData

UNDECLARED_RULE = "undeclared"
"""The rule of every cause that is an item, or a host, in no category of the profile."""

CONTACTED = "contacted without consent"

AT_WORK = "at work without consent"
"""The rule of a cause that consists of items or contacts which break several rules of consent."""

_PREFIX = "undeclared: "
_WITHOUT_LEAVE = frozenset({"stored without consent", "written without consent", CONTACTED})
"""Rules that a service breaks by being at work."""
_ONE_REMEDY = _WITHOUT_LEAVE | {"not declared"}
"""Rules that an undeclared item breaks for no other reason than that: to declare it answers all of them."""

_SCRIPT = re.compile(r"\.[cm]?js$")
_NO_WRITER = frozenset({"request", "page"})


def rule_of(rule: str) -> str:
    """Return the rule of a finding as its cause has it: what breaks several rules by being undeclared has one rule."""
    rest = rule.removeprefix(_PREFIX)
    return UNDECLARED_RULE if rest != rule and rest in _ONE_REMEDY else rule


def is_contact(rule: str) -> bool:
    """Return whether a rule is about a service that was contacted at all, so that the path does not matter."""
    return rule.removeprefix(_PREFIX) == CONTACTED


def may_have_origin(rule: str) -> bool:
    """Return whether a rule is broken by whoever is at work, so that all that one service stores and sends is one."""
    rest = rule.removeprefix(_PREFIX)
    return rule in _WITHOUT_LEAVE or (rest != rule and rest in _ONE_REMEDY)


def author_of(kind: str, written_by: str) -> str:
    """Return who wrote an item, as far as that is the same on every page: a script's file, else the host alone.

    The address of an answer or of an inline script is the page's, which differs from scenario to scenario. Empty where
    nobody was seen, and for requests and pages: only some browsers report which script started a request.
    """
    if kind in _NO_WRITER or not written_by:
        return ""
    place = writer_of(written_by)
    return place if _SCRIPT.search(place) else place.partition("/")[0]


def cause_id(rule: str, category: str, kind: str, pattern: str, host: str, written_by: str) -> str:
    """Eight hexadecimal digits that name a cause in every run. `pattern` is the item's name as the record has it."""
    about = f"{category} service" if is_contact(rule) else pattern
    parts = (rule_of(rule), kind, about, host.lower().strip("."), author_of(kind, written_by))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:8]


def origin_id(rule: str, category: str, origin: str) -> str:
    """Eight hexadecimal digits that name the cause of all findings with this origin: of a service, those of a contact.

    `rule` is that of any of the findings.
    """
    if "/" in origin:
        return cause_id(AT_WORK if rule_of(rule) != UNDECLARED_RULE else rule, category, "script", origin, "", "")
    contacted = CONTACTED if rule_of(rule) != UNDECLARED_RULE else f"{_PREFIX}{CONTACTED}"
    return cause_id(contacted, category, "request", "", origin, "")


def cause_of(finding: FindingData) -> str:
    """Return the id of the cause that a finding belongs to: that of its origin where it has one."""
    origin = finding.get("origin", "")
    return origin_id(finding["rule"], finding["category"], origin) if origin else finding["cause"]


def folded(name: str) -> str:
    """Return the pattern of a name that no profile declares: each token that hardly is a word becomes `*`."""
    return pattern_of(name)
