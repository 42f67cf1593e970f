"""The verdict in one sentence, and the summary that a CI service shows on a run's page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from consentinel.report.cause_words import things_in_words
from consentinel.report.causes import GROUPS, by_finding, seen_in
from consentinel.report.promises import (
    ORDER,
    TESTED,
    PromiseAnswer,
    State,
    answers,
    parted,
    unassigned,
    verdict,
)
from consentinel.report.repeat import disagreements
from consentinel.report.schema import CauseData, RunData
from consentinel.report.text import (
    browser,
    count,
    listed,
    plain,
    seconds,
)

_SHOWN = 20


def sentence(run: RunData) -> str:
    """Return the verdict in one sentence."""
    return verdict_sentence(run, answers(run))


def verdict_sentence(run: RunData, answered: list[PromiseAnswer]) -> str:
    """Return the verdict in one sentence, from answers that are already at hand."""
    head, rest, cut = verdict_parts(run, answered)
    return f"{head}{f'; {rest}' if rest else ''}.{f' {cut}' if cut else ''}"


def verdict_parts(run: RunData, answered: list[PromiseAnswer]) -> tuple[str, str, str]:
    """Return the verdict's parts: what was broken or kept, what remains to be said, and whether the run was cut short.

    The first two have no full stop; the last two may be empty. Promises come first, unless only rules are broken, or
    only rules were tested.
    """
    promised, ruled = parted(answered)
    browsers = listed(browser(name) for name in _browsers(run))
    site, where = plain(run["site"], 80), f" in {browsers}" if browsers else ""
    by_state = _by_state(promised)
    tested, ruled_on = _tested(promised), _tested(ruled)
    broken_promise, broken_rule = (any(one.state == "broken" for one in some) for some in (promised, ruled))
    if ruled_on and (not tested or (broken_rule and not broken_promise)):
        head = _head(site, ruled_on, ("rule beyond the policy", "rules beyond the policy"), where)
        others = _of_promises(tested) + (_of_rules(ruled, "could not tell") if broken_rule else [])
        shown = by_state
    else:
        head, others = _head(site, tested, ("promise", "promises"), where), _of_rules(ruled, "broken", "could not tell")
        shown = {**by_state, "could not tell": []} if len(tested) == 1 else by_state
    rest = _rest(shown, len(run["causes"]) if broken_promise or broken_rule else 0, others)
    cut = "" if run["complete"] else "The run was interrupted: this is what was seen until then."
    return head, rest, cut


def _tested(answered: list[PromiseAnswer]) -> list[PromiseAnswer]:
    return [answer for state in TESTED for answer in answered if answer.state == state]


def _by_state(answered: list[PromiseAnswer]) -> dict[State, list[PromiseAnswer]]:
    return {state: [answer for answer in answered if answer.state == state] for state in ORDER}


def _head(site: str, tested: list[PromiseAnswer], noun: tuple[str, str], where: str) -> str:
    """Return what was broken or kept of the promises or rules that were tested; the noun is theirs, one and many."""
    by_state, state = _by_state(tested), verdict(tested)
    if len(tested) == 1:
        return _head_of_one(site, tested[0], noun[0], where)
    broken, kept, all_tested = by_state["broken"], by_state["kept"], count(len(tested), *noun)
    if state == "broken":
        return f"{site} broke {len(broken)} of the {all_tested} that were tested{where}: {_ids(broken)}"
    if state == "could not tell" and not kept:
        return f"None of the {all_tested} that were tested on {site} could be decided{where}"
    if state == "could not tell":
        return f"{site} kept {len(kept)} of the {all_tested} that were tested{where}, and broke none that could be seen"
    if state == "kept":
        return f"{site} kept all {all_tested} that were tested{where}"
    return f"No promise of {site} was tested"


def _head_of_one(site: str, answer: PromiseAnswer, noun: str, where: str) -> str:
    if answer.state == "could not tell":
        return f"The one {noun} that was tested on {site} could not be decided{where}: {answer.id}"
    verb = "broke" if answer.state == "broken" else "kept"
    return f"{site} {verb} the one {noun} that was tested{where}: {answer.id}"


def _of_promises(tested: list[PromiseAnswer]) -> list[str]:
    """Return what is said of promises of which none is broken: how many were kept."""
    kept, all_tested = [answer for answer in tested if answer.state == "kept"], count(len(tested), "promise")
    if not kept:
        return []
    if len(tested) == 1:
        return [f"the one promise that was tested was kept ({tested[0].id})"]
    share = f"all {all_tested}" if len(kept) == len(tested) else f"{len(kept)} of the {all_tested}"
    return [f"{share} that were tested {'was' if len(kept) == 1 else 'were'} kept"]


def _of_rules(ruled: list[PromiseAnswer], *states: State) -> list[str]:
    """Return how many of the tested rules beyond the policy are in each of these states, where any is."""
    by_state, of = _by_state(ruled), f"of {count(len(_tested(ruled)), 'rule')} beyond the policy"
    parts = []
    if "broken" in states and (broken := by_state["broken"]):
        parts.append(f"{len(broken)} {of} {'is' if len(broken) == 1 else 'are'} broken ({_ids(broken)})")
    if "could not tell" in states and (unsure := by_state["could not tell"]):
        parts.append(f"{len(unsure)} {of} could not be decided ({_ids(unsure)})")
    return [" and ".join(parts)] if parts else []


def _rest(by_state: dict[State, list[PromiseAnswer]], causes: int, others: list[str]) -> str:
    unsure, unproved, unrun = by_state["could not tell"], by_state["not provable"], by_state["not run"]
    parts = [f"{count(causes, 'cause')} {'is' if causes == 1 else 'are'} behind it"] if causes else []
    parts += others
    if unsure:
        parts.append(f"{count(len(unsure), 'promise')} could not be decided ({_ids(unsure)})")
    if unproved:
        parts.append(f"{len(unproved)} cannot be proved by a browser")
    if unrun:
        parts.append(f"{len(unrun)} {'was' if len(unrun) == 1 else 'were'} not run")
    return listed(parts) if parts else ""


def _ids(answered: list[PromiseAnswer]) -> str:
    return listed(answer.id for answer in answered)


def _browsers(run: RunData) -> list[str]:
    return sorted({scenario["browser"] for scenario in run["scenarios"]} or run["browsers"])


def markdown(run: RunData) -> str:
    """Return the summary in GitHub's Markdown: the verdict, what is broken and undecided, the numbers."""
    answered = answers(run)
    lines = [f"## {_escape(verdict_sentence(run, answered))}", ""]
    lines += [f"> **{_escape(problem)}**" for problem in run["problems"]]
    lines += _causes(run)
    promised, ruled = parted(answered)
    lines += _section("Broken", "broken", promised, by_finding(run))
    lines += _section("Could not tell", "could not tell", promised)
    lines += _section("Rules beyond the policy: broken", "broken", ruled, by_finding(run), "Rule")
    lines += _section("Rules beyond the policy: could not tell", "could not tell", ruled, head="Rule")
    unstable, anew = disagreements(run), [one for one in run["scenarios"] if one["attempts"] > 1]
    if unstable or anew:
        lines += ["", "### Second looks", "", *(f"- {_escape(one.sentence)}" for one in unstable)]
    if anew:
        lines.append(f"- {count(len(anew), 'scenario')} had to be begun anew: the Grid had lost the browser.")
    others = unassigned(run)
    if others:
        lines += ["", "### Also found", ""]
        lines += [f"- {_escape(sighting.finding['sentence'])}" for sighting in others[:_SHOWN]]
    lines += ["", "| Outcome | Scenarios |", "| --- | ---: |", *_outcomes(run)]
    lines += ["", f"{count(len(run['scenarios']), 'scenario')} in {seconds(run['seconds'])}.", ""]
    return "\n".join(lines)


