"""`consentinel check`: which scenarios would run on a profile, which would be skipped, and why. Starts no browser."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import among, promises
from consentinel.policy.standing import choosing, lacking, packs_of, standings
from consentinel.pytest_plugin.entries import Case, cases_of, check_entries
from consentinel.shipped import feature_files, modules_of
from consentinel.site.profile import Profile
from consentinel.smoke import WHOLE_VISIT
from consentinel.visitor.errors import MissingEntry, NotAllowed


@dataclass(slots=True)
class Plan:
    """The scenario cases that would run, and the skipped ones by the entry of the profile that would enable them."""

    runs: list[Case] = field(default_factory=list)
    skipped: dict[str, list[Case]] = field(default_factory=lambda: defaultdict(list))


def planned(profile: Profile, files: Sequence[Path] = (), policy: PolicyFile | None = None) -> Plan:
    """What would become of the cases of these feature files; where none is given, of those that a whole run plays."""
    known = promises()
    held = [promise for promise, said in standings(known, policy).items() if said != "not made"]
    for module in modules_of("steps"):
        importlib.import_module(module)
    plan = Plan()
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


def lines(plan: Plan) -> Iterator[str]:
    """The plan for a terminal, the entries that enable most first."""
    number = sum(map(len, plan.skipped.values()))
    yield f"{len(plan.runs)} scenarios would run, {number} would be skipped."
    for entry, cases in sorted(plan.skipped.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield f"\n{entry} would enable {len(cases)}:"
        yield from (f"  {case.file}:{case.line}  {case.name}" for case in cases)
