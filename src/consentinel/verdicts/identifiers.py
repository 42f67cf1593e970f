"""Values that can recognise somebody: identifiers, and the forms in which a person's data hides in them.

A reading of the clock recognises nobody at the moment at which it is taken: two people who are there in the same
second hold the same one. At any other moment it says when somebody came, which may well recognise them.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote

from consentinel.verdicts.decimals import computed_in, rounded, without_computed
from consentinel.verdicts.decodings import DEEPEST, WORD, read_base64, readings

Span = tuple[float, float]
"""Between which moments something happened, in seconds since the epoch."""

SHORTEST = 8
"""Characters below which a value cannot recognise one device among many."""

LEAST_BITS = 24.0
"""Information below which a value is no identifier: enough for one in sixteen million."""

LITTLE = 10.0
"""Information below which what stands beside an identifier is a counter, and tells nobody apart: four different digits
have 8 bits, five 11.6."""

LEAST_VARIETY = 3
"""Different characters below which a long value says little, whatever its length: 11111111, 1000000000."""

LEAST_TURNS = 0.42
"""Changes between capital and small letters, for each pair of neighbours, from which letters are no words.

Names that programmers make, such as webKitFormBoundary, have fewer.
"""

SHORTEST_DATUM = 4
"""Characters below which a name or number would be found in anything."""

SHORTEST_PART = 3
"""Characters below which a first or last name standing by itself could be any word."""

CLOCK_BEHIND = 1.5
"""Seconds by which a reading of the clock may be older than its use: clocks are read in whole seconds."""

CLOCK_AHEAD = 60.0
"""Seconds by which a page's clock may be ahead: page time runs ahead of wall time while a page settles."""

_BETWEEN = "\0"
"""Stands between two readings of a value, and in nobody's data."""

_PLAIN = re.compile(r"[\w .:-]{8,}", re.ASCII)
_WORDS = re.compile(r"[\W_]+")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T\d{4,6}Z?)?")
_ALPHABETS = (
    (re.compile("[0-9]+"), 10),
    (re.compile("[0-9a-f]+|[0-9A-F]+"), 16),
    (re.compile("[0-9a-z]+|[0-9A-Z]+"), 36),
)
"""Kinds of characters that values are made of, and how many there are of each; the widest is 62."""
_LETTERS = re.compile(r"[A-Za-z]{8,}")
_TURN = re.compile(r"(?=[a-z][A-Z]|[A-Z][a-z])")
_MEASURE = re.compile(r"\d{1,5}(?:x\d{1,5}){1,2}")
_TERMS = ((86_400, 9), (3_600_000, 12))
"""A day in seconds and an hour in milliseconds, each with how many digits a term of thirty years has in it."""
_WORD_WITH_NUMBER = re.compile(r"(?i)(?=[a-z]{0,3}[aeiouy])(?!.*?[bcdfghj-np-tvwxz]{4})([a-z]{4,})\d{1,4}")
_CLOCK = re.compile(
    r"(?<!\d)(?P<since_1970>\d{10}|\d{13}|\d{16})(?!\d)"
    r"|\b(?P<radix_36>[0-9a-z]{8})\b"
    r"|(?P<iso_8601>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d))"
)


@lru_cache(maxsize=4096)  # a visitor carries the same cookies on every request
def is_identifier(text: str) -> bool:
    """Return whether a value carries enough information to recognise a device.

    Words do not count, plain or in base64 ("stable-node-1" and "checkout2" are some of few), and neither does what
    repeats itself: only parts that hold a digit do, or capital and small letters without order. The digits of percent
    signs say nothing: `a%20b` is read as `a b`.
    """
    text = unquoted(text)
    plain = read_base64(text)
    readable = plain if _PLAIN.fullmatch(plain) else text
    return len(text) >= SHORTEST and sum(map(_bits, _WORDS.split(readable))) >= LEAST_BITS


def _bits(part: str) -> float:
    """Return the information of a part of a value in bits: none of a word, a date, a term or a measure.

    A long part counts as much as characters of its kind can hold. Characters that chance drew repeat themselves now
    and then: by their own frequencies, one random number of ten digits in four would count as too poor, and six in
    seven of eight hexadecimal digits. Whether a site is found to recognise its visitors must not hang on that.
    """
    counts = Counter(part)
    if not any(character.isdigit() for character in part):
        turns = len(_TURN.findall(part)) if _LETTERS.fullmatch(part) else 0
        return len(part) * math.log2(52) if turns >= LEAST_TURNS * (len(part) - 1) and turns else 0.0
    if any(pattern.fullmatch(part) for pattern in (_WORD_WITH_NUMBER, _DATE, _MEASURE)) or _is_term(part):
        return 0.0
    if len(part) >= SHORTEST and len(counts) >= LEAST_VARIETY:
        return len(part) * math.log2(_alphabet(part))
    return -sum(n * math.log2(n / len(part)) for n in counts.values())


def _is_term(part: str) -> bool:
    """Return whether a number is a term: whole days in seconds or hours in milliseconds. One in 86,400 is by chance."""
    return part.isdecimal() and any(len(part) <= digits and int(part) % unit == 0 for unit, digits in _TERMS)


def _alphabet(text: str) -> int:
    """Return how many characters there are of the kinds that a text is made of: digits, hexadecimal ones, letters."""
    return next((size for pattern, size in _ALPHABETS if pattern.fullmatch(text)), 62)