def _causes(run: RunData) -> Iterator[str]:
    """A table for each sort of causes: number, what was found and what to do, who saw it."""
    for undeclared, title in GROUPS:
        chosen = [cause for cause in run["causes"] if cause["undeclared"] is undeclared]
        if chosen:
            yield from ("", f"### {title}", "", "| Cause | What was found | Seen in |", "| --- | --- | --- |")
        for cause in chosen[:_SHOWN]:
            names = things_in_words(cause)
            what = " ".join(filter(None, (_ended(cause["sentence"]), f"({names})" if names else "", cause["advice"])))
            yield f"| **{cause['number']}** `{cause['id']}` | {_escape(what, 600)} | {_escape(seen_in(cause))} |"
        if len(chosen) > _SHOWN:
            yield f"| | and {len(chosen) - _SHOWN} more | see the report |"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _section(
    title: str,
    state: State,
    answered: list[PromiseAnswer],
    known: Mapping[str, CauseData] = MappingProxyType({}),
    head: str = "Promise",
) -> list[str]:
    chosen = [answer for answer in answered if answer.state == state]
    if not chosen:
        return []
    lines = ["", f"### {title}", "", f"| {head} | What was found | Where |", "| --- | --- | --- |"]
    return lines + [row for answer in chosen for row in _rows(answer, known)]


def _rows(answer: PromiseAnswer, known: Mapping[str, CauseData]) -> Iterator[str]:
    source = f" ({_escape(answer.source)})" if answer.source else ""
    promise = f"**{answer.id}** {_escape(answer.title)}{source}"
    if not answer.sightings:
        yield f"| {promise} | {_escape(answer.sentence)} | {_escape(answer.agreement)} |"
    for sighting in answer.sightings[:_SHOWN]:
        where = f"{count(len(sighting.scenarios), 'scenario')}, {listed(map(browser, sighting.browsers))}"
        cause = known.get(sighting.finding["cause"])
        what = f"Cause {cause['number']}" if cause else _escape(sighting.finding["sentence"])
        yield f"| {promise} | {what} | {_escape(where)} |"
    if len(answer.sightings) > _SHOWN:
        yield f"| {promise} | and {len(answer.sightings) - _SHOWN} more | see the report |"


def _outcomes(run: RunData) -> list[str]:
    counted = Counter(scenario["outcome"] for scenario in run["scenarios"])
    return [
        f"| {outcome} | {counted[outcome]} |" for outcome in ("passed", "failed", "error", "inconclusive", "skipped")
    ]


_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~<>&@:])")


def _escape(text: str, limit: int = 300) -> str:
    """Return a stranger's text that stays text: no link, no mention, no table cell, no HTML."""
    return _SPECIAL.sub(lambda found: f"&#{ord(found.group())};", plain(text, limit))
