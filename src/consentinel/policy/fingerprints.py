"""Digests of a policy's sentences, by which a change is found although no file holds the text.

Dates, tokens, typography and case are no part of a sentence; the order of sentences is no part of a text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

DIGITS = 16
"""Hexadecimal digits of a sentence's fingerprint: 64 bits tell the sentences of a policy apart."""

MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    "january|february|march|april|june|july|august|september|october|november|december|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "januar|februar|märz|juni|juli|oktober|dezember|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
"""The names of months in the languages that are read, as alternatives of a pattern."""

_DATE = re.compile(
    rf"""\b\d{{4}}-\d{{2}}-\d{{2}}(?:t[\d:.]+z?)?\b
    |\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})\b
    |\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?:{MONTHS})\.?,?\s+(?:de\s+)?\d{{4}}\b
    |\b(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b
    |\b(?:{MONTHS})\.?\s+(?:de\s+)?\d{{4}}\b
    |(?:©|\(c\)|copyright)\s*\d{{4}}(?:\s*[-\u2013]\s*\d{{4}})?""",
    re.VERBOSE,
)

_TOKEN = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?=[a-z_-]*\d)(?=[\d_-]*[a-z])[0-9a-z_-]{24,}\b|\b[0-9a-f]{32,}\b"
)

_KEPT = "_*%<>{}[]#"
"""Signs that say something in a table of items; all other punctuation is typography."""


def normalised(sentence: str) -> str:
    """Return a sentence as it is compared: in lower case, without dates, tokens and typography, with single spaces."""
    text = unicodedata.normalize("NFKC", sentence).casefold().replace("\u00ad", "").replace("\u2019", "'")
    text = _TOKEN.sub(" ", _DATE.sub(" ", text))
    text = re.sub(r"(?<=\d)[.,](?=\d)", "_", text)
    plain = "".join(character if character.isalnum() or character in _KEPT else " " for character in text)
    return " ".join(plain.split())


def fingerprint(sentence: str) -> str:
    """Return the digest of a normalised sentence."""
    return hashlib.sha256(normalised(sentence).encode()).hexdigest()[:DIGITS]


def digest(sentences: Iterable[str]) -> str:
    """Return the digest of a text, whatever the order of its sentences."""
    text = "\n".join(sorted({normalised(one) for one in sentences} - {""}))
    return hashlib.sha256(text.encode()).hexdigest()
