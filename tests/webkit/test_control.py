"""What WebKit does not show, as the positive control finds it. docs/browsers.md tells the same to people."""

from __future__ import annotations

import pytest

from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.records import STORED_KINDS, Kind
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Profile
from consentinel.visitor.positive_control import Control
from consentinel.visitor.resources import Resources

pytestmark = pytest.mark.webkit

THIRD_DATABASE = Blindness(
    Kind.INDEXED_DB, "a planted item of the third party was not seen", third_party=True, browser="webkit"
)
THIRD_TERM = Blindness(
    Kind.COOKIE,
    "the term of a planted cookie of the third party was not seen",
    third_party=True,
    aspect=Aspect.TERM,
    browser="webkit",
)


@pytest.fixture(scope="module")
def blind(resources: Resources, profile: Profile, site: RunningSite) -> tuple[Blindness, ...]:
    return Control(resources, profile, site.port).blindness()


def test_of_items_only_a_third_partys_databases_stay_unseen(blind: tuple[Blindness, ...]) -> None:
    assert [one for one in blind if one.aspect is Aspect.ITEM] == [THIRD_DATABASE]


def test_of_terms_only_those_that_a_third_partys_script_asks_for(blind: tuple[Blindness, ...]) -> None:
    assert [one for one in blind if one.aspect is Aspect.TERM] == [THIRD_TERM]


def test_no_script_is_seen_writing(blind: tuple[Blindness, ...]) -> None:
    unseen = {one.kind for one in blind if one.aspect is Aspect.WRITE}
    assert unseen | {Kind.FILE} == set(STORED_KINDS), "files are planted where the engine has them"
