"""A visitor who clicks a link that leads away stays, and only whom the page tells of it appears in the record."""

from __future__ import annotations

import pytest
from mitmproxy import http

from consentinel.evidence.departure import AS_SHOWN, KEPT_HERE, Departure
from consentinel.evidence.guarded import host_of
from consentinel.evidence.request_merge import merge
from tests.evidence.test_stand_in import flow

SHOWN = "https://there.example/page?a=1#part"
PAGE = {"sec_fetch_dest": "document"}


def leaves(flow: http.HTTPFlow, shown: str = SHOWN) -> bool:
    Departure(shown, lambda host: host == "shop.example").apply(flow)
    return flow.response is not None


@pytest.mark.parametrize(
    ("url", "headers", "is_answered", "altered"),
    [
        ("https://there.example/page?a=1", PAGE, True, AS_SHOWN),
        ("https://there.example/page?a=1&from=shop", PAGE, True, AS_SHOWN),
        ("https://out.metrics.example/go", PAGE, True, KEPT_HERE),
        ("http://out.metrics.example/go", {"upgrade_insecure_requests": "1"}, True, KEPT_HERE),
        ("https://metrics.example/ping", {"sec_fetch_dest": "empty"}, False, ""),
        ("https://there.example/pixel", {"sec_fetch_dest": "image"}, False, ""),
        ("https://shop.example/out?to=there", PAGE, False, ""),
    ],
)
def test_pages_of_other_sites_are_answered_and_nothing_else(
    url: str, headers: dict[str, str], is_answered: bool, altered: str
) -> None:
    asked = flow(url=url, body=b"", **headers)
    assert leaves(asked) is is_answered
    assert not is_answered or (asked.response is not None and asked.response.status_code == 204)
    host = host_of(url)
    assert [(one.host, one.altered) for one in merge([], [asked])] == (
        [] if altered == AS_SHOWN else [(host, altered)]
    ), "where the link said that it leads, the visitor went of their own will"


def test_a_file_of_the_site_is_not_fetched() -> None:
    asked = flow(url="https://shop.example/plan.pdf?from=home", sec_fetch_dest="empty")
    assert leaves(asked, "https://shop.example/plan.pdf")
