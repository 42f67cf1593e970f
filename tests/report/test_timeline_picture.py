"""The picture of a timeline has a lane for each third party, whatever the policy calls its category."""

from __future__ import annotations

import re

from consentinel.report.timeline import Event, Timeline
from consentinel.report.timeline_svg import Parties, draw
from tests.report.builders import scenario

KNOWN = {
    "tally.example": ("third", "counts"),
    "films.example": ("third", "films"),
    "metrics.example": ("third", "analytics"),
    "cdn.example": ("third", "functionality"),
    "nobody.example": ("third", "undeclared"),
}


def test_categories_of_a_policys_own_stand_between_the_known_ones_and_functionality() -> None:
    hosts = [*KNOWN, "elsewhere.example"]
    events = tuple(Event(1000.0 + number, "request", host, "/") for number, host in enumerate(hosts))
    picture = draw(Timeline("visitor", "", events), scenario(), Parties("https://www.shop.example/", KNOWN))
    assert re.findall(r'class="lane-label">([^<]+)', picture) == [
        "nobody.example",
        "metrics.example",
        "tally.example",
        "films.example",
        "cdn.example",
        "elsewhere.example",
    ]
    assert "counts, third party" in picture
