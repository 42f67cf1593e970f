"""The rules beyond the policy, answered: a block for each pack that the site is held to. There is no score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consentinel.policy.packs import STATUS, whose
from consentinel.report.pack_schema import CitationData
from consentinel.report.promises import PromiseAnswer
from consentinel.report.schema import RunData

OTHER = "Other rules"
"""The block of the rules that no pack cites: those of a suite of one's own."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of a pack: what the run says of it, and what the pack cites; None for a rule without a pack.

    `is_first` is true in the first block that has the rule, which shows what was found.
    """

    answer: PromiseAnswer
    citation: CitationData | None
    is_first: bool

    @property
    def cited(self) -> str:
        """What the pack cites, as one line for a reader; empty for a rule without a pack."""
        if self.citation is None:
            return ""
        one = self.citation
        parts = [one["source"], one["paragraph"], one["date"], STATUS[one["status"]]]
        if one["number"]:
            parts.append(f"held to {one['number']}{whose(one['number_of'])}")
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class PackBlock:
    """A pack with its rules, in the order in which they are given, and where it contradicts another pack."""

    name: str
    title: str
    rows: tuple[RuleRow, ...]
    contradictions: tuple[str, ...] = ()


def blocks(run: RunData, ruled: Iterable[PromiseAnswer]) -> list[PackBlock]:
    """Return the packs of a run with the answers about their rules. A pack of which nothing was run is left out."""
    known = {answer.id: answer for answer in ruled}
    shown, found = set[str](), list[PackBlock]()
    for pack in run.get("packs", []):
        cited = {one["rule"]: one for one in pack["citations"]}
        rows = tuple(RuleRow(answer, cited[rule], rule not in shown) for rule, answer in known.items() if rule in cited)
        shown |= cited.keys()
        if any(row.answer.scenarios for row in rows):
            found.append(PackBlock(pack["name"], pack["title"], rows, tuple(pack["contradictions"])))
    rest = tuple(
        RuleRow(answer, None, True) for rule, answer in known.items() if rule not in shown and answer.scenarios
    )
    return [*found, PackBlock("", OTHER, rest)] if rest else found
