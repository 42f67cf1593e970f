"""Decides by each visitor's traces in which category an item or a host belongs, with the reason.

Pure. The strongest evidence is what appears only where one category alone was allowed; what is publicly known of hosts,
names and requests comes second, and is a proposal; a person decides the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from consentinel.drafting.alike import is_same_for_all
from consentinel.drafting.beside_choice import TELLING_VALUE, kept_beside_the_choice
from consentinel.drafting.choice import choice_item, is_of_acceptance_alone, party
from consentinel.drafting.known import known_item, known_request
from consentinel.drafting.served import ABOUT_CONSENT
from consentinel.drafting.survey import Item, Survey, Traces
from consentinel.drafting.trackers import Trackers
from consentinel.evidence.guarded import host_of, path_of
from consentinel.site.hosts import covered, pattern_of_site
from consentinel.site.profile import REFUSABLE, Category
from consentinel.verdicts.trials import TRIES

_EARLY = "; before any choice as well, which is a breach unless the policy announces it: see cookieless_pings"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The category of an item or host, None if it is unknown, and the reason."""

    category: Category | None
    why: str


def sort_items(survey: Survey, trackers: Trackers, own: str) -> dict[Item, Verdict]:
    """Return every item that any visitor was left with, and every one that was only written and removed."""
    keeping = _keeping(survey, own)
    found = sorted({item for traces in _all(survey) for item in traces.items})
    passed = sorted({item for traces in _all(survey) for item in traces.passed} - set(found))
    return {
        **{item: keeping.get(item) or _item(item, survey, trackers, own) for item in found},
        **{item: keeping.get(item) or _passed(item, survey, own) for item in passed},
    }


def sort_hosts(survey: Survey, trackers: Trackers, own: str) -> dict[str, Verdict]:
    """Return the verdict on every third-party host that any visitor's browser contacted.

    The category is None for a technical partner, and for an unknown host. A host without other signs goes with the
    items whose values it receives.
    """
    found = sorted({host for traces in _all(survey) for host in traces.hosts if party(host, own) == "third"})
    items = sort_items(survey, trackers, own)
    verdicts = {host: _host(host, survey, trackers) for host in found}
    untold = [host for host, verdict in verdicts.items() if verdict.category is None]
    return verdicts | {host: proposed for host in untold if (proposed := _by_received_values(host, survey, items))}


def _by_received_values(host: str, survey: Survey, items: dict[Item, Verdict]) -> Verdict | None:
    if survey.accepted is None or host in survey.before.hosts:
        return None
    received = survey.accepted.told.get(host, frozenset())
    categories = {
        verdict.category for item in received if (verdict := items.get(item)) and verdict.category in REFUSABLE
    }
    if len(categories) != 1:
        return None
    names = ", ".join(sorted(item.name for item in received))
    return Verdict(categories.pop(), _proposed(f"seen only where everything was allowed; told what {names} holds"))


def sort_requests(survey: Survey, own: str) -> dict[str, Verdict]:
    """Return the paths on the site's own hosts whose requests look like those of a known service, with the verdicts."""
    addresses = sorted(
        {url for traces in _all(survey) for url in traces.addresses if party(host_of(url), own) == "first"}
    )
    looks = {path_of(url): known for url in addresses if (known := known_request(url))}
    early = {path_of(url) for url in survey.before.addresses.intersection(addresses)}

    def why(path: str) -> str:
        return f"asked for as {looks[path].what} is{_EARLY if path in early else ''}"

    return {path: Verdict(known.category, _proposed(why(path))) for path, known in looks.items()}


def partners(survey: Survey, hosts: dict[str, Verdict], items: dict[Item, Verdict]) -> tuple[str, ...]:
    """Return the third parties contacted before a choice that no category claims and that stored nothing optional.

    They may have stored what the site needs to work, as a shield against robots does.
    """
    left = frozenset[Item]().union(*(traces.items for traces in _all(survey)))
    storing = {pattern_of_site(item.host) for item in left if items[item].category is not Category.FUNCTIONALITY}
    return tuple(
        host
        for host, verdict in hosts.items()
        if verdict.category is None and host in survey.before.hosts and not covered(storing, host)
    )


