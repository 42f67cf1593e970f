"""The positive control: before a browser's first verdict, plant one item of each kind and see that it is recorded.

A recorder that misses a kind here may miss it on the site as well. So verdicts that rest on that kind are inconclusive,
never passed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from consentinel.browser.errors import BrowserError
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.guarded import host_of, path_of, query_of
from consentinel.evidence.records import STORED_KINDS, Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Profile
from consentinel.verdicts.travelling import shows_kept_page
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.movement import Movement
from consentinel.visitor.places import VisitorPlaces
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor

FIRST = "control.localhost"
THIRD = "guest.localhost"

MEANS = ("fetch", "image", "socket", "from-worker", "beacon")
"""The means of sending that the control page tries; the last path segment of each request."""

PRIVACY_CONTROL = "/plant/privacy-control"
ASKING = ("a page", "a worker", "a frame of another site")
"""Where the control page has scripts look at Global Privacy Control, and sends what they see."""

SEEN_LIMIT = 3.0
"""Seconds that the last of the planted requests may take to be seen."""

_WORDS = {
    "fetch": "requests by script",
    "image": "images",
    "socket": "sockets",
    "from-worker": "requests of service workers",
    "beacon": "beacons on leaving a page",
}

_COOKIES = ("plant_http", "plant_script")
"""One that the server sets, HttpOnly, and one that a script sets."""

# A third party's service worker needs storage access in every engine; sites cannot plant one unseen there.
_THIRD_KINDS = tuple(kind for kind in STORED_KINDS if kind is not Kind.SERVICE_WORKER)


@dataclass(slots=True)
class PositiveControls:
    """The controls of a run: one for each set-up of a browser. `port` is the embedded server's."""

    profile: Profile
    port: int
    found: dict[BrowserSpec, tuple[Blindness, ...]] = field(default_factory=dict)
    asked: dict[BrowserSpec, tuple[str, ...]] = field(default_factory=dict)

    def of(self, resources: Resources) -> tuple[Blindness, ...]:
        """Return what this set-up does not show, found out when it is first asked for."""
        if resources.spec not in self.found:
            self.found[resources.spec] = Control(resources, self.profile, self.port).blindness()
        return self.found[resources.spec]

    def of_privacy_control(self, resources: Resources) -> tuple[str, ...]:
        """Return where a browser that shall ask sites not to sell or share does not ask, as doubts."""
        if resources.spec not in self.asked:
            self.asked[resources.spec] = Control(resources, self.profile, self.port).unasked()
        return self.asked[resources.spec]


@dataclass(slots=True)
class Control:
    """Plants items with one set-up of a browser, and looks for them. `port` is the embedded server's."""

    resources: Resources
    profile: Profile
    port: int

    def _visitor(self) -> Visitor:
        """Return a visitor of the control page alone, who takes no place at the site."""
        resources = replace(self.resources, screenshots=None, horizon=0.0, places=VisitorPlaces())
        return Visitor("control", resources, self.profile)

    def blindness(self) -> tuple[Blindness, ...]:
        """Return what this browser did not show; empty when it shows everything."""
        visitor = self._visitor()
        try:
            url = f"https://{FIRST}:{self.port}/plant?third=1&run={secrets.token_hex(4)}"
            visitor.visit(url, "visits the control page")
            planted = visitor.timeline
            visitor.leave_site("leaves the control page")
            # A busy machine may be slow to send; what is blind does not see it however long one waits.
            visitor.recorder.wait_for(lambda: not list(_unseen_requests(visitor.timeline)), SEEN_LIMIT)
            browser = str(visitor.browser.engine)
            missing = (*unseen(planted, visitor.timeline), *self._unkept(visitor))
            return tuple(replace(one, browser=browser) for one in missing)
        finally:
            visitor.leave()

    def _unkept(self, visitor: Visitor) -> tuple[Blindness, ...]:
        """Return whether the browser keeps a page that was left and shows it again, as visitors' browsers do."""
        try:
            for name in ("first", "second"):
                visitor.context.navigate(f"https://{FIRST}:{self.port}/plant/kept/{name}")
            Movement(visitor).go(-1, "goes back")
        except (SiteUnavailable, BrowserError) as error:
            return (Blindness(Kind.PAGE, f"no page could be gone back to: {error}", aspect=Aspect.RETURN),)
        if shows_kept_page(visitor.timeline):
            return ()
        reason = "a page that was left was not kept for going back, but loaded anew"
        return (Blindness(Kind.PAGE, reason, aspect=Aspect.RETURN),)

    def unasked(self) -> tuple[str, ...]:
        """Return where Global Privacy Control is not sent, or not shown to scripts.

        It is empty where both hold everywhere.
        """
        visitor = self._visitor()
        try:
            url = f"https://{FIRST}:{self.port}/privacy-control?third=1&run={secrets.token_hex(4)}"
            visitor.visit(url, "visits the control page")
            visitor.recorder.wait_for(lambda: not unasked(visitor.timeline), SEEN_LIMIT)
            return unasked(visitor.timeline)
        finally:
            visitor.leave()


