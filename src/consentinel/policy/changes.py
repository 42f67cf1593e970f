"""What has changed in a published policy since a person read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from consentinel.policy.fingerprints import fingerprint
from consentinel.policy.policy_file import PolicyFile, Sentence


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
    """The changes from the file to the text as it is published now. A sentence that has moved is no change."""
    old = {one.fingerprint: one for one in policy.sentence}
    new = {fingerprint(sentence): sentence for sentence in sentences}
    before, after = list(old), list(new)
    found: list[Change] = []
    for tag, begun, ended, there, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone = [one for one in before[begun:ended] if one not in new]
            come = [one for one in after[there:last] if one not in old]
            found += _paired(gone, come, old, new, before, after)
    return tuple(replace(one, text_before=policy.text_of(one.before)) if one.before else one for one in found)


def _paired(
    gone: Sequence[str],
    come: Sequence[str],
    old: dict[str, Sentence],
    new: dict[str, str],
    before: list[str],
    after: list[str],
) -> list[Change]:
    """What went and what came in the same place belong together, in order."""
    both = min(len(gone), len(come))
    found = [Change(old[one], new[other], before.index(one) + 1) for one, other in zip(gone, come, strict=False)]
    found += [Change(old[one], "", before.index(one) + 1) for one in gone[both:]]
    return found + [Change(None, new[one], after.index(one) + 1) for one in come[both:]]


def stale_promises(found: Sequence[Change]) -> tuple[str, ...]:
    """The promises that changed or removed sentences made, in order."""
    return tuple(sorted({promise for change in found if change.before for promise in change.before.promises}))


def lines_of(change: Change, total: int) -> list[str]:
    """A change as lines: which sentence, what it said before, where the file has that, and what it says now."""
    where = f"sentence {change.position} of {total}"
    match change.before:
        case None:
            head = f"added (sentence {change.position} of the page)"
        case Sentence() as before:
            makes = f", promises {', '.join(before.promises)}" if before.promises else f", silent: {before.silent}"
            head = f"{change.kind} {before.id} ({where}{makes})"
    said = [f"  before: {change.text_before}"] if change.text_before else []
    return [head, *said, *([f"  now:    {change.after}"] if change.after else [])]
