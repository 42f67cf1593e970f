"""Rules about allowed categories (P21, P22, P23, P24): a category that never works proves nothing.

An absence is a finding only where the profile's `expected` says that the item or request must come: a service may count
without cookies, load on some pages alone, or wait for a click. Otherwise an absence is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from consentinel.evidence.guarded import path_of, without_fragment
from consentinel.evidence.payload import body_of, query_of
from consentinel.evidence.records import HELD, Request, StoredItem
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import categories_of
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.messages import listed
from consentinel.verdicts.sent import purpose_of


def at_work(timeline: Timeline, profile: Profile, category: Category, since: float = 0.0) -> Verdict:
    """A category that was allowed does something: it stores an item, or its service hears from the visitor.

    What the profile expects of the two must have happened.
    """
    stored, heard = _is_stored(timeline, profile, category), _is_heard(timeline, profile, category, since)
    expected = profile.categories[category].expected
    lacks = ["nothing was stored"] if "stored" in expected and not stored else []
    lacks += [f"no {category} service was contacted"] if "sent" in expected and not heard else []
    held = _held(timeline, profile, category, since)
    if lacks:
        statement = f"{category} cookies were allowed, but {listed(lacks)}"
        if held and heard:
            return Verdict(doubts=(f"{statement}: {held}",))
        return on_page(timeline, "not at work", str(category), statement, category)
    if stored or heard:
        return Verdict()
    return Verdict(doubts=(f"nothing of {category} was seen on these pages; {_remedy(category, 'stored')}",))


def all_at_work(timeline: Timeline, profile: Profile, allowed: Iterable[Category], since: float = 0.0) -> Verdict:
    """Each of these categories is at work, but for those of which the profile declares nothing that could be seen.

    Where one is seen at work, another of which nothing was seen is a note: it may wait for another page or for a click.
    """
    tables = profile.categories
    each = tuple(allowed)
    visible = [one for one in each if tables[one].declares_items or tables[one].declares_services]
    if not visible:
        return Verdict(doubts=("the profile declares no item and no service of the categories that were allowed",))
    unnamed = (one for one in each if one not in visible)
    notes = tuple(f"{one} was not judged: the profile declares no item and no service of it" for one in unnamed)
    verdicts = {one: at_work(timeline, profile, one, since) for one in visible}
    unseen = [
        one
        for one in visible
        if not (_is_stored(timeline, profile, one) or _is_heard(timeline, profile, one, since))
        and not verdicts[one].findings
    ]
    if len(unseen) < len(visible):
        verdicts |= {one: Verdict(notes=verdicts[one].doubts) for one in unseen}
    return sum(verdicts.values(), Verdict(notes=notes))


def _is_stored(timeline: Timeline, profile: Profile, category: Category) -> bool:
    return any(category in categories_of(item, profile) for item in _items(timeline))


def _is_heard(timeline: Timeline, profile: Profile, category: Category, since: float) -> bool:
    return any(True for _ in _requests_to(timeline, profile, category, since))


def was_at_work(timeline: Timeline, profile: Profile, categories: Iterable[Category], until: float) -> Verdict:
    """A doubt about each of these categories of which nothing was seen before a moment: it cannot have ended then."""
    items = [item for state in timeline.states if state.at < until for item in state.items]

    def was_seen(category: Category) -> bool:
        heard = any(request.at < until for request in _requests_to(timeline, profile, category, 0.0))
        return heard or any(category in categories_of(item, profile) for item in items)

    unseen = [one for one in categories if not was_seen(one)]
    return Verdict(doubts=tuple(f"nothing of {one} was seen before, so that nothing can have ended" for one in unseen))


def reports_pages(
    timeline: Timeline, profile: Profile, category: Category, pages: Iterable[str], since: float = 0.0
) -> Verdict:
    """The category's service received a request that names each of these pages (P21). `pages` are addresses."""
    counted = {
        _page_in(word) for request in _requests_to(timeline, profile, category, since) for word in _words(request)
    }
    led_to = {(without_fragment(one.asked), one.url) for one in timeline.requests if one.document and one.asked}
    missing = [
        path_of(page)
        for page in pages
        if counted.isdisjoint(map(_page_in, [page, *(url for asked, url in led_to if asked == without_fragment(page))]))
    ]
    if not missing:
        return Verdict()
    return _not_counted(timeline, profile, missing[0], f"the visit to {missing[0]}", category)


def _page_in(address: str) -> str:
    """Return the page that an address names.

    Services write the path with percent signs or letters, and with or without a slash.
    """
    path = unquote(path_of(address))
    return path.rstrip("/") or path


def reports_words(
    timeline: Timeline, profile: Profile, category: Category, what: str, words: Iterable[str], since: float = 0.0
) -> Verdict:
    """The category's service received a request that holds these words (P22)."""
    wanted = list(words)
    for request in _requests_to(timeline, profile, category, since):
        carried = _words(request)
        if wanted and all(any(word in one for one in carried) for word in wanted):
            return Verdict()
    return _not_counted(timeline, profile, what, what, category)


def reports_parameter(
    timeline: Timeline, profile: Profile, category: Category, what: str, pair: tuple[str, str], since: float = 0.0
) -> Verdict:
    """The category's service received this parameter with this value (P22)."""
    for request in _requests_to(timeline, profile, category, since):
        if pair in set(_fields(request)):
            return Verdict()
    return _not_counted(timeline, profile, what, what, category)


def recognised(timeline: Timeline, profile: Profile, category: Category, since: float = 0.0) -> Verdict:
    """A service of the category was sent a cookie of its own: it could recognise the visitor (P23)."""
    if any(request.cookies for request in _requests_to(timeline, profile, category, since)):
        return Verdict()
    statement = f"no {category} service was sent the cookie by which it knows the visitor"
    if held := _held(timeline, profile, category, since):
        return Verdict(doubts=(f"{statement}: {held}",))
    if "sent" not in profile.categories[category].expected:
        return Verdict(doubts=(f"{statement}; {_remedy(category, 'sent')}",))
    return on_page(timeline, "not recognised", str(category), statement, category)


def _held(timeline: Timeline, profile: Profile, category: Category, since: float) -> str:
    """Return why an answer of the category's services cannot have had any effect; empty where it can."""
    hosts = dict.fromkeys(one.host for one in _requests_to(timeline, profile, category, since) if one.altered == HELD)
    return f"what was sent to {listed(list(hosts))} was {HELD}" if hosts else ""


def _not_counted(timeline: Timeline, profile: Profile, name: str, what: str, category: Category) -> Verdict:
    if "sent" not in profile.categories[category].expected:
        return Verdict(doubts=(f"{what} was not seen to be counted; {_remedy(category, 'sent')}",))
    statement = f"{what} was not counted, although {category} cookies are allowed"
    return on_page(timeline, "not counted", name, statement, category)


def _remedy(category: Category, expected: str) -> str:
    return f'if it must be, categories.{category}.expected = ["{expected}"] says so'


def _items(timeline: Timeline) -> Iterable[StoredItem]:
    return timeline.state.items if timeline.state else ()


def _requests_to(timeline: Timeline, profile: Profile, category: Category, since: float = 0.0) -> Iterable[Request]:
    return (
        request
        for request in between(timeline.requests, since)
        if purpose_of(request, profile) is category and (request.status or 0) < 400
    )


def _fields(request: Request) -> Iterable[tuple[str, str]]:
    yield from query_of(request.url)
    yield from body_of(request)


def _words(request: Request) -> list[str]:
    return [value for _, value in _fields(request)] + [request.url]
