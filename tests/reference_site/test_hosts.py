"""Host names lead to the right application, and to no other."""

import pytest

from consentinel.reference_site.hosts import (
    GARDEN,
    METRICS,
    SISTER,
    SITE,
    Place,
    Role,
    every_host,
    locate,
)


@pytest.mark.parametrize(
    ("host", "place"),
    [
        (SITE, Place(Role.SITE, SITE)),
        ("HARBOUR.localhost.", Place(Role.SITE, SITE)),
        (f"help.{SITE}", Place(Role.HELP, SITE)),
        (f"flaw.{SITE}", Place(Role.SITE, f"flaw.{SITE}", "flaw")),
        (f"help.flaw.{SITE}", Place(Role.HELP, f"flaw.{SITE}", "flaw")),
        (f"stats.flaw.{SITE}", Place(Role.STATS, f"flaw.{SITE}", "flaw")),
        (METRICS, Place(Role.METRICS)),
        (GARDEN, Place(Role.GARDEN, GARDEN)),
        (f"weed.{GARDEN}", Place(Role.GARDEN, f"weed.{GARDEN}", "weed")),
        (f"a.weed.{GARDEN}", None),
        (f"x.{METRICS}", None),
        (f"a.b.{SITE}", None),
        (f"evil{SITE}", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_locate(host: str, place: Place | None) -> None:
    assert locate(host) == place


def test_every_host_is_named_once() -> None:
    names = every_host({SITE: ["flaw"], GARDEN: ["weed"]})
    assert names[0] == SITE
    assert len(names) == len(set(names))
    assert SISTER in names
    assert {f"flaw.{SITE}", f"help.flaw.{SITE}", f"stats.{SITE}", METRICS, f"weed.{GARDEN}"} <= set(names)
