"""Rules about navigation: errors and redirect loops (P06, P14)."""

from __future__ import annotations

from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import Request
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.finding import Verdict, on_page

MOST_DETOURS = 2
"""Redirections after which a page has sent its visitor round in circles."""


def plain_answer(timeline: Timeline) -> Verdict:
    """The page that the visitor's last action called up came without an error or a loop (P14)."""
    asked = [action for action in timeline.actions if "tries" in action.sentence]
    begun = asked[-1].at if asked else 0.0
    documents = [request for request in between(timeline.requests, begun) if _is_document(request)]
    if not documents:
        return on_page(timeline, "no answer", "page", "the page did not answer")
    redirects = sum(1 for request in documents if request.status in (301, 302, 303, 307, 308))
    path = path_of(documents[0].url)
    if redirects > MOST_DETOURS:
        path = path_of(documents[-1].url)
        statement = f"the page {path} sends the visitor round in circles, with {redirects} redirections"
        return on_page(timeline, "redirect loop", path, statement)
    last = documents[-1].status
    if last is None or last >= 500:
        how = "without an answer" if last is None else f"with status {last}"
        return on_page(timeline, "no answer", path, f"the page {path} fails without cookies, {how}")
    return Verdict()


def _is_document(request: Request) -> bool:
    return request.method == "GET" and request.document


def form_answer(timeline: Timeline) -> Verdict:
    """The form that the visitor sent last was answered without an error or a loop (P12)."""
    sent = [action for action in timeline.actions if action.sentence.startswith("sends")]
    documents = [one for one in between(timeline.requests, sent[-1].at) if one.document] if sent else []
    if not documents:
        return Verdict(doubts=("the record shows no page that the form asked for",))
    redirects = sum(1 for request in documents if request.status in (301, 302, 303, 307, 308))
    path, last = path_of(documents[0].url), documents[-1].status
    if redirects > MOST_DETOURS:
        told = f"the form at {path} sends the visitor round in circles, with {redirects} redirections"
        return on_page(timeline, "redirect loop", path, told)
    if last is None or last >= 500:
        how = "without an answer" if last is None else f"with status {last}"
        return on_page(timeline, "no answer", path, f"the form at {path} fails once cookies were removed, {how}")
    return Verdict()
