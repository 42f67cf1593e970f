"""Values that an address gets anew with each request, or with each load of a page: nonces, signatures, traces.

They tell requests apart, and no visitors. That a value changes with the load shows where two loads sent different ones,
or where one load alone sent it and nothing keeps it. By chance one of the values may be too plain for an identifier.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from consentinel.evidence.guarded import host_of, path_of
from consentinel.evidence.payload import HOST, PATH
from consentinel.evidence.records import Request
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import parameters
from consentinel.verdicts.cores import tokens_in
from consentinel.verdicts.decimals import without_computed
from consentinel.verdicts.identifiers import is_identifier
from consentinel.verdicts.loads import Load, Loads

Kept = Callable[[Collection[str]], frozenset[str]]
"""Returns those of some identifiers that are kept on a device."""

ENOUGH = 3
"""Addresses of a service that got another value each under one name, from which on the value is taken to change."""

SHORTER = 3
"""Digits that a number may be shorter by than another one of its kind: one random number in a thousand is."""

_MAY_DIFFER = re.compile(r"\d")
_WHOLE = re.compile(r"\d{5,}")
_BROKEN = re.compile(r"\d+\.\d+")
_NUMBER = re.compile(r"\d{5,}|\d+\.\d+")

Name = tuple[str, str]
"""An address, or a host alone, and the name of a parameter of it. Of a part of the path, the address is a shape."""


class Told(NamedTuple):
    """What a parameter of a request held."""

    load: Load | None
    """With which load the request was sent; None where that is not known."""
    tokens: frozenset[str]
    """The identifiers in it."""
    plain: frozenset[str] = frozenset()
    """The numbers that it held and that are too short for one."""


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
                sent._note(request, _told_by(request, profile, loads.of(request), common))
        sent._give_loads()
        return sent

    def _note(self, request: Request, by_name: dict[str, Told]) -> None:
        for token in frozenset[str]().union(*(told.tokens for told in by_name.values())):
            self.times[token] += 1
        for name, told in by_name.items():
            self.by_address[_name(request, name)].append(told)
            self.by_host[_without_marks(request.host, ".") if name == HOST else request.host, name].append(told)

    def _give_loads(self) -> None:
        """Note with which loads each identifier was sent, once all requests are known."""
        for told in (*self.by_address.values(), *self.by_host.values()):
            told[:] = _with_last_words(told)
        for told in self.by_address.values():
            for one in told:
                if one.load is not None:
                    for token in one.tokens:
                        self.loads[token].add(one.load)

    def fresh(self) -> frozenset[str]:
        """Return what was sent once, or with one load alone, under a name that held another value otherwise.

        A service may have an address for each page: what `ENOUGH` of them are told under one name counts as well.
        """
        several = [told for told in self.by_address.values() if len(told) > 1]
        several += [told for told in self.by_host.values() if len(told) >= ENOUGH and all(one.tokens for one in told)]
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

    def replaced(self, names: Iterable[tuple[Request, str]], others: Iterable[Sent]) -> frozenset[str]:
        """What was sent under those of the names under which one of the others sent nothing that no other one did.

        So it is with what a page shows to whoever comes at one time, such as the number of its newest article: this
        visitor has sent an earlier one. `others` lack what this visitor has sent.
        """
        everybody = tuple(others)
        found = set[str]()
        for name in {_name(request, name) for request, name in names}:
            told = [frozenset(_all_in([other.by_address.get(name, ())])) for other in everybody]
            times = Counter(token for tokens in told for token in tokens)
            if any(tokens and all(times[token] > 1 for token in tokens) for tokens in told):
                found.update(_all_in([self.by_address[name]]))
        return frozenset(found)

    def told_once(self, tokens: Iterable[str]) -> frozenset[str]:
        """Return those of the identifiers that one load of a page alone has sent."""
        return frozenset(token for token in tokens if self._is_of_one_load(token))

    def computed(self, kept: Kept) -> frozenset[str]:
        """Return the numbers that scripts computed, such as how long a page took, which nothing keeps.

        Whoever has a number for a visitor's keeps it, or sends it with each load: two readings of a coarse clock may
        be the same by chance.
        """
        numbers = {token for token in self.times if not is_identifier(without_computed(token))}
        varying = (told for told in self.by_address.values() if _loads_of(told) > 1)
        several = {token for told in varying if len(each := {*_all_in([told])} & numbers) > 1 for token in each}
        passing = self.told_once(numbers) | several
        return passing - kept(passing) if passing else passing

    def _changes(self, name: Name) -> bool:
        told = self.by_address.get(name, [])
        return _loads_of(told) > 1 and all(map(self._is_of_one_load, _all_in([told])))

    def _ends(self, name: Name) -> bool:
        """Return whether each load but the last may have sent something under a name, and no load what another did."""
        told = self.by_address.get(name, [])
        tokens = frozenset(_all_in([told]))
        is_told = bool(told) and all(one.tokens for one in told)
        return is_told and all(self._is_of_one_load(one) and self.last not in self.loads[one] for one in tokens)

    def _is_of_one_load(self, token: str) -> bool:
        return len(self.loads[token]) == 1


def _name(request: Request, name: str) -> Name:
    """The address and the name; what differs in an address's path or host leaves open which address it is."""
    if name == HOST:
        return _without_marks(request.host, "."), name
    return (_shape(request.url) if name == PATH else place(request.url), name)


