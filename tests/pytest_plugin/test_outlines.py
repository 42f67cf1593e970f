"""Outlines cover a site's own categories, and those of a site without any stay as they are written."""

from __future__ import annotations

from consentinel.cli.check import planned
from consentinel.pytest_plugin.internals import FeatureParser, ScenarioTemplate
from consentinel.pytest_plugin.outlines import extend
from consentinel.shipped import FEATURES
from consentinel.site.category import Category, CategoryTable
from tests.verdicts.builders import PROFILE

OWN = {
    Category("statistics"): CategoryTable(label="Statistics", model="opt-out"),
    Category("social-media"): CategoryTable(label="Social media"),
    Category("comfort"): CategoryTable(label="Comfort", model="always", refusable=False),
}
SITE = PROFILE.model_copy(update={"categories": {**PROFILE.categories, **OWN}})


def outline(file: str, name: str) -> ScenarioTemplate:
    return FeatureParser(str(FEATURES), file).parse().scenarios[name]


def words(template: ScenarioTemplate) -> list[str]:
    return [next(iter(context.values())) for table in template.examples for context in table.as_contexts()]


def test_each_category_that_can_be_refused_gets_an_example() -> None:
    template = outline("change_of_mind.feature", "Withdrawing consent to <category> cookies")
    assert extend(template, SITE) == 2
    assert words(template) == ["analytics", "social", "advertising", "statistics", "social-media"]
    assert extend(template, SITE) == 0
    assert len(words(template)) == 5


def test_a_table_of_every_subset_gets_every_pair_with_a_further_category() -> None:
    template = outline("choice.feature", "Allowing <allowed> cookies")
    before = words(template)
    added = extend(template, SITE)
    assert words(template)[: len(before)] == before
    assert words(template)[len(before) :] == [
        "statistics",
        "social-media",
        "analytics and statistics",
        "analytics and social-media",
        "social and statistics",
        "social and social-media",
        "advertising and statistics",
        "advertising and social-media",
        "statistics and social-media",
    ]
    assert added == 9


def test_a_site_without_categories_of_its_own_changes_nothing() -> None:
    template = outline("choice.feature", "Allowing <allowed> cookies")
    before = words(template)
    assert extend(template, PROFILE) == 0
    assert words(template) == before


def test_the_further_cases_would_run() -> None:
    names = [case.name for case in planned(SITE, [FEATURES / "choice.feature"]).runs]
    assert "Allowing social-media cookies" in names
    assert not any("comfort" in name for name in names)
