"""A verdict: findings, each of which breaks a promise, and doubts, each of which names what could not be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consentinel.evidence.guarded import host_of, path_of
from consentinel.evidence.records import Kind, Request, StoredItem
from consentinel.evidence.signal_records import Maker
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.attribution_text import place, who_sent, who_wrote
from consentinel.verdicts.messages import UNDECLARED, sentence

__all__ = [
    "UNDECLARED",
    "Finding",
    "Verdict",
    "about_answer",
    "about_item",
    "about_request",
    "moment_of",
    "on_page",
    "without_leave",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a promise.

    `rule` names the rule that found it, in a few words. `moment` is the visitor's last action before `at`.
    `written_by` is the script (`url:line`) or the response that wrote or sent it, empty where nobody can be named.
    `sentence` is what a product person reads: it begins with a capital letter and ends without a full stop.
    `breaks` has ids of promises and rules; it breaks the first of them that holds on the site, else its scenario's.
    `maker` is who made the tag whose signal or command it is about; empty where it is about none.
    """

    rule: str
    category: str
    kind: Kind
    name: str
    host: str
    at: float
    moment: str
    written_by: str
    sentence: str
    breaks: tuple[str, ...] = ()
    maker: Maker | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings of one question, and the doubts that keep a clean answer from counting.

    `notes` are for a reader and count for nothing.
    """

    findings: tuple[Finding, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(self.findings + other.findings, self.doubts + other.doubts, self.notes + other.notes)


def on_page(timeline: Timeline, rule: str, name: str, statement: str, category: str = "") -> Verdict:
    """A finding about what a page shows, dated by the visitor's last action."""
    last = timeline.actions[-1] if timeline.actions else None
    host = page = ""
    if timeline.settled:
        page = place(timeline.settled[-1].page)
        host = host_of(page)
    finding = Finding(
        rule=rule,
        category=category,
        kind=Kind.PAGE,
        name=name,
        host=host,
        at=last.at if last else 0.0,
        moment=last.sentence if last else "",
        written_by=page,
        sentence=sentence(statement),
    )
    return Verdict((finding,))


def about_answer(url: str, at: float, rule: str, name: str, statement: str) -> Finding:
    """Return a finding about the page that answers at an address when it is called up without a browser."""
    where, moment = place(url), "calls up the page without scripts"
    return Finding(rule, "", Kind.PAGE, name, host_of(url), at, moment, where, sentence(statement))


def about_request(timeline: Timeline, request: Request, rule: str, category: str, statement: str) -> Finding:
    """Return a finding about a request.

    Its sentence is the statement, and who caused the request where that is known.
    """
    writer = who_sent(timeline, request)
    return Finding(
        rule=rule,
        category=category,
        kind=Kind.REQUEST,
        name=path_of(place(request.url)),
        host=request.host,
        at=request.at,
        moment=moment_of(timeline, request.at),
        written_by=writer,
        sentence=sentence(f"{statement}, caused by {writer}" if writer else statement),
    )


def about_item(
    timeline: Timeline,
    item: StoredItem,
    at: float,
    rule: str,
    category: str,
    statement: str,
    *,
    writer: str = "",
    breaks: tuple[str, ...] = (),
) -> Finding:
    """Return a finding about a stored item. Its sentence is the statement, and who wrote the item where that is known.

    `writer` is who wrote it, empty where that is to be found in the record.
    """
    written_by = writer or who_wrote(timeline, item, at)
    moment, spoken = moment_of(timeline, at), sentence(statement, written_by)
    return Finding(rule, category, item.kind, item.name, item.host, at, moment, written_by, spoken, breaks)


def without_leave(timeline: Timeline, at: float, allowed: str) -> str:
    """Return what makes an undeclared thing's appearance wrong: the visitor had not chosen, or had allowed less."""
    return "before a choice" if timeline.choice_at(at) is None else f"although only {allowed} items were allowed"


def moment_of(timeline: Timeline, at: float) -> str:
    """Return the visitor's last action before `at`, in words; "before the first action" when there was none."""
    action = timeline.action_before(at)
    return action.sentence if action else "before the first action"
