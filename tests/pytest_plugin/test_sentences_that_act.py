"""Each sentence of the features in which somebody acts is held against the record."""

from __future__ import annotations

import re
from pathlib import Path

from pytest_bdd.parser import FeatureParser

from consentinel.evidence.timeline import Timeline
from consentinel.shipped import feature_files
from consentinel.verdicts.performed import not_performed
from tests.verdicts.builders import PROFILE

FEATURES = Path(__file__).parents[2] / "features"

WITHOUT_A_TRACE = (
    "a new visitor( to a site that counts without consent)?",
    "a policy that lists what is stored",
    "a policy that names its services",
    "a policy that says how long (something|a choice) is kept",
    "a visitor on a phone",
    "a visitor on a narrow screen( whose browser asks for dark colours)?",
    "a visitor on a tiny screen",
    "a visitor whose time zone tells no country",
    "a visitor whose browser (rejects|asks|forgets) .+",
    "a visitor without scripts.*",
    "a visitor for whom the consent manager .+",
    "a visitor from .+, where visitors .+",
    "a visitor whose connection is slow",
    "a visitor whose connection breaks off whenever a choice is saved",
    "they call up the .+",
    "the browser rejects what it is offered",
)
"""Sentences in which nobody acts in a browser: who comes, and with what; plain calls, whose answer is judged itself;
what the browser does by itself.

Trouble that never came up is a doubt of its own (`Trouble.unmet`).
"""


def acting() -> set[str]:
    """The sentences of the features in which somebody acts, with their examples filled in."""
    found: set[str] = set()
    for path in feature_files():
        feature = FeatureParser(str(path.parent), path.name).parse()
        for template in feature.scenarios.values():
            rows = [row for table in template.examples for row in table.as_contexts()] or [{}]
            for row in rows:
                found |= {step.name for step in template.render(row).steps if step.type != "then"}
    return found


def test_each_is_known_to_leave_a_trace() -> None:
    nothing = Timeline.of("visitor", "chromium", ())
    silent = {one for one in acting() if not not_performed(one, 0.0, [nothing], PROFILE)}
    unknown = {one for one in silent if not any(re.fullmatch(pattern, one) for pattern in WITHOUT_A_TRACE)}
    assert unknown == set()
    assert len(acting() - silent) > 40
