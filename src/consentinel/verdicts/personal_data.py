"""Rules about naming the visitor (P03): no stored value and no other service knows who somebody is.

A first or last name may be a word that pages tell everybody, as in `max=10`. What a visitor with another device, who
has not said who they are, holds in the same item or tells the same service names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Kind
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Profile
from consentinel.verdicts.anonymity import Others, nobody, of_request
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import carried, is_own
from consentinel.verdicts.finding import Finding, Verdict, about_item
from consentinel.verdicts.identifiers import named_in, needles
from consentinel.verdicts.messages import located
from consentinel.verdicts.observability import about_storage, about_traffic
from consentinel.verdicts.stored import first_category
from consentinel.verdicts.stored_values import stored_values

RULE = "names a person"

_Wanted = tuple[tuple[str, str], ...]
"""What to look for, with what it is, as `needles` gives it."""


def stores_no_personal_data(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], others: Others = nobody
) -> Verdict:
    """No stored value holds the visitor's e-mail address, name or telephone number, decoded or hashed (P03)."""
    person = _Person(profile, others)
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at, writer, _ in stored_values(timeline):
        key, texts = item.key, (item.value.text, item.name)
        what = "" if key in findings else person.named_in_item(item.kind, item.name, texts)
        if what:
            statement = f"{located(item)} holds the visitor's {what}"
            findings[key] = about_item(
                timeline, item, at, RULE, first_category(item, profile), statement, writer=writer
            )
    return Verdict(tuple(findings.values()), about_storage(timeline, blind))


def sends_no_personal_data(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0, others: Others = nobody
) -> Verdict:
    """No other service received personal data of the visitor, in an address, a body or a cookie (P03)."""
    person = _Person(profile, others)
    findings: dict[str, Finding] = {}
    for request in between(timeline.requests, since):
        if request.host in findings or is_own(request.host, profile):
            continue
        what = person.told_to(request.host, tuple(carried(request)))
        if what:
            statement = (
                f"the service at {request.host} was told the visitor's {what}: {request.method} {place(request.url)}"
            )
            findings[request.host] = of_request(timeline, profile, request, RULE, statement)
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


class _Person:
    """What names the visitor. `others` is asked once something does."""

    def __init__(self, profile: Profile, others: Others) -> None:
        self._wanted = needles(profile.person.emails, profile.person.names, profile.person.phones)
        self._others = others

    @cached_property
    def _theirs(self) -> Timeline:
        return self._others()

    def named_in_item(self, kind: Kind, name: str, texts: Iterable[str]) -> str:
        """Return what of the visitor these texts of an item hold, and nobody else's item of this name does."""
        if not (what := _named(texts, self._wanted)):
            return what
        theirs = (one.item for one in stored_values(self._theirs) if (one.item.kind, one.item.name) == (kind, name))
        return _named(texts, self._without([text for item in theirs for text in (item.value.text, item.name)]))

    def told_to(self, host: str, texts: Iterable[str]) -> str:
        """Return what of the visitor these texts hold, and nobody else tells this host."""
        if not (what := _named(texts, self._wanted)):
            return what
        theirs = [text for request in self._theirs.requests if request.host == host for text in carried(request)]
        return _named(texts, self._without(theirs))

    def _without(self, texts: Iterable[str]) -> _Wanted:
        listed = list(texts)
        return tuple(pair for pair in self._wanted if not _named(listed, (pair,)))


def _named(texts: Iterable[str], wanted: _Wanted) -> str:
    return next((found for text in texts if (found := named_in(text, wanted))), "")