def tellers(survey: Survey, hosts: dict[str, Verdict]) -> tuple[str, ...]:
    """Return the third parties to which a consent manager seems to send each choice, as a proof of it.

    They heard of each choice and of nothing before one, at addresses that speak of consent, and stored nothing.
    """
    if survey.refused is None or survey.accepted is None:
        return ()
    after = (survey.refused.hosts & survey.accepted.hosts) - survey.before.hosts
    storing = {pattern_of_site(item.host) for traces in _all(survey) for item in traces.items}
    asked = {url for traces in _all(survey) for url in traces.addresses}

    def speaks(url: str) -> bool:
        return bool(ABOUT_CONSENT.search(f"{host_of(url)}{path_of(url)}"))

    return tuple(
        host
        for host, verdict in hosts.items()
        if verdict.category is None and host in after and not covered(storing, host)
        if all(speaks(url) for url in asked if host_of(url) == host)
    )


def what_it_brings(traces: Traces, refused: Traces) -> tuple[Category | None, str]:
    """Return the category of what a switch allows, None for several or none, and in words what it allows."""
    items = sorted(traces.items - refused.items)
    addresses = sorted(traces.addresses - refused.addresses)
    known = [*(known_item(item.name, item.kind) for item in items), *(known_request(url) for url in addresses)]
    categories = {each.category for each in known if each}
    hosts = sorted(traces.hosts - refused.hosts)
    brought = ", ".join([*(f"{item.kind} {item.name}" for item in items), *hosts]) or "it brought nothing"
    served = categories.pop() if len(categories) == 1 else None
    return served, f"{brought} ({served})" if served else f"{brought}; no category can be told by it"


def busier(survey: Survey, taken: Iterable[str]) -> tuple[str, ...]:
    """Return the partners that get further requests once everything is accepted: they may serve a category."""
    if survey.accepted is None or survey.refused is None:
        return ()
    quiet = {_place(url) for traces in (survey.before, survey.refused) for url in traces.addresses}
    more = {host_of(url) for url in survey.accepted.addresses if _place(url) not in quiet}
    return tuple(host for host in taken if host in more)


def _keeping(survey: Survey, own: str) -> dict[Item, Verdict]:
    """Return the items that hold the choice."""
    keeper = choice_item(survey, own)
    beside = kept_beside_the_choice(survey, own).items()
    found = {item: Verdict(Category.FUNCTIONALITY, _proposed(why)) for item, why in beside}
    if keeper is not None:
        is_refused = survey.refused and not is_of_acceptance_alone(keeper, survey)
        left = "a refusal leaves" if is_refused else "an acceptance leaves"
        found[keeper] = Verdict(Category.FUNCTIONALITY, f"{left} it behind: it keeps the choice")
    return found


def _item(item: Item, survey: Survey, trackers: Trackers, own: str) -> Verdict:
    known = trackers.of(item.host)
    if known and party(item.host, own) == "third":
        return Verdict(known[0], f"its host is known as {known[1]}")
    by_visits = _by_visits(survey, lambda traces: item in traces.items, "stored")
    if by_visits.category is not None:
        return by_visits
    if item in survey.sometimes:
        by_visits = Verdict(None, f"{by_visits.why}, by one visitor of two")
    by_name = _by_name(item, by_visits, survey)
    own_early = item in survey.before.items and party(item.host, own) == "first"
    if by_name.category is None and own_early and is_same_for_all(item, _all(survey)):
        return Verdict(
            Category.FUNCTIONALITY, _proposed(f"{by_visits.why}, and too plain to tell one visitor from another")
        )
    return by_name


def _by_name(item: Item, by_visits: Verdict, survey: Survey) -> Verdict:
    """Return the verdict by what is known of the name.

    What the site needs to work does not wait for a grant: the session that a grant alone brings is a service's.
    """
    known = known_item(item.name, item.kind)
    if known is None:
        return by_visits
    if known.needs_no_grant and _waits_for_a_grant(item, survey):
        return Verdict(by_visits.category, f"{by_visits.why}, though it is called as {known.what} is")
    return Verdict(known.category, _proposed(f"{by_visits.why}; usually {known.what}"))


