"""Reads what TC strings said of a visitor's choice, and when: by pages' APIs, by requests, and by what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consentinel.evidence.guarded import host_of, without_fragment
from consentinel.evidence.records import Kind, Request, StoredItem
from consentinel.evidence.signal_records import ConsentString
from consentinel.evidence.tcf import NOBODY, Transparency, decoded, says_elsewhere, strings_of
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.attribution_text import place, who_wrote
from consentinel.verdicts.finding import Finding, about_request, moment_of
from consentinel.verdicts.messages import listed, sentence, thing

CONSENT_ALONE = frozenset({3, 4, 5, 6})
"""The purposes for which no legitimate interest counts since TCF 2.2: profiles, personal advertising and content."""

UNREADABLE = "a TC string was sent that cannot be read: it is damaged, or of a version before 2"
NO_STRING = "no TC string was seen, although the profile says that the site uses them"
ELSEWHERE = "the site takes the visitor for one from elsewhere: it says that the GDPR does not apply"

NOTHING = Transparency(0, NOBODY, NOBODY, NOBODY, NOBODY, None)
"""What a page says whose API has no string yet, and a request that names no string."""

_STORES = (Kind.COOKIE, Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a string said, at a moment in seconds since the epoch, and the record that held it."""

    at: float
    string: Transparency
    by: ConsentString | Request | StoredItem

    @property
    def source(self) -> tuple[str, ...]:
        """Who said it: a page, the requests to a host, or an item."""
        match self.by:
            case ConsentString():
                return ("page", without_fragment(self.by.frame))
            case Request():
                return ("request", self.by.host)
        return (str(self.by.kind), self.by.host, self.by.name)


def everything_said(timeline: Timeline, since: float) -> Iterator[Said]:
    """Yield all strings that can be read: those of pages, then of requests, then of storage at each reading."""
    yield from spoken(timeline, since)
    for request in between(timeline.requests, since):
        for text in strings_of(request):
            if string := decoded(text):
                yield Said(request.at, string, request)
    for state in between(timeline.states, since):
        yield from stored(state.items, state.at)


def spoken(timeline: Timeline, since: float) -> Iterator[Said]:
    """Yield what pages' APIs said, also that they have no string yet."""
    for one in between(timeline.strings, since):
        string = decoded(one.text.text) if one.text.text else NOTHING
        if one.api == "tcf" and string:
            yield Said(one.at, string, one)


def in_force(timeline: Timeline, since: float) -> list[Said]:
    """Return what pages' APIs said since a moment.

    Where none said anything, it is what the page that is still open said before. The pages of one document take each
    other's place, and its API says nothing anew.
    """
    said = list(spoken(timeline, since))
    if said:
        return said
    loaded = max((request.at for request in timeline.requests if request.is_page), default=0.0)
    return list(spoken(timeline, loaded))[-1:]


def stored(items: Sequence[StoredItem], at: float) -> Iterator[Said]:
    """Yield the stored items whose value is a string."""
    for item in items:
        string = decoded(item.value.text) if item.kind in _STORES else None
        if string:
            yield Said(at, string, item)


def doubts(timeline: Timeline, since: float) -> tuple[str, ...]:
    """Return why silence would prove nothing: unreadable strings, none at all, or a law that is said not to apply."""
    requests = between(timeline.requests, since)
    api = [one.applies for one in between(timeline.strings, since) if one.api == "tcf"]
    texts = [text for request in requests for text in strings_of(request)]
    found: list[str] = []
    if any(decoded(text) is None for text in texts):
        found.append(UNREADABLE)
    if False in api or (True not in api and any(map(says_elsewhere, requests))):
        found.append(ELSEWHERE)
    if not api and not any(True for _ in everything_said(timeline, since)):
        found.append(NO_STRING)
    return tuple(found)


def beyond(string: Transparency, other: Transparency) -> Transparency:
    """Return what a string says more than another one does."""
    return replace(
        string,
        purposes=string.purposes - other.purposes,
        interests=string.interests - other.interests,
        vendors=string.vendors - other.vendors,
        vendor_interests=string.vendor_interests - other.vendor_interests,
        features=string.features - other.features,
        publisher=string.publisher - other.publisher,
    )


def consented(string: Transparency, objected: frozenset[int] = NOBODY) -> str:
    """Return what a string says that only a visitor's consent may make it say; empty for nothing.

    `objected` are the purposes that the visitor has objected to: no legitimate interest in them is left.
    """
    interests = string.interests & (CONSENT_ALONE | objected)
    parts = [f"consent for {numbered('purpose', string.purposes)}"] if string.purposes else []
    parts += [f"consent for {numbered('vendor', string.vendors)}"] if string.vendors else []
    parts += [f"consent for {numbered('special feature', string.features)}"] if string.features else []
    parts += [f"the publisher's own consent for {numbered('purpose', string.publisher)}"] if string.publisher else []
    parts += [f"a legitimate interest in {numbered('purpose', interests)}"] if interests else []
    return listed(parts)


def numbered(what: str, numbers: frozenset[int]) -> str:
    """Numbers as a person names them: `purposes 1, 3 and 4`; many are counted."""
    if len(numbers) > 11:
        return f"{len(numbers)} {what}s"
    return f"{what}{'s' if len(numbers) > 1 else ''} {listed([str(one) for one in sorted(numbers)])}"


def finding_of(timeline: Timeline, said: Said, what: str) -> Finding:
    """Return a finding about a string. `what` completes "… was told of" or "… says"."""
    rule, by = "told of consent by a TC string", said.by
    match by:
        case ConsentString():
            kind, name, host, writer = Kind.PAGE, "TC string", host_of(by.frame), place(by.frame)
            statement = f"the TC string of the page {writer} says: {what}"
        case Request():
            statement = f"the service at {by.host} was told of {what}: {by.method} {place(by.url)}"
            return about_request(timeline, by, rule, "", statement)
        case StoredItem():
            kind, name, host, writer = by.kind, by.name, by.host, who_wrote(timeline, by, said.at)
            statement = f"the TC string in {thing(by.kind, by.name)} says: {what}"
    return Finding(rule, "", kind, name, host, said.at, moment_of(timeline, said.at), writer, sentence(statement))
