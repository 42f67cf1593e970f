"""The sentences of `steps/` that judge: each must fail on some defect, or it proves nothing."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from consentinel.pytest_plugin.gherkin import written
from consentinel.pytest_plugin.internals import step_contexts
from consentinel.report.outcomes import deciding_step
from consentinel.report.schema import ScenarioData
from consentinel.shipped import FEATURES, feature_files, modules_of
from consentinel.smoke import WHOLE_VISIT

BEYOND_SITES = {
    "nothing at all is stored": "it holds the browser to its word, and no site can break that",
    "the site asks the visitors of that region": "a site that does not ask there may take the visitor for one from "
    "elsewhere, so the sentence then says that it could not tell",
}
"""Sentences that no defect of a site can make fail, and why."""


@cache
def judging() -> tuple[str, ...]:
    """Return the patterns of all `Then` sentences."""
    for module in modules_of("steps"):
        importlib.import_module(module)
    found = {context.parser.name for context in step_contexts() if context.type == "then"}
    return tuple(sorted(found))


@cache
def pattern_of(text: str) -> str:
    """Return the pattern of the sentence that a step's text is an instance of, the text itself where there is none."""
    judging()
    for context in step_contexts():
        if context.type == "then" and context.parser.is_matching(text):
            return str(context.parser.name)
    return text


def stopped_at(data: ScenarioData) -> str:
    """Return the step that decided a scenario, in the words of `steps/`; empty where none did."""
    step = deciding_step(data)
    return pattern_of(step["text"]) if step else ""


def features() -> Path:
    """Return the folder of the features."""
    return FEATURES


@cache
def cases() -> int:
    """Return how many scenarios a whole run plays, each example counted."""
    return sum(one.cases for path in feature_files() for one in written(path) if WHOLE_VISIT not in one.tags)
