"""Rules about what must happen once it is allowed (P21, P22, P23, P24): a category that never works proves nothing."""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.evidence.guarded import fields_of, path_of, query_of
from consentinel.evidence.records import Request, StoredItem
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import categories_of
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.messages import listed
from consentinel.verdicts.sent import purpose_of


def at_work(timeline: Timeline, profile: Profile, category: Category, since: float = 0.0) -> Verdict:
    """A category that was allowed does something: it stores an item and its service hears from the visitor."""
    stored = any(category in categories_of(item, profile) for item in _items(timeline))
    heard = any(True for _ in _told(timeline, profile, category, since))
    if stored and heard:
        return Verdict()
    lacks = [] if stored else ["nothing was stored"]
    lacks += [] if heard else [f"no {category} service was contacted"]
    told = f"{category} cookies were allowed, but {listed(lacks)}"
    return on_page(timeline, "not at work", str(category), told, category)


def told_of_pages(
    timeline: Timeline, profile: Profile, category: Category, pages: Iterable[str], since: float = 0.0
) -> Verdict:
    """The category's service was told of each of these pages (P21). `pages` are addresses."""
    told = {path_of(word) for request in _told(timeline, profile, category, since) for word in _words(request)}
    missing = [path for path in map(path_of, pages) if path not in told]
    if not missing:
        return Verdict()
    return _not_counted(timeline, missing[0], f"the visit to {missing[0]}", category)


def told_of(
    timeline: Timeline, profile: Profile, category: Category, what: str, words: Iterable[str], since: float = 0.0
) -> Verdict:
    """The category's service was told of something that shows in these words (P22)."""
    wanted = list(words)
    for request in _told(timeline, profile, category, since):
        carried = _words(request)
        if wanted and all(any(word in one for one in carried) for word in wanted):
            return Verdict()
    return _not_counted(timeline, what, what, category)


def told_parameter(
    timeline: Timeline, profile: Profile, category: Category, what: str, pair: tuple[str, str], since: float = 0.0
) -> Verdict:
    """The category's service was told this parameter with this value (P22)."""
    for request in _told(timeline, profile, category, since):
        if pair in set(_fields(request)):
            return Verdict()
    return _not_counted(timeline, what, what, category)


def recognised(timeline: Timeline, profile: Profile, category: Category, since: float = 0.0) -> Verdict:
    """A service of the category was sent a cookie of its own: it could recognise the visitor (P23)."""
    if any(request.cookies for request in _told(timeline, profile, category, since)):
        return Verdict()
    told = f"no {category} service was sent the cookie by which it knows the visitor"
    return on_page(timeline, "not recognised", str(category), told, category)


def _not_counted(timeline: Timeline, name: str, what: str, category: Category) -> Verdict:
    told = f"{what} was not counted, although {category} cookies are allowed"
    return on_page(timeline, "not counted", name, told, category)


def _items(timeline: Timeline) -> Iterable[StoredItem]:
    return timeline.state.items if timeline.state else ()


def _told(timeline: Timeline, profile: Profile, category: Category, since: float = 0.0) -> Iterable[Request]:
    return (
        request
        for request in between(timeline.requests, since)
        if purpose_of(request, profile) is category and (request.status or 0) < 400
    )


def _fields(request: Request) -> Iterable[tuple[str, str]]:
    yield from query_of(request.url)
    for line in request.body.text.splitlines():
        yield from fields_of(line)


def _words(request: Request) -> list[str]:
    return [value for _, value in _fields(request)] + [request.url]
