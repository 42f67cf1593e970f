"""Values that an address gets anew with each request, or with each load of a page: nonces, signatures, traces.

They tell requests apart, and no visitors. That a value changes with the load shows where two loads sent different ones,
or where one load alone sent it and nothing keeps it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from consentinel.evidence.guarded import host_of, path_of
from consentinel.evidence.payload import PATH
from consentinel.evidence.records import Request
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import parameters
from consentinel.verdicts.identifiers import identifiers_in, is_identifier
from consentinel.verdicts.loads import Load, Loads

Kept = Callable[[Collection[str]], frozenset[str]]
"""Returns those of some identifiers that are kept on a device."""

ENOUGH = 3
"""Addresses of a service that got another value each under one name, from which on the value is taken to change."""

_MAY_DIFFER = re.compile(r"\d")

Name = tuple[str, str]
"""An address, or a host alone, and the name of a parameter of it. Of a part of the path, the address is a shape."""

Told = tuple[Load | None, frozenset[str]]
"""With which load a request was sent, None where that is not known, and the identifiers in a parameter of it."""


@dataclass(frozen=True)
class Sent:
    """The identifiers in some requests: how often each was sent, with which loads, and what each name held."""

    times: Counter[str] = field(default_factory=Counter)
    loads: dict[str, set[Load]] = field(default_factory=lambda: defaultdict(set))
    by_address: dict[Name, list[Told]] = field(default_factory=lambda: defaultdict(list))
    by_host: dict[Name, list[Told]] = field(default_factory=lambda: defaultdict(list))
    last: Load | None = None
    """The load of a page that came last."""

    @classmethod
    def of(
        cls,
        requests: Iterable[Request],
        profile: Profile,
        counts: Callable[[str], bool],
        common: frozenset[str] = frozenset(),
    ) -> Sent:
        """Return what was sent to the hosts that count, but for the identifiers that are `common` to two visitors.

        `requests` are all, as pages themselves tell the loads apart.
        """
        everything = tuple(requests)
        loads = Loads(everything)
        sent = cls(last=loads.last)
        for request in everything:
            if counts(request.host):
                by_name: dict[str, frozenset[str]] = {}
                for name, value in parameters(request, profile):
                    by_name[name] = by_name.get(name, frozenset()) | (identifiers_in(value) - common)
                sent._note(loads.of(request), request, by_name)
        return sent

    def _note(self, load: Load | None, request: Request, by_name: dict[str, frozenset[str]]) -> None:
        for token in frozenset[str]().union(*by_name.values()):
            self.times[token] += 1
            if load is not None:
                self.loads[token].add(load)
        for name, tokens in by_name.items():
            self.by_address[_name(request, name)].append((load, tokens))
            self.by_host[request.host, name].append((load, tokens))

    def fresh(self) -> frozenset[str]:
        """Return what was sent once, or with one load alone, under a name that held another value otherwise.

        A service may have an address for each page: what `ENOUGH` of them are told under one name counts as well.
        """
        several = [told for told in self.by_address.values() if len(told) > 1]
        several += [told for told in self.by_host.values() if len(told) >= ENOUGH and all(tokens for _, tokens in told)]
        changing = [told for told in self.by_address.values() if _loads_of(told) > 1]
        changing += [told for told in self.by_host.values() if _loads_of(told) >= ENOUGH]
        once = {token for token in _all_in(several) if self.times[token] == 1}
        return frozenset(once | {token for token in _all_in(changing) if self._is_of_one_load(token)})

    def drawn_anew(self, names: Iterable[tuple[Request, str]], theirs: Sent, kept: Kept) -> frozenset[str]:
        """What one load alone sent, under those of the names that held another value with each load of theirs.

        What they sent with one load alone, and not with a later one, counts too where nothing keeps it. `kept` finds
        what the stores of both hold: whoever keeps a value can tell it again.
        """
        wanted = {_name(request, name) for request, name in names}
        changing = (self.by_address[name] for name in wanted if theirs._changes(name))
        passing = {token for token in _all_in(changing) if self._is_of_one_load(token)}
        ended = [name for name in wanted if theirs._ends(name)]
        told = {token for token in _all_in(self.by_address[name] for name in ended) if self._is_of_one_load(token)}
        theirs_told = {name: frozenset(_all_in([theirs.by_address[name]])) for name in ended}
        held = kept(told.union(*theirs_told.values())) if told else frozenset[str]()
        let_go = [self.by_address[name] for name in ended if held.isdisjoint(theirs_told[name])]
        return frozenset(passing | ({*_all_in(let_go)} & told) - held)

    def told_once(self, tokens: Iterable[str]) -> frozenset[str]:
        """Return those of the identifiers that one load of a page alone has sent."""
        return frozenset(token for token in tokens if self._is_of_one_load(token))

    def _changes(self, name: Name) -> bool:
        told = self.by_address.get(name, [])
        return _loads_of(told) > 1 and all(map(self._is_of_one_load, _all_in([told])))

    def _ends(self, name: Name) -> bool:
        """Return whether each load but the last may have sent something under a name, and no load what another did."""
        told = self.by_address.get(name, [])
        tokens = frozenset(_all_in([told]))
        is_told = bool(told) and all(tokens for _, tokens in told)
        return is_told and all(self._is_of_one_load(one) and self.last not in self.loads[one] for one in tokens)

    def _is_of_one_load(self, token: str) -> bool:
        return len(self.loads[token]) == 1


def _name(request: Request, name: str) -> Name:
    """The address and the name; what differs in an address's path leaves open which address it is."""
    return (_shape(request.url) if name == PATH else place(request.url), name)


def _shape(url: str) -> str:
    """An address with `*` for each segment of its path that holds a digit or an identifier."""
    segments = path_of(url).split("/")
    return host_of(url) + "/".join("*" if _MAY_DIFFER.search(one) or is_identifier(one) else one for one in segments)


def _loads_of(told: Collection[Told]) -> int:
    """Return how many loads there were; 0 where a request of them was told no identifier."""
    return len({load for load, _ in told} - {None}) if all(tokens for _, tokens in told) else 0


def _all_in(told: Iterable[Iterable[Told]]) -> Iterator[str]:
    return (token for each in told for _, tokens in each for token in tokens)
