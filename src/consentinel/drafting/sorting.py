"""Decides, by what each visitor was left with, in which category an item or a host belongs, and says why.

Pure. The strongest evidence is what appears only where one category alone was allowed; a public database of trackers
comes second; whatever neither can tell is left for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consentinel.drafting.survey import Item, Survey, Traces
from consentinel.drafting.trackers import Trackers
from consentinel.site.classify import Party
from consentinel.site.hosts import covers, registrable
from consentinel.site.profile import Category

KEEPING = ("cookie", "local_storage")
"""Kinds of items that can keep a choice."""

TELLING = ("consent", "cookie", "choice", "cmp")
"""Parts of the names that such items usually have; the manager's own name is another."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where something belongs, None where that cannot be told, and why."""

    category: Category | None
    why: str


def sort_items(survey: Survey, trackers: Trackers, own: str) -> dict[Item, Verdict]:
    """Every item that any visitor was left with."""
    found = sorted({item for traces in _all(survey) for item in traces.items})
    keeper = choice_item(survey, own)
    return {item: _item(item, keeper, survey, trackers, own) for item in found}


def sort_hosts(survey: Survey, trackers: Trackers, own: str) -> dict[str, Verdict]:
    """Every third-party host that any visitor's browser contacted; None stands for a technical partner or unknown."""
    found = sorted({host for traces in _all(survey) for host in traces.hosts if party(host, own) == "third"})
    return {host: _host(host, survey, trackers) for host in found}


def partners(survey: Survey, own: str, hosts: dict[str, Verdict]) -> tuple[str, ...]:
    """Third parties contacted before a choice that stored nothing and that no category claims."""
    storing = {item.host for traces in _all(survey) for item in traces.items}
    return tuple(
        host
        for host, verdict in hosts.items()
        if verdict.category is None and host in survey.before.hosts and not any(covers(f"*.{s}", host) for s in storing)
    )


def choice_item(survey: Survey, own: str) -> Item | None:
    """The item that keeps the choice: what a refusal leaves behind, or changes, on the site's own host."""
    if survey.refused is None:
        return None
    mine = sorted(item for item in survey.refused.items if party(item.host, own) == "first" and item.kind in KEEPING)
    words = (*TELLING, survey.manager)
    telling = [item for item in mine if any(word and word in item.name.lower() for word in words)]
    new = [item for item in mine if item not in survey.before.items]
    newly_told = [item for item in telling if item in new]
    changed = [item for item in telling if survey.refused.values.get(item) != survey.before.values.get(item)]
    return next(iter(newly_told or new or changed), None)


def party(host: str, own: str) -> Party:
    """Whether a host belongs to the site."""
    return "first" if registrable(host) == registrable(own) else "third"


def _item(item: Item, keeper: Item | None, survey: Survey, trackers: Trackers, own: str) -> Verdict:
    if item == keeper:
        return Verdict(Category.FUNCTIONALITY, "a refusal leaves it behind: it keeps the choice")
    known = trackers.of(item.host)
    if known and party(item.host, own) == "third":
        return Verdict(known[0], f"its host is known as {known[1]}")
    if item in survey.before.items:
        return Verdict(None, "stored before any choice")
    if survey.refused and item in survey.refused.items:
        return Verdict(None, "stored although everything was refused")
    return _alone([c for c, traces in survey.alone.items() if item in traces.items])


def _host(host: str, survey: Survey, trackers: Trackers) -> Verdict:
    known = trackers.of(host)
    if known:
        return Verdict(known[0], f"known as {known[1]}")
    if host in survey.before.hosts:
        return Verdict(None, "contacted before any choice")
    if survey.refused and host in survey.refused.hosts:
        return Verdict(None, "contacted although everything was refused")
    return _alone([c for c, traces in survey.alone.items() if host in traces.hosts])


def _alone(categories: list[Category]) -> Verdict:
    if len(categories) == 1:
        return Verdict(categories[0], f"seen only where {categories[0]} was allowed")
    if categories:
        return Verdict(None, f"seen where any of {', '.join(categories)} was allowed")
    return Verdict(None, "seen only where everything was allowed")


def _all(survey: Survey) -> Iterable[Traces]:
    return (t for t in (survey.before, survey.refused, survey.accepted, *survey.alone.values()) if t is not None)
