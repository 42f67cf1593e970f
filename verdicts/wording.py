"""How findings speak: plain words for kinds, lists and things. Names come from strangers and are cut to a length."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.records import Kind

LONGEST_NAME = 80

KIND_WORDS = {
    Kind.COOKIE: "the cookie",
    Kind.LOCAL_STORAGE: "the local storage entry",
    Kind.SESSION_STORAGE: "the session storage entry",
    Kind.INDEXED_DB: "the database",
    Kind.CACHE: "the cache",
    Kind.SERVICE_WORKER: "the service worker for",
    Kind.REQUEST: "a request to",
    Kind.PAGE: "the page's",
}


def thing(kind: Kind, name: str) -> str:
    """A thing by its kind and name: `the cookie "_ga"`."""
    return f'{KIND_WORDS[kind]} "{shortened(name)}"'


def shortened(name: str) -> str:
    """A name from a page, cut to a length that a sentence bears."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def listed(words: Sequence[str]) -> str:
    """Words as a person lists them: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
