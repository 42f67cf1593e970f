"""The rules of a robots.txt as RFC 9309 has them: `*`, `$`, and the longest pattern that matches decides.

The standard library's parser takes the first rule that matches, and both signs as letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

ALL = "*"
"""The name under which a robots.txt addresses every robot."""

LARGEST = 512_000
"""Characters of a robots.txt that are read; the RFC asks for 500 KiB at least (section 2.5)."""

_NAME = re.compile(r"[A-Za-z_-]+")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[\w.~-]", re.ASCII)
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class Rule(NamedTuple):
    """A line of a group. `pattern` is compared with a path and its query, both as `comparable` gives them."""

    pattern: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Return whether the pattern matches a path from its beginning, in a time that does not explode."""
        ends = self.pattern.endswith("$")
        first, *parts = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        if not parts:
            return not ends or path == first
        at = len(first)
        for part in parts[:-1]:
            if (found := path.find(part, at)) < 0:
                return False
            at = found + len(part)
        last = parts[-1]
        return path.endswith(last) and len(path) - len(last) >= at if ends else path.find(last, at) >= 0


def rules_for(agent: str, text: str) -> tuple[Rule, ...]:
    """Return the rules of the groups that name this robot, else of those for all robots (sections 2.2.1 and 2.2.2)."""
    groups: dict[str, list[Rule]] = {}
    named: list[str] = []
    has_rules = False
    for field, value in _fields(text[:LARGEST].splitlines()):
        if field == "user-agent":
            named = [*(() if has_rules else named), _name(value)]
            has_rules = False
            for name in named:
                groups.setdefault(name, [])
        elif field in ("allow", "disallow"):
            has_rules = True
            for name in named if value else ():
                groups[name].append(Rule(comparable(value), field == "allow"))
    return tuple(groups.get(agent.lower(), groups.get(ALL, ())))


def may_visit(rules: Iterable[Rule], path: str) -> bool:
    """Return whether these rules let a robot visit a path with its query. Of two equally long ones, allowing wins."""
    wanted = comparable(path)
    matching = [rule for rule in rules if rule.matches(wanted)]
    return max(matching, key=lambda rule: (len(rule.pattern), rule.allows), default=Rule("", True)).allows


def comparable(path: str) -> str:
    """Return a path with every character percent-encoded that must be, and none that need not (section 2.2.2)."""
    return quote(_ENCODED.sub(_decoded, path), safe=_PRINTABLE)


def _decoded(encoded: re.Match[str]) -> str:
    letter = chr(int(encoded[1], 16))
    return letter if _UNRESERVED.fullmatch(letter) else encoded[0].upper()


def _name(value: str) -> str:
    found = _NAME.match(value)
    return found[0].lower() if found else ALL if value.startswith(ALL) else ""


def _fields(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()
