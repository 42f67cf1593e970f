"""The errors of a profile."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is, the value there, and the remedy.

    `key` is dotted, empty where the whole file is meant. `value` is ready to show, empty where there is none.
    """

    file: str
    key: str
    value: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        shown = f" = {self.value}" if self.value else ""
        return f"{where}{shown}: {self.fault}; {self.remedy}"


class ProfileError(Exception):
    """A profile cannot be used. The message is one line per problem, each with file, key, value and remedy."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
