"""Groups what the sites of a fleet have in common: one service's fault, or its outage, is one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from consentinel.evidence.guarded import host_of
from consentinel.fleet.result import Result, SiteCause
from consentinel.report.cause_words import named

_ADDRESS = re.compile(r"https?://[^\s\"”,;)]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile(r"“[^”]*”")


@dataclass(slots=True)
class SharedCause:
    """A cause by rule, host and writer, with the sites that show it. An empty host, or writer, is each site's own.

    What a service keeps may be of many kinds and names; `items` are those that were seen, as pairs, each once.
    """

    rule: str
    host: str
    writer: str
    sentence: str
    items: list[tuple[str, str]] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)
    sites: dict[str, SiteCause] = field(default_factory=dict)
    """The first cause of each site that belongs to it, by the site's name."""

    @property
    def things(self) -> list[tuple[str, list[str]]]:
        """The items as kinds in words, each with its names; a service that was contacted by its host."""
        host = self.host or "a host of the site's own"
        return named((kind, name, host) for kind, name in self.items)


@dataclass(slots=True)
class SharedReason:
    """Why scenarios were not decided, or runs did not come about: in the words of the first, with sites and number."""

    sentence: str
    sites: dict[str, int] = field(default_factory=dict)

    @property
    def scenarios(self) -> int:
        """How many scenarios it kept from an answer, over all sites; 0 for a run that did not come about."""
        return sum(self.sites.values())


def shared_causes(results: Iterable[Result]) -> list[SharedCause]:
    """Return the causes over all sites, those of most sites first."""
    groups: dict[tuple[str, ...], SharedCause] = {}
    for result in results:
        for cause in result["causes"]:
            place, item = (cause["rule"], cause["host"], cause["writer"]), (cause["kind"], cause["name"])
            is_service = (cause["host"] or cause["writer"]) and cause["kind"] != "page"
            key = place if is_service else (*place, *item)  # of a site's own, each is a matter of its own
            group = groups.setdefault(key, SharedCause(*place, sentence=cause["sentence"]))
            group.sites.setdefault(result["name"], cause)
            group.items += [one for one in cause.get("items", [item]) if one not in group.items]
            group.promises += [promise for promise in cause["promises"] if promise not in group.promises]
    return sorted(groups.values(), key=lambda one: (-len(one.sites), one.rule, one.host, one.writer, one.items))


def shared_reasons(results: Iterable[Result]) -> list[SharedReason]:
    """Return why something could not be told, over all sites, what touches most sites first."""
    groups: dict[str, SharedReason] = {}
    for result in results:
        own = host_of(result["base_url"])
        told = dict(result["reasons"])
        if result["problem"] and not told:
            told[result["problem"]] = 0
        for reason, number in told.items():
            group = groups.setdefault(_folded(reason, own), SharedReason(reason))
            group.sites[result["name"]] = group.sites.get(result["name"], 0) + number
    return sorted(groups.values(), key=lambda one: (-len(one.sites), -one.scenarios, one.sentence))


def _folded(reason: str, own: str) -> str:
    """Return a reason without what differs from site to site: the site's address, numbers, and quoted words."""
    folded = _ADDRESS.sub(lambda found: "" if host_of(found[0]) == own else host_of(found[0]), reason)
    if own:
        folded = folded.replace(own, "")
    return _NUMBER.sub("0", _QUOTED.sub("“”", folded))
