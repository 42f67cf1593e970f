"""Rules about the language that a visitor has chosen (P12, P17).

Many sites have addresses of their own for each language, such as `/fr/`. Whoever asks for one of another language
is answered in that one, whatever they chose before, and each language may ask for a choice of its own.
"""

from __future__ import annotations

import re

from consentinel.evidence.guarded import host_of, is_within, parts_of, path_of
from consentinel.evidence.payload import query_of
from consentinel.evidence.records import Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import is_choice
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.messages import thing

CHOOSES = "chooses another language"
"""The sentence of a visitor's action that chooses one."""

_BETWEEN = re.compile(r"[/.]")
_SEVERAL = re.compile(r"[*?\[]")


def is_language(said: str, wanted: str) -> bool:
    """Return whether a language tag is the wanted one or a narrower one, as `fr-CH` for `fr` (RFC 4647, 3.3.1).

    Many pages write `fr_CH`, as programs name a locale: a reader is shown the same.
    """
    said, wanted = (tag.strip().lower().replace("_", "-") for tag in (said, wanted))
    return said == wanted or said.startswith(f"{wanted}-")


def is_kept(timeline: Timeline, profile: Profile, said: str) -> Verdict:
    """The page that shows now speaks the language that was chosen (P17). `said` is the one that the page names."""
    wanted = profile.elements.language_code
    if is_language(said, wanted):
        return Verdict()
    chosen, here = _page_of_choice(timeline), _page(timeline)
    if _names(chosen, wanted) and not _names(here, wanted):
        return Verdict(
            doubts=(
                f"the language is part of this site's addresses: {place(chosen)} speaks the chosen one, and "
                f"{place(here)} another, whatever was chosen",
            )
        )
    return on_page(timeline, "language lost", "language", "the chosen language was not kept")


def asks_for_itself(timeline: Timeline, profile: Profile) -> str:
    """Return why a site may ask again in another language, as a doubt; empty where nothing says so.

    The profile names several items by one pattern, and of those that hold the choice none reaches the page that asks.
    """
    chosen, name = _page_of_choice(timeline), profile.consent.stored.name
    kept = [item for item in timeline.state.items if is_choice(item, profile)] if timeline.state else []
    if not _names(chosen, profile.elements.language_code) or not kept or not _SEVERAL.search(str(name or "")):
        return ""
    if any(item.kind is not Kind.COOKIE or _reaches(item, _page(timeline)) for item in kept):
        return ""
    held = thing(Kind.COOKIE, kept[0].name)
    return f"each language may ask for itself: {held} is kept for {kept[0].host}{kept[0].path} alone"


def _page(timeline: Timeline) -> str:
    return timeline.settled[-1].page if timeline.settled else ""


def _page_of_choice(timeline: Timeline) -> str:
    """Return the page to which the choice of a language has led; empty before there was one."""
    at = next((one.at for one in reversed(timeline.actions) if one.sentence == CHOOSES), None)
    return next((one.page for one in timeline.settled if at is not None and one.at >= at), "")


def _names(url: str, language: str) -> bool:
    """Return whether an address names a language: in its path, its host or its query."""
    parts = [*_BETWEEN.split(path_of(url)), *host_of(url).split("."), *(value for _, value in query_of(url))]
    return any(is_language(part, language) for part in parts)


def _reaches(item: StoredItem, url: str) -> bool:
    """Return whether the browser sends a cookie there (RFC 6265, section 5.1.4)."""
    path, own = parts_of(url).path or "/", item.path.removesuffix("/")
    return is_within(host_of(url), item.host) and (path == item.path or path.startswith(f"{own}/"))
