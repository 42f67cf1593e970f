"""Finds out where a site has its consent manager from: the script that writes the choice down is the manager's.

So are the settings for which that script asks before there is a choice.
"""

from __future__ import annotations

import re

from consentinel.drafting.survey import Item, Survey, Traces
from consentinel.drafting.toml import comment, listed
from consentinel.evidence.guarded import host_of, path_of
from consentinel.site.hosts import registrable

ABOUT_CONSENT = re.compile(
    r"consent|cookie|cmp|gdpr|privacy|rgpd|banner|klaro|orejime|osano|tarteaucitron", re.IGNORECASE
)
"""What the address of a consent manager's own script says; any other may be of the whole site's script. So does that to
which a manager tells the choices that are made."""


MOST_SETTINGS = 5
"""Addresses of settings that are proposed; whoever asks for more does not ask for settings alone."""


def served_from(survey: Survey, item: Item | None, own: str) -> list[str]:
    """Return the line of the table [consent] that says where the manager comes from; a comment where it is a guess.

    Nothing where no script was seen to write the choice, or one in the page itself.
    """
    script = _writer(survey, item)
    if not script:
        return []
    is_own = registrable(host_of(script)) == registrable(own)
    place = path_of(script) if is_own else _elsewhere(script, survey)
    is_sure = not is_own or bool(ABOUT_CONSENT.search(path_of(script)))
    line = f"served_from = {listed([place, *(_settings(script, place, survey, own) if is_sure else ())])}"
    if is_sure:
        return [comment(["This script wrote the choice down."]), line]
    asks = "? This script wrote the choice down. If it is the consent manager's own, and not the whole site's:"
    return [comment([asks, line])]


def _settings(script: str, place: str, survey: Survey, own: str) -> list[str]:
    """Return the addresses of the settings that the manager's script requests, but for those below `place`."""
    asked = sorted(survey.before.settings.get(script, ()))
    found = [path_of(url) if registrable(host_of(url)) == registrable(own) else _bare(url) for url in asked]
    return [one for one in found if one.partition("/")[0] != place][:MOST_SETTINGS]


def _writer(survey: Survey, item: Item | None) -> str:
    for traces in (survey.refused, survey.accepted):
        script = traces.writers.get((item.kind, item.name), "") if traces and item else ""
        if traces and script in _addresses(traces) and path_of(script) not in _pages(traces):
            return script
    return ""


def _elsewhere(script: str, survey: Survey) -> str:
    """Return the script's host, where that serves nothing else, or else the script's own address."""
    host, folder = host_of(script), script.rpartition("/")[0]
    others = [one for one in _addresses(survey.before) if host_of(one) == host and not one.startswith(folder)]
    return _bare(script) if others else host


def _bare(url: str) -> str:
    """Return an address as host and path."""
    return f"{host_of(url)}{path_of(url)}"


def _pages(traces: Traces) -> set[str]:
    """Return the paths of pages. A script that stands in a page has no file of its own."""
    return {"", "/", *traces.pages.values()}


def _addresses(traces: Traces | None) -> frozenset[str]:
    """Return the requested addresses, without queries."""
    asked = traces.addresses if traces else ()
    return frozenset(url.partition("#")[0].partition("?")[0] for url in asked)
