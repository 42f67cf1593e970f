"""Says where a link of a page leads by what it is called: to the consent settings, the policy or the legal page.

"Cookies" in a name is not enough: a bakery bakes them. A name counts as a policy's if it holds nothing else.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from consentinel.drafting.buttons import names_settings
from consentinel.site.normal_text import normal, pattern, within

NAMES = Path(__file__).with_name("page_links.toml")

MOST_WORDS = 6
"""How many words the name of a legal page has at most: what is longer is a headline."""

MOST_WORDS_OF_OPTING_OUT = 10
"""How many words the name has at most of what asks that nothing personal is sold."""

UNSURE = 2
"""The rank of a policy that is not said to be about cookies."""

_SETTINGS = "pref|setting|choice|choix|manage|gérer|gestion|einstell|verwalt|beheer|instell|impostaz|configur"
_PREFERENCES = re.compile(
    rf"cookie.*({_SETTINGS})|(manage|gérer|gestion|gestisci|your|vos|change).*(cookie|consent|choi)"
    "|privacy settings|consent preferences",
    re.IGNORECASE,
)


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(NAMES.read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, re.Pattern[str]]:
    return {role: pattern(entries) for role, entries in _table().items() if role != "topic"}


@cache
def _topics_within() -> re.Pattern[str]:
    return within(_table()["topic"])


def link_kind(text: str, path: str = "") -> str | None:
    """Return what a link or button leads to: preferences, policy, legal, or None for what no profile names.

    A name that speaks of cookies or privacy among other things counts as the policy's if the last part of the `path`
    is called as a policy is.
    """
    name = normal(text)
    if _names_consent_settings(name):
        return "preferences"
    if _is_policy(name):
        return "policy"
    if _PREFERENCES.search(text):
        return "preferences"
    if _topics(name) and _is_policy(_last_part(path)):
        return "policy"
    return "legal" if _names()["legal"].search(name) and len(name.split()) <= MOST_WORDS else None


def opener_rank(text: str) -> int | None:
    """Return how surely what leads to no page opens the preferences by its name; 0 is the surest, None where it says
    nothing of the kind.

    "Cookie consent" may be the title of a text, and "Manage preferences" may be about letters of news: neither counts
    for a link to a page. A button that says "Cookies" shows no page of them.
    """
    name = normal(text)
    if link_kind(text) == "preferences":
        return 0
    if _is_about(name, ("cookies", "privacy", "consent", "filler"), ("consent",)) and (
        _topics(name) or "cookie" in name
    ):
        return 1
    if _names()["opts_out"].search(name) and len(name.split()) <= MOST_WORDS_OF_OPTING_OUT:
        return 1
    settings = _is_about(name, ("preferences", "manage", "filler"), ("preferences", "manage"))
    about_cookies = _is_policy(name) and _names()["cookies"].search(name)
    return 2 if settings or about_cookies or _names()["revoke"].search(name) else None


def _is_about(name: str, roles: tuple[str, ...], needed: tuple[str, ...]) -> bool:
    """Return whether a normal name holds words of each needed role, and nothing but words of these roles."""
    rest = name
    for role in roles:
        rest = _names()[role].sub(" ", rest)
    return not rest.strip() and all(_names()[role].search(name) for role in needed)


def policy_rank(text: str) -> int:
    """Return how surely a policy's name is that of the cookie policy; 0 is the surest, UNSURE the least."""
    name = normal(text)
    if _names()["cookies"].search(name):
        return 0 if _names()["text"].search(name) else 1
    return UNSURE


def _topics(name: str) -> bool:
    return bool(_names()["cookies"].search(name) or _names()["privacy"].search(name))


def _is_policy(name: str) -> bool:
    """Return whether a normal name speaks of cookies or privacy, and of nothing but a text about them."""
    rest = name
    for role in ("cookies", "privacy", "text", "filler"):
        rest = _names()[role].sub(" ", rest)
    return _topics(name) and not rest.strip()


def _last_part(path: str) -> str:
    return normal(path.partition("?")[0].rstrip("/").rpartition("/")[2].partition(".")[0])


def _names_consent_settings(name: str) -> bool:
    """Return whether a normal name names consent settings, perhaps in one word, and nothing else."""
    rest, topics = _topics_within().subn(" ", name)
    return bool(topics) and (names_settings(" ".join(rest.split())) or names_settings(name))
