"""The words of the features: what they mean on a site."""

from __future__ import annotations

import pytest

from consentinel.site.profile import REFUSABLE
from consentinel.suite.steps.words import allowed_by, granted_by
from consentinel.visitor.errors import MissingEntry
from tests.verdicts.builders import PROFILE


def test_findings_name_what_was_allowed_in_the_policys_order() -> None:
    assert granted_by(frozenset(map(str, REFUSABLE)), PROFILE) == REFUSABLE
    assert granted_by(frozenset({"social"}), PROFILE) == REFUSABLE[1:2]
    assert granted_by(None, PROFILE) == granted_by(frozenset(), PROFILE) == ()


def test_whoever_has_allowed_nothing_has_nothing_at_work() -> None:
    with pytest.raises(MissingEntry, match="one that the visitor can allow"):
        allowed_by(frozenset(), PROFILE)
