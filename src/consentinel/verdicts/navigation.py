"""Rules about navigation: errors and redirect loops (P06, P14)."""

from __future__ import annotations

from collections import Counter

from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import Deed, Request
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.loads import REDIRECTS

NO_PAGE = "gets no page"
"""What a visitor does who goes to an address at which no page comes."""

MOST_DETOURS = 2
"""Redirections from one address after which it has sent its visitor round in circles.

A way over several addresses is none: to the secure address, to the host with `www`, to a language, to a sign-in.
"""

LONGEST_WAY = 10
"""Redirections after which a page leads nowhere, whatever their addresses: one may count them in its query."""


def plain_answer(timeline: Timeline) -> Verdict:
    """The page that the visitor's last action called up came without an error or a loop (P14)."""
    asked = [action for action in timeline.actions if action.deed is Deed.TRIES_PAGE]
    documents = [one for one in _documents(timeline, asked[-1].at if asked else 0.0) if one.method == "GET"]
    if not documents:
        if any(action.sentence == NO_PAGE for action in timeline.actions[-1:]):
            return on_page(timeline, "no answer", "page", "the page did not answer")
        return Verdict(doubts=("the record shows no answer of the page: the browser may have kept it",))
    return _answer(timeline, documents, "the page", "without cookies", circling=documents[-1])


def form_answer(timeline: Timeline) -> Verdict:
    """The form that the visitor sent last was answered without an error or a loop (P12)."""
    sent = [action for action in timeline.actions if action.deed is Deed.SENDS_FORM]
    documents = _documents(timeline, sent[-1].at) if sent else []
    if not documents:
        return Verdict(doubts=("the record shows no page that the form asked for",))
    return _answer(timeline, documents, "the form at", "once cookies were removed", circling=documents[0])


def _documents(timeline: Timeline, since: float) -> list[Request]:
    return [request for request in between(timeline.requests, since) if request.is_page]


def _answer(timeline: Timeline, documents: list[Request], what: str, when: str, circling: Request) -> Verdict:
    """Judge the documents that came one after the other. A loop is named by the address of `circling`."""
    left = Counter(request.url for request in documents if request.status in REDIRECTS)
    redirects = left.total()
    if redirects > LONGEST_WAY or max(left.values(), default=0) > MOST_DETOURS:
        path = path_of(circling.url)
        statement = f"{what} {path} sends the visitor round in circles, with {redirects} redirections"
        return on_page(timeline, "redirect loop", path, statement)
    path, last = path_of(documents[0].url), documents[-1].status
    if last is None or last >= 500:
        how = "without an answer" if last is None else f"with status {last}"
        return on_page(timeline, "no answer", path, f"{what} {path} fails {when}, {how}")
    return Verdict()
