"""Says what a cause of several parts is: who is at work and when, in a sentence, and what they store, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consentinel.report.history.names import without_line
from consentinel.report.parts import Part, Sighting
from consentinel.report.schema import CauseData, FindingData, ScenarioData
from consentinel.report.text import count, listed, plain

_LONGEST = 160
_SHOWN = 12
"""How many names of a kind a list holds at most."""

_KINDS = {
    "cookie": "cookie",
    "local_storage": "local storage entry",
    "session_storage": "session storage entry",
    "indexed_db": "database",
    "cache": "cache",
    "service_worker": "service worker",
    "file": "file in the browser",
}
_ORDER = {kind: number for number, kind in enumerate(_KINDS.values())}
_MANY = {"local storage entry": "local storage entries", "session storage entry": "session storage entries"}


def at_work(origin: str, found: Sequence[Part], *, undeclared: bool) -> str:
    """Return the sentence of a cause with several parts, without a full stop. `origin` is who is behind all of them."""
    who, category = plain(origin, _LONGEST), plain(found[0].first["category"], 40)
    hosts = dict.fromkeys(part.item["host"] for part in found if part.is_contact)
    heard, called = origin in hosts, [plain(one, _LONGEST) for one in hosts if one != origin]
    when = _when([one for part in found for one in part.sightings])
    items = listed(count(len(names), kind, _MANY.get(kind, "")) for kind, names in _stored(found))
    deeds = ["hears from the visitor"] if heard else []
    deeds += [f"calls {called[0] if len(called) == 1 else count(len(called), 'other host')}"] if called else []
    deeds += [f"stores {items}"] if items else []
    by = _by(found)
    if undeclared and hosts:
        before = " before a choice" if _BEFORE in when else ""
        return f"The service at {who} is in no category of the policy, and is at work{before}: it {listed(deeds)}{by}"
    if undeclared:
        return f"The service at {who} stores what is in no category of the policy: {items}{by}"
    if "/" in origin:
        return f"The script {who} is at work for {category} {when}: it {listed(deeds)}"
    return f"The {category} service at {who} is at work {when}: it {listed(deeds)}{by}"


def things(cause: CauseData) -> list[tuple[str, list[str]]]:
    """Return what a cause of several parts consists of: kinds in words, each with names; empty for a single part."""
    found = cause.get("parts", [])
    return named((one["kind"], one["name"], one["host"]) for one in found) if len(found) > 1 else []


def named(items: Iterable[tuple[str, str, str]]) -> list[tuple[str, list[str]]]:
    """Return items, given by kind, name and host, as kinds in words, each with its names; requests with hosts."""
    found = list(items)
    kinds = _by_kind((kind, name) for kind, name, _ in found if name)
    hosts = list(dict.fromkeys(host for _, name, host in found if not name))
    words = [(kind if len(names) == 1 else _plural(kind), _cut(names)) for kind, names in kinds]
    return [*words, ("requests to", _cut(hosts))] if hosts else words


def authors(cause: CauseData) -> list[str]:
    """Return who wrote or sent it; of several parts without lines, and without the script that the sentence names."""
    if len(cause.get("parts", [])) < 2:
        return cause["written_by"]
    places = dict.fromkeys(map(without_line, cause["written_by"]))
    return [one for one in places if f"written by {plain(one, _LONGEST)}" not in cause["sentence"]]


def things_in_words(cause: CauseData) -> str:
    """Return the same as one line of text."""
    return "; ".join(f"{kind} {', '.join(plain(name, 80) for name in names)}" for kind, names in things(cause))


def _stored(found: Iterable[Part]) -> list[tuple[str, list[str]]]:
    return _by_kind((part.item["kind"], part.item["name"]) for part in found if not part.is_contact)


def _by_kind(items: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return the names of each kind, each once, whichever rules and hosts they concern. Pages come last."""
    found: dict[str, list[str]] = {}
    for kind, name in sorted(set(items)):
        found.setdefault(_KINDS.get(kind, kind.replace("_", " ")), []).append(name)
    return sorted(found.items(), key=lambda pair: _ORDER.get(pair[0], len(_ORDER)))


def _plural(kind: str) -> str:
    return _MANY.get(kind, f"{kind}s")


def _cut(names: list[str]) -> list[str]:
    return names if len(names) <= _SHOWN else [*names[:_SHOWN], f"and {len(names) - _SHOWN} more"]


def _by(found: Iterable[Part]) -> str:
    """Name the script that wrote all items, where it is one."""
    items = [part for part in found if not part.is_contact and part.author]
    if not items or len({part.author for part in items}) > 1 or "/" not in items[0].author:
        return ""
    return f"; written by {plain(without_line(items[0].first['written_by']), _LONGEST)}"


_BEFORE = "before a choice"
_AFTER = "although a choice did not allow it"


def _when(sightings: Iterable[Sighting]) -> str:
    """Say whether it was seen before a choice, after one, or both; neither where no record tells."""
    seen = {_moment(finding, scenario) for finding, scenario in sightings}
    return listed(one for one in (_BEFORE, _AFTER) if one in seen) or "without consent"


def _moment(finding: FindingData, scenario: ScenarioData) -> str:
    """Tell before or after a choice a finding was; empty where the choice was made, or removed, in the same step."""
    run = [step for step in scenario["steps"] if step["outcome"] != "not run"]
    begun = [step["granted"] for step in run if step["at"] <= finding["at"]]
    before, granted = [None, None, *begun][-2:]
    if (before is None) is not (granted is None):
        return ""
    return _BEFORE if granted is None else _AFTER
