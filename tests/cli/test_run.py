"""Which feature files `consentinel run` plays for what its command line names."""

from __future__ import annotations

import pytest

from consentinel.cli.run import command
from consentinel.shipped import FEATURES


@pytest.mark.parametrize(
    ("named", "played"),
    [
        ("social.feature", FEATURES / "social.feature"),
        ("wcag.feature", FEATURES / "rules" / "wcag.feature"),
        ("rules/eu.feature", FEATURES / "rules" / "eu.feature"),
    ],
)
def test_a_shipped_feature_is_named_with_or_without_its_folder(named: str, played: object) -> None:
    assert command([named])[-1] == str(played)
    assert command([f"{named}::test_one"])[-1] == f"{played}::test_one"


def test_a_file_that_is_not_shipped_stays_as_it_is_named() -> None:
    assert command(["none.feature"])[-1] == "none.feature"
