"""One visitor's record, made by hand: what was done, stored, written and sent, on a clock that starts at 0."""

from __future__ import annotations

from typing import Any

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import (
    STORED_KINDS,
    Action,
    Choice,
    Deed,
    Kind,
    Record,
    Request,
    SetCookie,
    Settled,
    Source,
    State,
    StoredItem,
    Value,
    Write,
)
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Profile
from consentinel.verdicts.finding import Finding, Verdict

HOME = "https://www.shop.example/"
SCRIPT = "https://www.shop.example/m.js:12"

PROFILE = Profile.model_validate(
    {
        "site": {"name": "Shop", "base_url": HOME, "hosts": ["*.shop.example"]},
        "partners": ["*.cdn.example", "bing.com"],
        "consent": {"stored": {"name": "choice", "lifetime_days": 180}},
        "categories": {
            "functionality": {
                "label": "Needed",
                "refusable": False,
                "cookies": ["choice", "session", "basket"],
                "local_storage": ["ui"],
            },
            "analytics": {
                "label": "Statistics",
                "expected": ["stored", "sent"],
                "cookies": ["_ga", "_ga_*"],
                "indexed_db": ["buffer"],
                "hosts": ["*.metrics.example"],
                "requests": ["stats.*/*"],
            },
            "social": {
                "label": "Social networks",
                "expected": ["sent"],
                "cookies": ["circle"],
                "hosts": ["*.circle.example"],
            },
            "advertising": {
                "label": "Advertising",
                "cookies": ["_adn", "both"],
                "caches": ["creatives"],
                "hosts": ["*.ads.example"],
            },
        },
        "person": {"emails": ["Ada@example.com"], "names": ["Ada Lovelace"], "phones": ["+44 20 7946 0958"]},
        "limits": {"lifetime_days": 400},
    }
)

BLIND = (Blindness(Kind.REQUEST, "beacons were not seen"), Blindness(Kind.INDEXED_DB, "a planted item was not seen"))


def timeline(*records: Record) -> Timeline:
    return Timeline.of("visitor", "chromium", records)


def visit(at: float = 1.0, sentence: str = "reads article 1", deed: Deed = Deed.OTHER) -> Action:
    return Action(at, sentence, HOME, deed=deed)


def choice(at: float, *granted: str) -> Choice:
    return Choice(at, frozenset(granted))


def rest(at: float = 90.0, **changed: Any) -> Settled:
    return Settled(at, **{"bound": 5.0, "page": HOME, **changed})


def cookie(name: str, value: str = "1", host: str = "shop.example", **more: Any) -> StoredItem:
    return StoredItem(Kind.COOKIE, host, name, Value(value), **more)


def item(kind: Kind, name: str, value: str = "1", host: str = "www.shop.example") -> StoredItem:
    return StoredItem(kind, host, name, Value(value))


def state(at: float, *items: StoredItem, seen: frozenset[Kind] = frozenset(STORED_KINDS)) -> State:
    return State(at, items, seen)


def write(name: str, at: float = 10.0, kind: Kind = Kind.COOKIE, **changed: Any) -> Write:
    value = Value(changed.pop("value", "1"))
    defaults: dict[str, Any] = {"host": "shop.example", "operation": "set", "script": SCRIPT, "frame": HOME}
    return Write(at, kind, name, value=value, **{**defaults, **changed})


def request(url: str, at: float = 10.0, **changed: Any) -> Request:
    defaults: dict[str, Any] = {"method": "GET", "source": Source.WIRE, "page": HOME, "status": 200}
    return Request(at, url, **{**defaults, **changed})


def setting(name: str, value: str = "1", at: float = 10.0, url: str = HOME, **changed: Any) -> Request:
    """A request whose answer sets a cookie."""
    wanted: dict[str, Any] = {"host": "shop.example", "path": "/", "max_age": None, "certain": True, **changed}
    return request(url, at, set_cookies=(SetCookie(name, Value(value), **wanted),))


def only(verdict: Verdict) -> Finding:
    (finding,) = verdict.findings
    return finding