def _shape(url: str) -> str:
    """An address with `*` for each segment of its path that holds a digit or an identifier."""
    return host_of(url) + _without_marks(path_of(url), "/")


def _without_marks(text: str, between: str) -> str:
    """A text with `*` for each of its parts that holds a digit or an identifier."""
    parts = text.split(between)
    return between.join("*" if _MAY_DIFFER.search(one) or is_identifier(one) else one for one in parts)


def _with_last_words(told: Iterable[Told]) -> list[Told]:
    """Return the same with what a page said on being left given back to it, where the browser named the next page.

    The next page repeats it before anything of its own, and then says something else.
    """
    mended: list[Told] = []
    following: list[Told] = list(told)
    for number, one in enumerate(following):
        before = next((other for other in reversed(mended) if other.load is not None), one)
        is_repeated = one.load not in (None, before.load) and one.tokens and one.tokens <= before.tokens
        own = (other.tokens for other in following[number:] if other.load == one.load and other.tokens)
        is_last_word = is_repeated and any(not tokens & before.tokens for tokens in own)
        mended.append(one._replace(load=before.load) if is_last_word else one)
    return mended


def _loads_of(told: Collection[Told]) -> int:
    """Return how many loads have sent an identifier, or a number that may well be another one in its place."""
    tokens = frozenset(_all_in([told]))
    loads = {one.load for one in told if one.tokens or any(_is_alike(*pair) for pair in product(one.plain, tokens))}
    return len(loads - {None})


def _is_alike(number: str, token: str) -> bool:
    """Return whether a number and an identifier may be two numbers of one kind, of which the one is the longer."""
    if _WHOLE.fullmatch(number) and _WHOLE.fullmatch(token):
        return len(token) - len(number) <= SHORTER
    return bool(_BROKEN.fullmatch(number) and _BROKEN.fullmatch(token))


def _told_by(request: Request, profile: Profile, load: Load | None, common: frozenset[str]) -> dict[str, Told]:
    """Return what a request held under each name, but for the identifiers that are `common` to two visitors."""
    found: dict[str, Told] = {}
    for name, value in parameters(request, profile):
        told, tokens = found.get(name, Told(load, frozenset())), tokens_in(value)
        plain = frozenset() if tokens or not _NUMBER.fullmatch(value) else frozenset([value])
        found[name] = Told(load, told.tokens | (tokens - common), told.plain | plain)
    return found


def _all_in(told: Iterable[Iterable[Told]]) -> Iterator[str]:
    return (token for each in told for one in each for token in one.tokens)