def identifiers_in(text: str, span: Span | None = None) -> frozenset[str]:
    """Return the identifiers in a value.

    They are the value itself, and the parts that punctuation sets apart, percent signs decoded. With the span in which
    the value was written or sent, what the clock alone tells apart is none of them.
    """
    plain = unquoted(text)
    split = re.split(r"[.:|,;&=\s\"'{}\[\]]+", without_computed(plain))
    parts = {text, plain, *WORD.findall(plain), *split, *computed_in(plain)}
    return frozenset(part for part in parts if is_identifier(part) and (span is None or recognises(part, span)))


def recognises(identifier: str, span: Span) -> bool:
    """Return whether an identifier is more than a reading of the clock within the span in which it was written."""
    return is_identifier(_without_clock(identifier, span))


def cores_in(text: str, span: Span) -> frozenset[str]:
    """Return the identifiers in a value without the clock's reading or the counter that is put beside them."""
    return cores_of(identifiers_in(_without_clock(text, span)))


def cores_of(identifiers: frozenset[str]) -> frozenset[str]:
    """Return those that are none of the others with a few letters more, such as the variant that somebody was shown."""
    return frozenset(one for one in identifiers if not _is_another_with_little_more(one, identifiers))


def _is_another_with_little_more(token: str, others: Iterable[str]) -> bool:
    rest = token
    for inner in sorted((one for one in others if one != token and one in token), key=len, reverse=True):
        rest = rest.replace(inner, " ")
    return rest != token and is_little(_WORDS.split(rest))


def is_little(parts: Iterable[str]) -> bool:
    """Return whether what stands beside an identifier says no more than a counter or a word does."""
    return sum(map(_bits, parts)) < LITTLE


def _without_clock(text: str, span: Span) -> str:
    return _CLOCK.sub(lambda reading: "" if _is_read(reading, span) else reading[0], unquoted(text))


def _is_read(reading: re.Match[str], span: Span) -> bool:
    """Return whether a clock reads so in this span: seconds, milliseconds or microseconds since 1970, or a date."""
    written = reading[0]
    moment: float
    try:
        if reading["since_1970"]:
            moment = int(written) / 10 ** (len(written) - 10)
        elif reading["radix_36"]:
            moment = int(written, 36) / 1000  # what `Date.now().toString(36)` makes
        else:
            moment = datetime.fromisoformat(written).timestamp()
    except (ValueError, OverflowError):  # the 31st of February
        return False
    return span[0] - CLOCK_BEHIND <= moment <= span[1] + CLOCK_AHEAD


def unquoted(text: str) -> str:
    """Return a text without percent signs, as deep as sites encode, and without the noise of arithmetic."""
    for _ in range(DEEPEST):
        text = unquote(text)
    return rounded(text)


@lru_cache(maxsize=64)
def needles(emails: tuple[str, ...], names: tuple[str, ...], phones: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return what to look for, with what it is.

    It holds each datum in small letters, its digests, and its parts where they tell.
    """
    found: dict[str, str] = {}
    for what, data in (("e-mail address", emails), ("name", names), ("telephone number", phones)):
        for datum in data:
            for form in filter(_tells, _forms(what, datum)):
                found[form.lower()] = what
                for digest in _digests(form):
                    found[digest] = f"{what}, hashed"
    for part in (part for name in names for part in _WORDS.split(name.lower()) if len(part) >= SHORTEST_PART):
        found[f" {part} "] = "name"
        for digest in _digests(part):  # services take first and last names apart
            found[digest] = "name, hashed"
    return tuple(found.items())


def _forms(what: str, datum: str) -> Iterable[str]:
    small = datum.strip().lower()
    yield small
    yield datum.strip()  # for whoever hashes it as it was typed
    if what == "telephone number":
        digits = re.sub(r"\D", "", datum)
        yield digits
        yield f"+{digits}"  # E.164, as Google's and TikTok's tags hash it
    if what == "name":
        for joint in ("", ".", "_", "-", "+"):
            yield small.replace(" ", joint)


def _tells(form: str) -> bool:
    return len(form) >= SHORTEST_DATUM


def _digests(text: str) -> Iterator[str]:
    for algorithm in ("md5", "sha1", "sha256", "sha512"):
        digest = hashlib.new(algorithm, text.encode(), usedforsecurity=False)
        yield digest.hexdigest()
        yield base64.b64encode(digest.digest()).decode().rstrip("=").lower()
        yield base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=").lower()


@lru_cache(maxsize=4096)  # a visitor carries the same cookies on every request
def named_in(text: str, wanted: tuple[tuple[str, str], ...]) -> str:
    """Return what of a person a value holds, in any reading; empty when nothing.

    A first or last name counts where it stands by itself: " ada " is looked for among the words of the value.
    """
    read = [reading.lower() for reading in readings(text)]
    values = _BETWEEN.join(read)
    words = _BETWEEN.join(f" {' '.join(_WORDS.split(reading))} " for reading in read)
    return next((what for needle, what in wanted if needle in (words if needle[0] == " " else values)), "")


class Finder:
    """Looks for many identifiers in a text at once, in a time that does not grow with their number."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = {}
        for token in tokens:
            self._by_beginning.setdefault(token[:SHORTEST], []).append(token)

    def found_in(self, text: str) -> Iterator[str]:
        """Yield those of the identifiers that the text holds, in the order in which they stand there."""
        known = self._by_beginning
        for start in [at for at in range(len(text) - SHORTEST + 1) if text[at : at + SHORTEST] in known]:
            for token in known[text[start : start + SHORTEST]]:
                if text.startswith(token, start):
                    yield token
