"""Pings that the policy file announces are those that the rules about requests let pass."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.policy.announced import as_announced
from consentinel.site.profile import Category, Profile
from consentinel.verdicts import sent
from consentinel.verdicts.finding import Verdict
from tests.policy.builders import policy_of
from tests.verdicts.builders import PROFILE, choice, only, request, rest, timeline, visit

PING = request("https://www.metrics.example/g/collect?v=2&gcs=G100")
KNOWN = request("https://www.metrics.example/g/collect?v=2&gcs=G100", cookies=(("id", "7"),))


def announcing(**said: Any) -> Profile:
    table = {"name": "Statistics", "cookieless_pings": True, "confirmed": True, **said}
    return as_announced(PROFILE, policy_of(parameters={"categories": {"analytics": table}}))


def judged(profile: Profile, ping: Any) -> Verdict:
    return sent.only_allowed(timeline(visit(), choice(2), ping, rest()), profile, (), ())


def test_an_announced_ping_is_right_as_long_as_nothing_recognises_the_visitor() -> None:
    assert judged(announcing(), PING) == Verdict()
    assert "with the cookie" in only(judged(announcing(), KNOWN)).sentence


@pytest.mark.parametrize("said", [{"confirmed": False}, {"cookieless_pings": False}])
def test_what_nobody_has_confirmed_or_the_policy_does_not_say_announces_nothing(said: dict[str, bool]) -> None:
    assert announcing(**said) is PROFILE
    assert judged(announcing(**said), PING).findings


def test_what_the_profile_says_itself_holds_without_a_policy_file() -> None:
    assert as_announced(PROFILE, None) is PROFILE
    own = PROFILE.categories[Category.ANALYTICS].model_copy(update={"cookieless_pings": True})
    profile = PROFILE.model_copy(update={"categories": {**PROFILE.categories, Category.ANALYTICS: own}})
    assert judged(as_announced(profile, policy_of()), PING) == Verdict()
