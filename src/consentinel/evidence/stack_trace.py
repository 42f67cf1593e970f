"""Finds who wrote something: the site's first script in a stack trace."""

from __future__ import annotations

import re

# Chromium: "at name (https://host/file.js:12:34)"; Firefox: "name@https://host/file.js:12:34". The address itself may
# hold both signs: packages on public networks are addressed as /npm/name@1.2.3/file.js.
_PLACE = re.compile(r"(?:^|[\s(@])(https?://\S+?):(\d+):\d+\)?\s*$")


def script_of(stack: str) -> str:
    """Return the `url:line` of the innermost script with an address, empty when there is none (evaluated text, say)."""
    for line in stack.splitlines():
        found = _PLACE.search(line)
        if found:
            return f"{found[1]}:{found[2]}"
    return ""
