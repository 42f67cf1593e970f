"""Writes, for a finding, how a person sees it in a browser window of their own: five lines at most.

The lines follow what the visitor did in the scenario. Addresses come from the profile, else from the record; switches
have the names that the profile says the dialog gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from consentinel.evidence.records import Action, Deed, Kind
from consentinel.evidence.timeline import Timeline
from consentinel.report.text import listed
from consentinel.site.classify import party
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Finding
from consentinel.visitor import sitemap
from consentinel.visitor.errors import MissingEntry

LINES = 5
"""How many lines there are at most: where to begin, what to do, and where to look."""

STORES = {
    Kind.COOKIE: "Cookies",
    Kind.LOCAL_STORAGE: "Local storage",
    Kind.SESSION_STORAGE: "Session storage",
    Kind.INDEXED_DB: "IndexedDB",
    Kind.CACHE: "Cache storage",
    Kind.SERVICE_WORKER: "Service workers",
}
"""Where DevTools show a kind, under Application in Chromium and Edge, under Storage in Firefox and Safari."""

_GOES = re.compile(r"(?:visits|reads|looks into|tries to use|calls up) (?:the )?(?P<page>.+)")
_ALLOWS = re.compile(r"allows only (?P<categories>[\w, -]+) cookies")
_RETURNS = re.compile(r"comes back after (?P<time>.+)")
_PLAIN = re.compile(r"a new visitor\b|a visitor who (?:has|is)\b|who has\b")
_ALL = {"accepts": "Accept", "refuses": "Refuse"}
_FURTHER_VERBS = re.compile(r"(?<= and )(presses|closes|escapes|saves|opens|reads|visits)\b")


@dataclass(frozen=True, slots=True)
class _Deed:
    """One thing to do. `address` is where it leads, empty where it leads nowhere else."""

    text: str
    address: str = ""


def by_hand(finding: Finding, timelines: Sequence[Timeline], sentences: Sequence[str], profile: Profile) -> list[str]:
    """Return the lines. `sentences` are those of the scenario, the first of which may say what visitor it is about.

    Empty where nothing is known of what the visitor did.
    """
    timeline = _of(finding, timelines)
    if timeline is None:
        return []
    done = [action for action in timeline.actions if action.at <= finding.at]
    deeds = [_deed(action, timeline, profile) for action in done]
    home = sitemap.address(profile, "home page")
    begin = deeds.pop(0).address if deeds and deeds[0].address else home
    begun = _beginning(begin, done, sentences, finding, profile)
    return [begun, *_shortened([*_lines(deeds)], LINES - 2), _look(finding)]


def _of(finding: Finding, timelines: Sequence[Timeline]) -> Timeline | None:
    """Return the record of the visitor whose last action the finding is dated by."""
    for timeline in timelines:
        action = timeline.action_before(finding.at)
        if action is not None and action.sentence == finding.moment:
            return timeline
    return timelines[0] if len(timelines) == 1 else None


def _beginning(
    address: str, done: Iterable[Action], sentences: Sequence[str], finding: Finding, profile: Profile
) -> str:
    """Return the first line. A private window forgets when it is closed, and lets other sites store nothing."""
    kind = finding.kind
    returns = any(action.deed is Deed.CLOSES_BROWSER for action in done)
    is_elsewhere = kind in STORES and party(finding.host, profile) == "third"
    why = ", since private windows block other sites' cookies" if is_elsewhere and not returns else ""
    window = f"browser profile that is new{why}" if returns or is_elsewhere else "new private window"
    log = ", tick “Preserve log” in Network" if kind is Kind.REQUEST else ""
    special = next((one for one in sentences[:1] if not _PLAIN.match(one)), "")
    like = f", as “{special}”" if special else ""
    return f"Open a {window}{like}; open DevTools (F12){log}, and go to {address}"


def _deed(action: Action, timeline: Timeline, profile: Profile) -> _Deed:
    said = action.sentence
    if goes := _GOES.fullmatch(said):
        return _going(goes["page"], action, timeline, profile)
    if (verb := said.partition(" ")[0]) in _ALL and " all cookies" in said:
        return _Deed(f"{_ALL[verb]} all {said.partition(' all ')[2]} in the site's dialog")
    if allows := _ALLOWS.fullmatch(said):
        return _Deed(f"In the site's dialog switch on only {_labels(allows['categories'], profile)}, and save")
    if back := _RETURNS.fullmatch(said):
        home = sitemap.address(profile, "home page")
        return _Deed(f"Set the computer's clock {back['time']} ahead, and go to {home}")
    return _Deed(_imperative(said))


def _going(page: str, action: Action, timeline: Timeline, profile: Profile) -> _Deed:
    try:
        address = sitemap.address(profile, page)
    except MissingEntry:
        rest = next((one for one in timeline.settled if one.at >= action.at and one.page), None)
        address = place(rest.page) if rest else ""
    return _Deed(f"Go to {address}", address) if address else _Deed(_imperative(action.sentence))


def _labels(categories: str, profile: Profile) -> str:
    tables = {str(key): table.label for key, table in profile.categories.items()}
    return listed(f"“{tables.get(key, key)}”" for key in categories.split(", "))


def _imperative(sentence: str) -> str:
    """`signs in` as an order: `Sign in`."""
    verb, space, rest = sentence.partition(" ")
    rest = _FURTHER_VERBS.sub(lambda found: _bare(found[0]), rest)
    return f"{_bare(verb).capitalize()}{space}{rest}"


def _bare(verb: str) -> str:
    if re.search(r"(ss|sh|ch|x|o)es$", verb):
        return verb[:-2]
    return verb[:-3] + "y" if verb.endswith("ries") else verb.removesuffix("s")


def _lines(deeds: Iterable[_Deed]) -> Iterator[str]:
    """Yield a line for each deed; pages that are visited in a row, and what is done over again, share one."""
    for is_going, group in groupby(deeds, key=lambda deed: bool(deed.address)):
        texts = [deed.address if is_going else deed.text for deed in group]
        once = [text for text, _ in groupby(texts)]
        yield from [f"Go to {listed(once, 'and then')}"] if is_going else once


def _shortened(lines: list[str], limit: int) -> list[str]:
    """Join the shortest neighbours until there are no more lines than that."""
    while len(lines) > limit:
        shortest = min(range(len(lines) - 1), key=lambda number: len(lines[number]) + len(lines[number + 1]))
        second = lines[shortest + 1]
        lines[shortest : shortest + 2] = [f"{lines[shortest]}; then {second[:1].lower()}{second[1:]}"]
    return lines


def _look(finding: Finding) -> str:
    if finding.kind is Kind.REQUEST:
        return f"Look at DevTools → Network, filtered by {finding.host}: requests to {finding.name or '/'}"
    if finding.kind is Kind.FILE:
        listing = "for await (const name of (await navigator.storage.getDirectory()).keys()) console.log(name)"
        return f"Type into DevTools → Console: {listing}; it lists {finding.name.partition('/')[0]} of {finding.host}"
    if store := STORES.get(finding.kind):
        where = f"Application (Firefox: Storage) → {store}"
        return f"Look at DevTools → {where}: {finding.name} of {finding.host}"
    return f"Look at the page. The run found: {finding.sentence}"
