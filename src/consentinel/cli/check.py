"""`consentinel check`: which scenarios would run on a profile, which would be skipped, and why. Starts no browser."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import among, promises
from consentinel.policy.standing import choosing, lacking, packs_of, standings
from consentinel.pytest_plugin.entries import Case, cases_of, check_entries
from consentinel.pytest_plugin.gherkin import FeatureError, written
from consentinel.pytest_plugin.sentences import Sentence, misworded, sentences_of
from consentinel.pytest_plugin.vocabulary import own_words
from consentinel.report.text import count
from consentinel.shipped import feature_files, modules_of
from consentinel.site.profile import Profile
from consentinel.smoke import WHOLE_VISIT
from consentinel.visitor.errors import MissingEntry, NotAllowed

SHOWN = 3
"""Scenarios that an entry is listed with, where not all are asked for."""


class WrongFeatures(Exception):
    """Feature files that no run would play. The message has one line for each problem."""


@dataclass(slots=True)
class Plan:
    """The scenario cases that would run, and the skipped ones by the entry of the profile that would enable them.

    `foreign` are the sentences that no shipped step matches: those of own steps, and wrong ones.
    """

    runs: list[Case] = field(default_factory=list)
    skipped: dict[str, list[Case]] = field(default_factory=lambda: defaultdict(list))
    foreign: list[Sentence] = field(default_factory=list)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the feature files that these paths name or hold. Raises WrongFeatures for a path without any."""
    found: list[Path] = []
    for path in paths:
        files = sorted(path.rglob("*.feature")) if path.is_dir() else [path]
        if not files or files[0].suffix != ".feature":
            raise WrongFeatures(f"{path}: no feature file; name one, or a folder that holds some")
        found += files
    return found


def planned(profile: Profile, files: Sequence[Path] = (), policy: PolicyFile | None = None) -> Plan:
    """Plan the cases of these feature files; where none is given, of those that a whole run plays.

    Raises WrongFeatures where a file cannot be read or a sentence has a word that its step does not know.
    """
    known = promises()
    held = [promise for promise, said in standings(known, policy).items() if said != "not made"]
    for module in modules_of("steps"):
        importlib.import_module(module)
    _check_words(files, profile)
    plan = Plan(foreign=[one for file in files for one in sentences_of(file) if not one.steps])
    for file in files or feature_files():
        for case in cases_of(file, profile):
            if WHOLE_VISIT in case.tags and not files:
                continue
            missing = lacking(among(case.tags, known), held, whole=WHOLE_VISIT in case.tags)
            if missing:
                citing = packs_of(missing)
                lack = choosing(citing) if citing else f"A policy that promises {' or '.join(missing)}"
                plan.skipped[lack].append(case)
                continue
            try:
                check_entries(case.steps, profile)
            except (MissingEntry, NotAllowed) as failure:
                plan.skipped[failure.entry].append(case)
            else:
                plan.runs.append(case)
    return plan


def _check_words(files: Iterable[Path], profile: Profile) -> None:
    problems: list[str] = []
    for file in files:
        try:
            written(file)
        except FeatureError as error:
            problems.append(str(error))
        else:
            problems += misworded(file, own_words(profile))
    if problems:
        raise WrongFeatures("\n".join(problems))


def lines(plan: Plan, *, whole: bool) -> Iterator[str]:
    """Yield the plan for a terminal, the entries that enable most first, with all scenarios if `whole`."""
    number = sum(map(len, plan.skipped.values()))
    yield f"{count(len(plan.runs), 'scenario')} would run, {number} would be skipped."
    for entry, cases in sorted(plan.skipped.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield f"\n{entry} would enable {len(cases)}:"
        shown = cases if whole or len(cases) <= SHOWN + 1 else cases[:SHOWN]
        yield from (f"  {case.file}:{case.line}  {case.name}" for case in shown)
        if len(shown) < len(cases):
            yield f"  and {len(cases) - len(shown)} more, which --all lists"
    if plan.foreign:
        said = count(len(plan.foreign), "sentence matches", "sentences match")
        yield f"\n{said} no shipped step. `pytest --collect-only` looks among your own steps:"
        yield from (f"  {one.file}:{one.line}  {one.text}" for one in plan.foreign)
