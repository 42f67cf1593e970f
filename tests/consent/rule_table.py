"""The table of rules and managers as Markdown, from the rows that `tests.consent.rules_of_managers` keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from consentinel.policy.promises import promises


class Row(TypedDict):
    """One scenario of rules on the site of one manager. `sentences` are its findings, or why it could not tell."""

    manager: str
    package: str
    version: str
    browser: str
    day: str
    rules: list[str]
    scenario: str
    outcome: str
    sentences: list[str]


MARKS: Mapping[str, str] = {"failed": "✘", "error": "!", "inconclusive": "?", "passed": "✔", "skipped": "-"}
"""What stands in the table for each outcome, the one that outweighs the others first."""

_ABOUT_AN_ELEMENT = re.compile(
    r"(.* \(.*axe's rule .*\), in the \w+): (<.*?)(?:; so do \d+ more elements)?$", re.DOTALL
)

HEAD = """# Consent managers and the rules beyond the policy

The rules of [rules.md](rules.md), played on consent managers and consent parts as their packages ship them, each on a
small site that keeps its policy ([managers.md](managers.md)). `python -m tests.consent.rules_of_managers` plays them
and writes this page.

The site chooses which categories there are, what they are called and which page the dialog stands on. Colours, sizes,
order of focus and behaviour are the package's, as long as nothing is set. Whoever sets them may get another answer.
Of parts that are plain HTML (`govuk-frontend`, `@gouvfr/dsfr`, the two from Django) the site chooses the place in the
document too, so that what screen readers hear of them says nothing of the package.

The clicks of a withdrawal are counted by the button or switch for everything, where the preferences have one that is
known, else switch by switch. Where a draft alone describes the preferences, one click counts for all switches.

✔ held, ✘ broken, ? could not tell, - not played, since the profile lacks what the rule needs. An empty cell was not
measured, and a rule without a column was not played."""


def page(rows: Sequence[Row], packages: Iterable[str] = ()) -> str:
    """The page, from the rows of all managers. The last row of a scenario counts.

    Those of `packages` without any row are named as not measured.
    """
    last = {(row["manager"], row["browser"], row["scenario"]): row for row in rows}
    kept = sorted(last.values(), key=lambda row: (row["package"].lstrip("@"), row["scenario"]))
    missing = [f"`{one}`" for one in packages if one not in {row["package"] for row in kept}]
    unplayed = f"Not measured: {', '.join(missing)}." if missing else ""
    parts = [
        HEAD,
        _played(kept),
        _table(kept),
        unplayed,
        _told(kept, "failed", "What is broken"),
        _told(kept, "error", "Errors"),
    ]
    parts.append(_told(kept, "inconclusive", "What could not be told"))
    return "\n\n".join(filter(None, parts)) + "\n"


def _played(rows: Sequence[Row]) -> str:
    days, browsers = sorted({row["day"] for row in rows}), sorted({row["browser"].capitalize() for row in rows})
    span = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"Played in {' and '.join(browsers)}, {span}."


def _table(rows: Iterable[Row]) -> str:
    known = [one.id for one in promises() if one.is_rule]
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in rows:
        cells = found.setdefault((row["package"], row["version"]), {})
        for rule in row["rules"]:
            cells.setdefault(rule, []).append(row["outcome"])
    shown = [rule for rule in known if any(rule in cells for cells in found.values())]
    head = " | ".join(["| manager", "version", *(rule.removeprefix("R-") for rule in shown)]) + " |"
    lines = [head, "| --- " * 2 + "| :---: " * len(shown) + "|"]
    for (package, version), cells in found.items():
        marks = [_mark(cells.get(rule, [])) for rule in shown]
        lines.append(" | ".join([f"| `{package}`", version, *marks]) + " |")
    return "\n".join(lines)


def _mark(outcomes: Sequence[str]) -> str:
    return next((mark for outcome, mark in MARKS.items() if outcome in outcomes), "")


def _told(rows: Iterable[Row], outcome: str, title: str) -> str:
    told = [
        f"- `{row['package']}`, {' and '.join(row['rules'])}, “{row['scenario']}”: {_brief(row['sentences'])}"
        for row in rows
        if row["outcome"] == outcome
    ]
    return "\n".join([f"## {title}", "", *told]) if told else ""


def _brief(sentences: Iterable[str]) -> str:
    """What was found; of the elements of one layer that break one rule of axe-core the first."""
    first: dict[str, str] = {}
    for sentence in sentences:
        found = _ABOUT_AN_ELEMENT.match(sentence)
        first.setdefault(found[1] if found else sentence, f": `{found[2]}`" if found else "")
    return "; ".join(f"{said}{element}" for said, element in first.items())
