"""Where a question's verdict becomes a scenario's: broken, could not tell, or held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from consentinel.evidence.records import Blindness
from consentinel.verdicts.finding import Finding, Verdict


class PromiseBroken(AssertionError):
    """A promise does not hold. The message is the findings' sentences, one a line."""

    def __init__(self, promise: str, findings: tuple[Finding, ...]) -> None:
        lines = [f"{promise} does not hold:"] + [f"  {one.sentence} ({one.moment})" for one in findings]
        super().__init__("\n".join(lines))
        self.findings = findings


class CannotTell(Exception):
    """Nothing was found, but something could not be seen: never a pass."""

    def __init__(self, doubts: tuple[str, ...]) -> None:
        super().__init__("; ".join(dict.fromkeys(doubts)))
        self.doubts = doubts


@dataclass(slots=True)
class Judge:
    """One scenario's judge. `promise` is the id that its rule bears; `blind` is what its browsers cannot show."""

    promise: str
    blind: tuple[Blindness, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    missed: list[Sequence[str]] = field(default_factory=list)
    """For each visitor what was told of them and could not be read, as doubts; it grows while the scenario runs."""

    def learn(self, blind: Iterable[Blindness]) -> None:
        """Take in what a further browser of the scenario cannot show."""
        self.blind = tuple(dict.fromkeys((*self.blind, *blind)))

    def require(self, verdict: Verdict) -> None:
        """Judge. Raises PromiseBroken when there are findings, else CannotTell when there are doubts."""
        if verdict.findings:
            self.findings.extend(verdict.findings)
            raise PromiseBroken(self.promise, verdict.findings)
        doubts = (*verdict.doubts, *(doubt for of_one in self.missed for doubt in of_one))
        if doubts:
            raise CannotTell(doubts)