def _waits_for_a_grant(item: Item, survey: Survey) -> bool:
    """Return whether no visitor had an item who had not chosen, or had refused."""
    earlier = (traces.items | traces.passed for traces in (survey.before, survey.refused) if traces)
    return not any(item in items for items in earlier)


def _passed(item: Item, survey: Survey, own: str) -> Verdict:
    """Return the verdict on an item that was written and removed.

    An item that tries whether anything can be stored has the same value each time. One that a known service tries once
    it is allowed goes with the service.
    """
    known = known_item(item.name, item.kind)
    is_services = known is not None and known.category in REFUSABLE and _waits_for_a_grant(item, survey)
    seen = [traces for traces in _all(survey) if item in traces.passed]
    by_visits = _by_visits(survey, lambda traces: item in traces.passed, "stored")
    why = f"{by_visits.why}, and removed again"
    values = {traces.values.get(item, "") for traces in seen}
    is_plain = values & {item.name, "1", "test", "true"} or TRIES.search(item.name)
    if len(seen) > 1 and len(values) == 1 and is_plain and not is_services:
        return Verdict(Category.FUNCTIONALITY, _proposed(f"{why}, always with one value: it tries the store"))
    is_of_any_choice = survey.refused in seen and survey.accepted in seen and survey.before not in seen
    if is_of_any_choice and known is None and _stays_home(item, seen, own):
        said = "stored with any choice, and removed again: perhaps a message about the choice, on the next page"
        return Verdict(Category.FUNCTIONALITY, _proposed(said))
    return _by_name(item, Verdict(by_visits.category, why), survey)


def _stays_home(item: Item, seen: Iterable[Traces], own: str) -> bool:
    """Return whether an item is the site's own by its host, by what wrote it, and by who received its value."""
    if party(item.host, own) == "third":
        return False
    for traces in seen:
        writer, value = traces.writers.get((item.kind, item.name), ""), traces.values.get(item, "")
        others = (url for url in traces.addresses if party(host_of(url), own) == "third")
        if host_of(writer) and party(host_of(writer), own) == "third":
            return False
        if len(value) >= TELLING_VALUE and any(value in unquote(url) for url in others):
            return False
    return True


def _host(host: str, survey: Survey, trackers: Trackers) -> Verdict:
    known = trackers.of(host)
    if known:
        return Verdict(known[0], f"known as {known[1]}")
    by_visits = _by_visits(survey, lambda traces: host in traces.hosts, "contacted")
    if by_visits.category is not None:
        return by_visits
    addresses = sorted({url for traces in _all(survey) for url in traces.addresses if host_of(url) == host})
    looks = {look for url in addresses if (look := known_request(url))}
    if len({look.category for look in looks}) == 1:
        look = min(looks, key=lambda one: one.what)
        return Verdict(look.category, _proposed(f"{by_visits.why}; asked for as {look.what} is"))
    return by_visits


def _by_visits(survey: Survey, is_in: Callable[[Traces], bool], verb: str) -> Verdict:
    """Return the verdict from the visits alone."""
    if is_in(survey.before):
        return Verdict(None, f"{verb} before any choice")
    if survey.refused and is_in(survey.refused):
        return Verdict(None, f"{verb} although everything was refused")
    granted = (survey.accepted, *survey.alone.values())
    if survey.withdrawn and is_in(survey.withdrawn) and not any(traces and is_in(traces) for traces in granted):
        return Verdict(None, f"{verb} only where consent was taken back")
    return _alone([category for category, traces in survey.alone.items() if is_in(traces)])


def _proposed(why: str) -> str:
    return f"? proposed: {why}"


def _place(url: str) -> str:
    return f"{host_of(url)} {url.partition('?')[0]}"


def _alone(categories: list[Category]) -> Verdict:
    if len(categories) == 1:
        return Verdict(categories[0], f"seen only where {categories[0]} was allowed")
    if categories:
        return Verdict(None, f"seen where any of {', '.join(categories)} was allowed")
    return Verdict(None, "seen only where everything was allowed")


def _all(survey: Survey) -> Iterable[Traces]:
    visitors = (survey.before, survey.refused, survey.accepted, survey.withdrawn, *survey.alone.values())
    return (traces for traces in visitors if traces is not None)
