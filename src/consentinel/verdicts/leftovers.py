"""Rules about what a session leaves behind: after all cookies were removed, and for the next person (P12, P26)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Deed, Kind
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import categories_of, is_choice
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.carried import is_against_forgery
from consentinel.verdicts.changes import Seen
from consentinel.verdicts.finding import Finding, Verdict, on_page
from consentinel.verdicts.identifiers import identifiers_in, named_in, needles
from consentinel.verdicts.messages import listed, thing
from consentinel.verdicts.observability import about_storage
from consentinel.verdicts.stored import finding_of, first_category
from consentinel.verdicts.stored_values import values_read

_KEEPS = (Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE, Kind.INDEXED_DB, Kind.FILE)


def basket_is_empty(timeline: Timeline, profile: Profile, holds: bool) -> Verdict:
    """The basket holds nothing (P12, P26).

    Removing cookies leaves other stores as they are. A basket that the site may keep in one, by its profile, proves
    nothing.
    """
    if not holds:
        return Verdict()
    statement = "the basket still holds what an earlier visitor put into it"
    return _beside_cookies(timeline, profile, "the basket") or on_page(timeline, "basket left", "basket", statement)


def is_signed_out(timeline: Timeline, profile: Profile, signed_in: bool) -> Verdict:
    """Nobody is signed in any more (P12, P26). A session that may be kept beside cookies proves nothing, as above."""
    if not signed_in:
        return Verdict()
    beside = _beside_cookies(timeline, profile, "the session")
    return beside or on_page(timeline, "still signed in", "sign-in", "the visitor is still signed in")


def _beside_cookies(timeline: Timeline, profile: Profile, what: str) -> Verdict | None:
    """Return a doubt where only cookies were removed and the profile declares a store that may hold the thing."""
    items = timeline.state.items if timeline.state else ()
    kept = [one for one in items if one.kind in _KEEPS and Category.FUNCTIONALITY in categories_of(one, profile)]
    if not kept or any(action.deed is Deed.SIGNS_OUT for action in timeline.actions):
        return None
    names = listed([thing(one.kind, one.name) for one in kept][:3])
    return Verdict(doubts=(f"{what} may be kept in {names}, which removing cookies leaves in place",))


def names_nobody(
    timeline: Timeline, profile: Profile, shown: Mapping[str, str], others: Callable[[], Mapping[str, str]]
) -> Verdict:
    """No page names the person who has signed out (P26). `shown` are pages' words, `others` those that strangers see.

    A word that stands on the page for everybody is nobody's name.
    """
    wanted = needles(profile.person.emails, profile.person.names, profile.person.phones)
    named = {page: what for page, text in shown.items() if (what := named_in(text, wanted))}
    if not named:
        return Verdict()
    for_all = others()
    for page, what in named.items():
        if named_in(for_all.get(page, ""), wanted) != what:
            statement = f"the {page} shows the {what} of the person who has signed out"
            return on_page(timeline, "person still named", what, statement)
    return Verdict()


def nothing_of_the_session(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No cookie holds an identifier that was given while somebody was signed in, after they have signed out (P26).

    A token against forgery protects forms, whoever fills them in.
    """
    begun, ended = _last(timeline, Deed.SIGNS_IN), _last(timeline, Deed.SIGNS_OUT)
    if begun is None or ended is None or ended < begun or timeline.state is None:
        return Verdict(doubts=("the record does not show that somebody signed in and out again",))
    given = _tokens(timeline, begun, ended) - _known(timeline, begun)
    findings: dict[tuple[str, ...], Finding] = {}
    for item in timeline.state.items:
        is_other = item.kind is not Kind.COOKIE or is_choice(item, profile)
        if is_other or is_against_forgery(item.name) or not identifiers_in(item.value.text) & given:
            continue
        statement = "holds what the person who has signed out was recognised by"
        seen = Seen(item, timeline.state.at)
        finding = finding_of(timeline, seen, first_category(item, profile), "session left", statement)
        findings.setdefault(item.key, finding)
    return Verdict(tuple(findings.values()), about_storage(timeline, blind))


def _tokens(timeline: Timeline, begun: float, ended: float) -> frozenset[str]:
    """Return the identifiers that the readings of a span of time show; when something was written recognises nobody."""
    values = values_read(between(timeline.states, begun, ended), since=begun)
    return frozenset(token for one in values for token in identifiers_in(one.item.value.text, one.span))


def _known(timeline: Timeline, until: float) -> frozenset[str]:
    """Return the identifiers that the readings until then show, moments such as that of the first visit included."""
    values = values_read(between(timeline.states, 0.0, until))
    return frozenset(token for one in values for token in identifiers_in(one.item.value.text))


def _last(timeline: Timeline, deed: Deed) -> float | None:
    return next((action.at for action in reversed(timeline.actions) if action.deed is deed), None)
