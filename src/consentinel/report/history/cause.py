"""Defines when two findings have the same cause, in one run and across runs.

One item that nobody declared can break forty scenarios. The reader needs it once, under an id that the next run gives
it again. So the id is a digest of what stays: the rule, the kind and the name of the item (a pattern where the name
changes from visit to visit), its host, and who wrote it. It holds nothing of the scenario, the page or the browser.
"""

from __future__ import annotations

import hashlib
import re

from consentinel.report.history.names import pattern_of, writer_of

UNDECLARED_RULE = "undeclared"
"""The rule of every cause that is an item, or a host, in no category of the profile."""

CONTACTED = "contacted without consent"

_PREFIX = "undeclared: "
_ONE_REMEDY = frozenset({"stored without consent", "written without consent", "not declared", CONTACTED})
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


def folded(name: str) -> str:
    """Return the pattern of a name that no profile declares: each token that hardly is a word becomes `*`."""
    return pattern_of(name)
