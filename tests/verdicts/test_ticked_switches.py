"""Switches that are on in advance or after a refusal, and are no category's own: vendors, interests, services."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.consent.base import Ticked
from consentinel.site.profile import Category
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.preferences import nothing_left_on, nothing_ticked
from tests.verdicts.builders import only, timeline, visit

SEEN = timeline(visit())
OFF: dict[Category, bool | None] = {Category.FUNCTIONALITY: True, Category.ANALYTICS: False}
VENDOR = Ticked("Acme Ads", "Vendors", None, is_telling=True, is_seen=True, refuses=False)
SERVICE = replace(VENDOR, label="Maps", place="", is_telling=False)


@pytest.mark.parametrize(
    ("switch", "name", "category"),
    [
        (VENDOR, '"Acme Ads" under "Vendors"', ""),
        (replace(SERVICE, category=Category.SOCIAL), '"Maps"', "social"),
    ],
)
def test_what_can_be_refused_and_shows_is_not_to_be_on(switch: Ticked, name: str, category: str) -> None:
    finding = only(nothing_ticked(SEEN, OFF, [switch]))
    assert (finding.rule, finding.name, finding.category) == ("ticked in advance", name, category)
    assert finding.sentence == f"The preferences have {name} ticked before the visitor has chosen"


def test_a_category_of_its_own_comes_first() -> None:
    finding = only(nothing_ticked(SEEN, {**OFF, Category.ANALYTICS: True}, [VENDOR]))
    assert (finding.name, finding.category) == ('analytics, "Acme Ads" under "Vendors"', "analytics")


@pytest.mark.parametrize(
    ("switch", "why"),
    [
        (SERVICE, "the profile does not say to which category it belongs: name it in consent.dialog.categories"),
        (replace(VENDOR, is_seen=False), "nothing was found that shows it: name that in consent.dialog.panels"),
        (
            replace(SERVICE, category=Category.SOCIAL, is_seen=False),
            "nothing was found that shows it: name that in consent.dialog.panels",
        ),
    ],
)
def test_what_a_visitor_may_not_see_or_refuse_is_a_doubt(switch: Ticked, why: str) -> None:
    verdict = nothing_ticked(SEEN, OFF, [switch])
    assert verdict.findings == ()
    (doubt,) = verdict.doubts
    assert doubt.startswith(f'"{switch.label}"')
    assert doubt.endswith(f" is on, and {why}")


@pytest.mark.parametrize(
    "switch",
    [
        replace(VENDOR, refuses=True),
        replace(SERVICE, refuses=True),
        replace(VENDOR, category=Category.FUNCTIONALITY),
        replace(SERVICE, category=Category.FUNCTIONALITY, is_seen=False),
    ],
)
def test_what_refuses_and_what_needs_no_consent_may_be_on(switch: Ticked) -> None:
    assert nothing_ticked(SEEN, OFF, [switch]) == Verdict()


QUIET = replace(VENDOR, is_telling=False)


@pytest.mark.parametrize(
    "switches",
    [
        (),
        (replace(VENDOR, refuses=True), QUIET, replace(VENDOR, is_seen=False)),
        (replace(QUIET, category=Category.FUNCTIONALITY),),
    ],
)
def test_what_refuses_needs_no_consent_or_is_not_seen_may_be_on_after_a_refusal(switches: tuple[Ticked, ...]) -> None:
    assert nothing_left_on(SEEN, switches) == Verdict()


def test_what_a_refusal_leaves_on_is_named() -> None:
    finding = only(nothing_left_on(SEEN, (VENDOR, QUIET)))
    assert (finding.rule, finding.name, finding.category) == ("left on", '"Acme Ads" under "Vendors"', "")
    assert finding.sentence == 'A refusal of everything leaves "Acme Ads" under "Vendors" on in the preferences'
