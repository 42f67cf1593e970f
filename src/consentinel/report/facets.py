"""Lists by what a reader can narrow the scenarios: promises, categories, hosts and writers.

A page's rows carry short tokens, since names of strangers may hold spaces; the choices show the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from consentinel.report.history.cause import author_of
from consentinel.report.inventory import UNDECLARED, is_category
from consentinel.report.schema import CauseData, FindingData, ScenarioData

PROMISE: Final = "promise"
CATEGORY: Final = "category"
HOST: Final = "host"
WRITER: Final = "writer"

LABELS = {PROMISE: "Promise", CATEGORY: "Category", HOST: "Host", WRITER: "Written by"}
"""The facets in order, with what a reader calls them."""

Values = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each facet that occur in a list, each with its token."""

    tokens: Mapping[str, Mapping[str, str]]

    @property
    def choices(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The facets with something to choose: key, label, and pairs of token and value."""
        return [
            (key, label, [(token, value) for value, token in self.tokens[key].items()])
            for key, label in LABELS.items()
            if len(self.tokens[key]) > 1
        ]

    def of(self, values: Values) -> dict[str, str]:
        """Return the tokens of one row by facet, separated by spaces."""
        return {
            key: " ".join(self.tokens[key][value] for value in dict.fromkeys(values[key]) if value) for key in LABELS
        }


def facets(rows: Iterable[Values]) -> Facets:
    """Return the facets of a list whose rows have these values."""
    found: dict[str, set[str]] = {key: set() for key in LABELS}
    for values in rows:
        for key in LABELS:
            found[key].update(value for value in values[key] if value)
    return Facets(
        {key: {value: f"{key[0]}{number}" for number, value in enumerate(sorted(found[key]))} for key in LABELS}
    )


def of_scenarios(scenarios: Iterable[ScenarioData]) -> Values:
    """Return the values of some scenarios: the promises that they prove, and all that was found in them."""
    listed = list(scenarios)
    findings = [finding for scenario in listed for finding in scenario["findings"]]
    promises = [promise for scenario in listed for promise in scenario["promises"]]
    return {
        PROMISE: [*promises, *(finding["promise"] for finding in findings)],
        CATEGORY: [_category(finding) for finding in findings],
        HOST: [finding["item"]["host"] for finding in findings],
        WRITER: [author(finding["written_by"]) for finding in findings],
    }


def of_cause(cause: CauseData) -> Values:
    """Return the values of a cause."""
    return {
        PROMISE: cause["promises"],
        CATEGORY: [_category(cause)],
        HOST: dict.fromkeys([cause["item"]["host"], *(part["host"] for part in cause.get("parts", []))]),
        WRITER: map(author, cause["written_by"]),
    }


def author(written_by: str) -> str:
    """Return who wrote or sent something: a script's file, else the host of the page or answer."""
    return author_of("cookie", written_by)


def _category(found: FindingData | CauseData) -> str:
    if found["item"]["kind"] == "page" and not found["category"]:
        return ""
    return found["category"] if is_category(found["category"]) else UNDECLARED
