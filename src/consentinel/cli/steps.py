"""`consentinel steps`: the catalogue of sentences, each with an example and the places that use it."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from consentinel.pytest_plugin.entries import declared_needs
from consentinel.pytest_plugin.sentences import Sentence, sentences_of, step_patterns
from consentinel.report.text import count
from consentinel.shipped import feature_files, modules_of

KINDS = ("given", "when", "then")

HEAD = """# The sentences

What a scenario can say. `consentinel steps` prints this list, `consentinel steps --json` prints it for tools, and
`consentinel steps --markdown` prints this page. A word in braces stands for words of your own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence: kind (given, when, then), pattern, an example, what it needs of the profile, and its uses.

    A use is `file:line`.
    """

    kind: str
    pattern: str
    example: str
    needs: tuple[str, ...]
    used: tuple[str, ...]


def catalogue(features: Iterable[Path] | None = None) -> list[Entry]:
    """Return the sentences of the shipped steps, in the order given, when, then; used as in these feature files."""
    for module in modules_of("steps"):
        importlib.import_module(module)
    written = [one for file in features or feature_files() for one in sentences_of(file)]
    needs = declared_needs()
    entries = [_entry(kind, pattern, needs.get((kind, pattern), ()), written) for kind, pattern in step_patterns()]
    return sorted(entries, key=lambda entry: (KINDS.index(entry.kind), entry.pattern))


def _entry(kind: str, pattern: str, needs: tuple[str, ...], written: list[Sentence]) -> Entry:
    used = [one for one in written if (kind, pattern) in one.steps]
    example = used[0].text if used else pattern
    return Entry(kind, pattern, example, needs, tuple(f"{one.file}:{one.line}" for one in used))


def as_text(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield lines for a terminal."""
    for kind, group in groupby(entries, key=lambda entry: entry.kind):
        yield f"{kind.capitalize()}"
        for entry in group:
            yield f"  {entry.example}"
            if entry.example != entry.pattern:
                yield f"      {entry.pattern}"
            if entry.needs:
                yield f"      needs {', '.join(entry.needs)}"
            if entry.used:
                more = f" and {count(len(entry.used) - 1, 'more place')}" if len(entry.used) > 1 else ""
                yield f"      used in {entry.used[0]}{more}"
        yield ""


def as_json(entries: Iterable[Entry]) -> str:
    """Return the catalogue for tools."""
    return json.dumps([asdict(entry) for entry in entries], indent=1)


def as_markdown(entries: Iterable[Entry]) -> str:
    """Return the page `docs/steps.md`."""
    sections = [HEAD]
    for kind, group in groupby(entries, key=lambda entry: entry.kind):
        rows = [
            f"| {_code(entry.example)} | {_code(entry.pattern)} | {_needs(entry)} | {len(entry.used)} |"
            for entry in group
        ]
        sections.append(
            "\n".join(
                [
                    f"## {kind.capitalize()}",
                    "",
                    "| example | pattern | needs of the profile | used |",
                    "| --- | --- | --- | --- |",
                    *rows,
                ]
            )
        )
    return "\n\n".join(sections) + "\n"


def _needs(entry: Entry) -> str:
    return ", ".join(map(_code, entry.needs))


def _code(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`"