def unasked(timeline: Timeline) -> tuple[str, ...]:
    """Return what the control page's record lacks of a browser that asks sites not to sell or share, as doubts."""
    asked = {}
    for request in timeline.requests:
        fields = dict(query_of(request.url))
        if path_of(request.url) == PRIVACY_CONTROL and fields.get("where") in ASKING:
            asked[fields["where"]] = (request.asks_for_privacy, fields.get("gpc") == "true")
    doubts = []
    for where in ASKING:
        header, shown = asked.get(where, (False, False))
        if not (header and shown):
            lacking = "sends no Sec-GPC" if not header else "does not show globalPrivacyControl to scripts"
            doubts.append(f"{timeline.browser} {lacking} in {where}, so it did not ask for what is judged here")
    return tuple(doubts)


def unseen(planted: Timeline, left: Timeline) -> tuple[Blindness, ...]:
    """Return what the record lacks of what was planted.

    The record `planted` ends on the control page, and `left` after it was left.
    """
    return (*_unseen_items(planted), *_unseen_terms(planted), *_unseen_writes(planted), *_unseen_requests(left))


def _unseen_items(timeline: Timeline) -> Iterator[Blindness]:
    for host, kinds, party in ((FIRST, STORED_KINDS, "first"), (THIRD, _THIRD_KINDS, "third")):
        for kind in kinds:
            if kind is Kind.FILE and not _says_that_a_file_is_there(timeline, host):
                continue
            wanted = set(_COOKIES) if kind is Kind.COOKIE else {"plant"}
            names = {item.name for item in _planted(timeline, host) if item.kind is kind}
            if not all(any(one in name for name in names) for one in wanted):
                reason = f"a planted item of the {party} party was not seen"
                yield Blindness(kind, reason, third_party=party == "third")


def _unseen_terms(timeline: Timeline) -> Iterator[Blindness]:
    for host, party in ((FIRST, "first"), (THIRD, "third")):
        cookies = [item for item in _planted(timeline, host) if item.kind is Kind.COOKIE]
        if any(cookie.expires is None for cookie in cookies):
            reason = f"the term of a planted cookie of the {party} party was not seen"
            yield Blindness(Kind.COOKIE, reason, third_party=party == "third", aspect=Aspect.TERM)


def _unseen_writes(timeline: Timeline) -> Iterator[Blindness]:
    for kind in STORED_KINDS:
        if kind is Kind.FILE and not _says_that_a_file_is_there(timeline, FIRST):
            continue
        if not any(write.kind is kind and host_of(write.frame) == FIRST for write in timeline.writes):
            yield Blindness(kind, "a script's writing was not seen, only what it left", aspect=Aspect.WRITE)


def _says_that_a_file_is_there(timeline: Timeline, host: str) -> bool:
    """Return whether the control page could keep a file: not every browser lets it."""
    return any(request.host == host and path_of(request.url) == "/plant/file" for request in timeline.requests)


def _planted(timeline: Timeline, host: str) -> Iterator[StoredItem]:
    items = timeline.state.items if timeline.state else ()
    return (item for item in items if item.host == host and "plant" in item.name)


def _unseen_requests(timeline: Timeline) -> Iterator[Blindness]:
    seen = {path_of(request.url).rpartition("/")[2] for request in timeline.requests if request.host == FIRST}
    for means in MEANS:
        if means not in seen:
            yield Blindness(Kind.REQUEST, f"{_WORDS[means]} were not seen")
