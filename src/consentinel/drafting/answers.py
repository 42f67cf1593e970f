"""Reads the answers that a stored value is made of, in whatever it is packed."""

from __future__ import annotations

import re
from urllib.parse import unquote

from consentinel.evidence.guarded import bytes_of

_ANSWER = re.compile(
    r"[01]|true|false|yes|no(?:ne)?|all|on|off|grant(?:ed)?|den(?:y|ied)|accept(?:ed)?|reject(?:ed)?|refuse[d]?"
    r"|declin(?:e|ed)"
)
"""What a choice is written down with."""

_WORD = re.compile(r"[a-z]+|(?<![\w.-])[01](?![\w.-])")
"""A word, or a digit that stands alone: the one in a version or in an identifier is no answer."""

_PACKED = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}")


def answers_in(value: str) -> list[str]:
    """Return the answers that a value is made of, in order; an identifier holds none."""
    return [word for word in _WORD.findall(_unpacked(unquote(value)).lower()) if _ANSWER.fullmatch(word)]


def is_an_answer(value: str) -> bool:
    """Return whether a value is one answer and nothing else."""
    return bool(_ANSWER.fullmatch(unquote(value).lower()))


def _unpacked(text: str) -> str:
    """Return what a text in base64 says; the text itself where it is none, or says nothing that can be read."""
    if not _PACKED.fullmatch(text) or len(text) % 4:
        return text
    said = bytes_of(text).decode("ascii", "replace")
    return said if said.isprintable() and "\ufffd" not in said else text
