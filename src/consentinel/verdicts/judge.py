"""Turns the verdict of a rule into the scenario's: broken, could not tell, or held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consentinel.evidence.blindness import Blindness
from consentinel.verdicts.finding import Finding, Verdict


class PromiseBroken(AssertionError):
    """A promise or a rule does not hold. The message is the findings' sentences, one a line."""

    def __init__(self, promise: str, findings: tuple[Finding, ...]) -> None:
        lines = [f"{promise} does not hold:"] + [f"  {one.sentence} ({one.moment})" for one in findings]
        super().__init__("\n".join(lines))
        self.findings = findings


class CannotTell(Exception):
    """Nothing was found, but something could not be seen: never a pass."""

    def __init__(self, doubts: tuple[str, ...]) -> None:
        super().__init__("; ".join(dict.fromkeys(doubts)))
        self.doubts = doubts


class NoOccasion(Exception):
    """Nothing was found and nothing is in doubt, but what the scenario is about cannot happen on this site."""


@dataclass(slots=True)
class Judge:
    """One scenario's judge. `promise` is the id that its rule bears; `blind` is what its browsers cannot show.

    `held` are the ids of all promises and rules that hold on the site, each with the reason why a finding about it
    does not count, which is empty where it does. `notes` are what rules have said for a reader alone.
    """

    promise: str
    blind: tuple[Blindness, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    missed: list[Sequence[str]] = field(default_factory=list)
    """For each visitor the messages that could not be read, as doubts; it grows while the scenario runs."""
    no_occasion: list[Sequence[str]] = field(default_factory=list)
    """For each visitor why what was to befall them did not; it changes while the scenario runs."""
    held: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    waits: bool = False
    """Whether a doubt waits, since the next step asks about the same evidence: that step may find something."""
    doubts: list[str] = field(default_factory=list)
    """The doubts that wait."""

    def learn(self, blind: Iterable[Blindness]) -> None:
        """Take in what a further browser of the scenario cannot show."""
        self.blind = tuple(dict.fromkeys((*self.blind, *blind)))

    def broken_by(self, finding: Finding) -> str:
        """Return the id of what a finding breaks: the first of its own that holds on this site, else the scenario's.

        What holds and counts comes before what nobody has confirmed.
        """
        holding = [one for one in finding.breaks if one in self.held]
        return next((one for one in holding if not self.held[one]), holding[0] if holding else self.promise)

    def require(self, verdict: Verdict) -> None:
        """Judge. Raises PromiseBroken if there are findings, else CannotTell if there are doubts that do not wait."""
        self.notes.extend(one for one in verdict.notes if one not in self.notes)
        counted = tuple(one for one in verdict.findings if not self.held.get(self.broken_by(one)))
        if counted:
            self.findings.extend(counted)
            raise PromiseBroken(" and ".join(dict.fromkeys(map(self.broken_by, counted))), counted)
        open_findings = (f"{self.held[self.broken_by(one)]}: {one.sentence}" for one in verdict.findings)
        doubts = (*open_findings, *verdict.doubts, *(doubt for of_one in self.missed for doubt in of_one))
        self.doubts.extend(doubts)
        if doubts and not self.waits:
            self.tell()

    def tell(self) -> None:
        """Raise CannotTell if there are doubts that wait."""
        if self.doubts:
            raise CannotTell(tuple(self.doubts))

    def need_occasion(self) -> None:
        """Raise NoOccasion where what was to befall a visitor did not."""
        if lacking := [reason for of_one in self.no_occasion for reason in of_one]:
            raise NoOccasion("; ".join(dict.fromkeys(lacking)))
