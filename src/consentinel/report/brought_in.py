"""Finds services that another service brought in: an advertising tag calls its partners, and that is one fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consentinel.evidence.guarded import registrable
from consentinel.report.history.cause import UNDECLARED_RULE
from consentinel.report.history.names import writer_of
from consentinel.report.parts import Part

_NAMES_SENDERS = frozenset({"chromium"})
"""The browsers that say which script started a request; of any other, the page is named in its place."""


def brought_together(groups: Mapping[str, list[Part]]) -> dict[str, list[Part]]:
    """Return the groups of parts by the ids of causes, those that another brought in joined to it.

    A service was brought in if every sender of a request to it that was seen belongs to one other service, or script of
    a technical partner, that is at work for the same category. Whatever a page or the site's own script asks for stands
    by itself: somebody put it there.
    """
    by_origin: dict[tuple[object, ...], str] = {}
    for identity, found in groups.items():
        origin = found[0].first.get("origin", "")
        if origin and not _is_own_script(origin, found):
            by_origin[(*_sort(found), origin)] = identity
    parents = {identity: _parent(identity, found, by_origin) for identity, found in groups.items()}
    joined: dict[str, list[Part]] = {}
    for identity, found in groups.items():
        joined.setdefault(_root(identity, parents), []).extend(found)
    return joined


def _sort(found: Iterable[Part]) -> tuple[object, ...]:
    first = next(iter(found))
    return first.rule == UNDECLARED_RULE, first.first["category"]


def _is_own_script(origin: str, found: Iterable[Part]) -> bool:
    """Return whether it is a script of the very site for which it stores something."""
    host, slash, _ = origin.partition("/")
    return bool(slash) and any(registrable(part.item["host"]) == registrable(host) for part in found)


def _parent(identity: str, found: list[Part], by_origin: Mapping[tuple[object, ...], str]) -> str:
    """Return the id of the only group that is seen calling this one; empty where there is none, or somebody else."""
    senders = {
        writer_of(finding["written_by"])
        for part in found
        if part.is_contact
        for finding, scenario in part.sightings
        if scenario["browser"] in _NAMES_SENDERS
    }
    own = found[0].first.get("origin", "")
    callers = {
        by_origin.get((*_sort(found), sender), "") or by_origin.get((*_sort(found), sender.partition("/")[0]), "")
        for sender in senders
        if sender.partition("/")[0] != own
    }
    return callers.pop() if len(callers) == 1 and callers != {identity} else ""


def _root(identity: str, parents: Mapping[str, str]) -> str:
    """Return the first in the line of those who brought it in; of services that call each other, the first by id."""
    line = [identity]
    while (parent := parents[line[-1]]) and parent not in line:
        line.append(parent)
    return min(line[line.index(parent) :]) if parent else line[-1]
