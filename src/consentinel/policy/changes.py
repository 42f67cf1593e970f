"""Finds what has changed in a published policy since a person read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from consentinel.policy.fingerprints import fingerprint, normalised
from consentinel.policy.policy_file import PolicyFile, Sentence

ALIKE = 0.4
"""Sentences with a smaller share of words in common are no change of one another (`SequenceMatcher.ratio`)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that is other than it was. `position` counts from 1, in the text that has the sentence.

    `before` is None for a sentence that was added; `after` is empty for one that was removed. `text_before` is the
    sentence as it was, empty where no comment of the file has it.
    """

    before: Sentence | None
    after: str
    position: int
    text_before: str = ""

    @property
    def kind(self) -> Literal["added", "changed", "removed"]:
        """One word: changed, added or removed."""
        if self.before is None:
            return "added"
        return "changed" if self.after else "removed"


def changes(policy: PolicyFile, sentences: Sequence[str]) -> tuple[Change, ...]:
    """Return the changes from the file to the text as it is published now. A sentence that has moved is no change."""
    old = {one.fingerprint: one for one in policy.sentence}
    new = {fingerprint(sentence): sentence for sentence in sentences}
    before, after = list(old), list(new)
    found: list[Change] = []
    for tag, begun, ended, there, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone = [(old[one], at) for at, one in enumerate(before[begun:ended], begun + 1) if one not in new]
            come = [(new[one], at) for at, one in enumerate(after[there:last], there + 1) if one not in old]
            found += _changed(policy, gone, come)
    return tuple(found)


def _changed(policy: PolicyFile, gone: list[tuple[Sentence, int]], come: list[tuple[str, int]]) -> Iterator[Change]:
    """Yield what went and what came in the same place: each pair that belongs together is one change."""
    pairs = _paired([policy.text_of(one) for one, _ in gone], [text for text, _ in come])
    for place, (before, at) in enumerate(gone):
        after = come[pairs[place]][0] if place in pairs else ""
        yield Change(before, after, at, policy.text_of(before))
    yield from (Change(None, text, at) for place, (text, at) in enumerate(come) if place not in pairs.values())


def _paired(gone: Sequence[str], come: Sequence[str]) -> dict[int, int]:
    """Return which former sentence became which: the most similar first. In order, where a former text is not known."""
    if not all(gone):
        return {place: place for place in range(min(len(gone), len(come)))}
    alike = {(a, b): _likeness(gone[a], come[b]) for a in range(len(gone)) for b in range(len(come))}
    found: dict[int, int] = {}
    for a, b in sorted(alike, key=lambda pair: -alike[pair]):
        if alike[a, b] >= ALIKE and a not in found and b not in found.values():
            found[a] = b
    return found


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, normalised(one).split(), normalised(other).split(), autojunk=False).ratio()


def stale_promises(found: Sequence[Change]) -> tuple[str, ...]:
    """Return the promises that changed or removed sentences made, in order."""
    return tuple(sorted({promise for change in found if change.before for promise in change.before.promises}))


def lines_of(change: Change, total: int) -> list[str]:
    """Return a change as lines: which sentence, what it said before, where the file has that, and what it says now."""
    where = f"sentence {change.position} of {total}"
    match change.before:
        case None:
            head = f"added (sentence {change.position} of the page)"
        case Sentence() as before:
            says = (", ".join(before.promises), before.untested)
            makes = f", promises {' and '.join(filter(None, says))}" if any(says) else f", silent: {before.silent}"
            head = f"{change.kind} {before.id} ({where}{makes})"
    said = [f"  before: {change.text_before}"] if change.text_before else []
    return [head, *said, *([f"  now:    {change.after}"] if change.after else [])]
