"""The words of the features: what they mean on a site."""

from __future__ import annotations

import pytest

from consentinel.site.profile import REFUSABLE, Category
from consentinel.suite.steps.words import allowed_by, granted_by, offered_labels
from consentinel.visitor.errors import MissingEntry
from tests.verdicts.builders import PROFILE


def test_findings_name_what_was_allowed_in_the_policys_order() -> None:
    assert granted_by(frozenset(map(str, REFUSABLE)), PROFILE) == REFUSABLE
    assert granted_by(frozenset({"social"}), PROFILE) == REFUSABLE[1:2]
    assert granted_by(None, PROFILE) == granted_by(frozenset(), PROFILE) == ()


def test_whoever_has_allowed_nothing_has_nothing_at_work() -> None:
    with pytest.raises(MissingEntry, match="one that the visitor can allow"):
        allowed_by(frozenset(), PROFILE)


def test_a_site_that_knows_nothing_to_refuse_offers_no_categories() -> None:
    """The name that a draft gives to what is needed is no name that a dialog of all or nothing shows."""
    assert len(offered_labels(PROFILE)) == len(PROFILE.categories)
    needed = {Category.FUNCTIONALITY: PROFILE.categories[Category.FUNCTIONALITY]}
    with pytest.raises(MissingEntry, match="one that the visitor can refuse"):
        offered_labels(PROFILE.model_copy(update={"categories": needed}))
