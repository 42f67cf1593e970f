"""Formats the sentences of findings. Names come from strangers, so they are made harmless and shortened.

A finding's sentence begins with a capital letter and ends without a full stop: a report sets it among other words.
"""

from __future__ import annotations

from collections.abc import Sequence

from consentinel.evidence.records import Kind, StoredItem

LONGEST_NAME = 80

UNDECLARED = "undeclared"
"""The category of an item that the profile does not know."""

KIND_WORDS = {
    Kind.COOKIE: "cookie",
    Kind.LOCAL_STORAGE: "local storage entry",
    Kind.SESSION_STORAGE: "session storage entry",
    Kind.INDEXED_DB: "database",
    Kind.CACHE: "cache",
    Kind.SERVICE_WORKER: "service worker",
    Kind.FILE: "file in the browser",
    Kind.REQUEST: "request",
    Kind.PAGE: "page",
}


def sentence(text: str, writer: str = "") -> str:
    """Return a finding's sentence.

    It begins with a capital letter, and names who wrote the thing where somebody was seen doing it. Hosts and addresses
    in it come from strangers as well: a script names itself as it pleases.
    """
    statement = f"{text}; written by {writer}" if writer else text
    return _visible(statement[:1].upper() + statement[1:])


def thing(kind: Kind, name: str, category: str = "") -> str:
    """Return an item by its kind and name: `the analytics cookie "_ga"`."""
    called = f'"{shortened(name)}"' if name else "without a name"
    return f"the {category + ' ' if category else ''}{KIND_WORDS[kind]} {called}"


def located(item: StoredItem, category: str = "") -> str:
    """Return an item by its kind, name and host: `the analytics cookie "_ga" of shop.example`."""
    return f"{thing(item.kind, item.name, category)} of {item.host}"


def stray(what: str, statement: str) -> str:
    """Return an item or a service that nobody has declared, said as that: it breaks no known category's rule."""
    return f"{what} is in no category of the policy: {statement}"


def service(host: str, category: str) -> str:
    """Whoever answers at a host: `the analytics service at metrics.example`."""
    return f"the {category} service at {host}"


def shortened(name: str) -> str:
    """Return a stranger's name on one line, in visible characters, cut to a length that a sentence bears."""
    cut = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return _visible(cut)


def _visible(text: str) -> str:
    return text if text.isprintable() else "".join(one if one.isprintable() else f"[U+{ord(one):04X}]" for one in text)


def listed(words: Sequence[str]) -> str:
    """Words as a person lists them: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
