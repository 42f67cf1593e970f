"""Builds paths in the report's folder: file names that are safe on every system and in every URL."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from consentinel.report.schema import ScenarioData

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,149}")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def scenario_page(scenario: ScenarioData) -> str:
    """Return the scenario's page, relative to the report's folder.

    An id that would not do as a file name (a slash, a dot in front, too long, letters that a system may not know) is
    replaced by what is left of it and a hash.
    """
    identity = scenario["id"]
    if not _SAFE.fullmatch(identity):
        digest = hashlib.sha256(identity.encode("utf-8", "backslashreplace")).hexdigest()[:12]
        identity = f"{_UNSAFE.sub('-', identity)[:80].strip('-')}-{digest}".lstrip("-")
    return f"scenarios/{identity}.html"


def inside(path: str) -> bool:
    """Return whether a relative path stays in the report's folder."""
    parts = re.split(r"[/\\]", path)
    return bool(path) and ":" not in parts[0] and not path.startswith(("/", "\\")) and ".." not in parts


def address(path: str) -> str:
    """Return the path as it stands in a link."""
    return quote(path.encode("utf-8", "backslashreplace"), safe="/")
