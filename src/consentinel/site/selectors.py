"""Tells CSS selectors from what other tools take for one, and from what no browser can read.

Only browsers know all of CSS, and each version knows more. So this finds what is CSS in no version, and lets all else
pass.
"""

from __future__ import annotations

import re

OTHER_TOOLS = re.compile(r"\s*(\(*\.{0,2}/|(xpath|text|css|id|role|link|name|internal:\w+)\s*=)", re.IGNORECASE)
"""How selectors of other tools begin: XPath, and the engines of Playwright and Selenium IDE."""

NOT_CSS = re.compile(r":(contains|visible|hidden|eq|gt|lt|first|last|has-text|text|text-is|button|input)(?![-\w])")
"""Pseudo-classes of jQuery and Playwright that CSS does not have."""

_QUOTED = re.compile(r"\\.|\"(\\.|[^\"\\])*\"|'(\\.|[^'\\])*'", re.DOTALL)
_CLOSES = {"(": ")", "[": "]"}


def checked(selector: str) -> str:
    """Return a selector of a profile, with its ` >>> ` and ` || `. Raises ValueError where a part is no CSS."""
    for alternative in selector.split("||"):
        for step in alternative.split(">>>"):
            if fault := _fault(step):
                raise ValueError(f"is no CSS selector: {fault}")
    return selector


def _fault(step: str) -> str:
    if not step.strip():
        return "a part of it is empty"
    if OTHER_TOOLS.match(step):
        return "XPath and the selectors of other tools are not known here"
    bare = _QUOTED.sub("", step)
    if pseudo := NOT_CSS.search(bare):
        return f"CSS has no {pseudo[0]}"
    if '"' in bare or "'" in bare:
        return "a quotation mark is never closed"
    return _unbalanced(bare)


def _unbalanced(bare: str) -> str:
    expected: list[str] = []
    for letter in bare:
        if letter in _CLOSES:
            expected.append(_CLOSES[letter])
        elif letter in _CLOSES.values() and (not expected or expected.pop() != letter):
            return f"`{letter}` closes nothing"
    return "a bracket is never closed" if expected else ""
