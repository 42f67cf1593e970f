"""What a browser asks for itself is nobody's evidence; whatever a page may have caused is."""

import pytest
from mitmproxy import http

from consentinel.evidence.browser_requests import is_of_the_browser

SECURE = "https://accounts.example/list"
PLAIN = "http://clock.example/time"


def request(url: str, headers: dict[str, str]) -> http.Request:
    return http.Request.make("GET", url, headers=[(name.encode(), value.encode()) for name, value in headers.items()])


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        (SECURE, {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"}),
        (SECURE, {"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "empty", "Origin": "https://www.example"}),
        (PLAIN, {"Pragma": "no-cache"}),
    ],
)
def test_what_names_no_site_and_is_no_page_is_the_browsers_own(url: str, headers: dict[str, str]) -> None:
    assert is_of_the_browser(request(url, headers))


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        (SECURE, {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}),
        (SECURE, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"}),
        (SECURE, {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "serviceworker"}),
        (SECURE, {}),
        (SECURE, {"Content-Type": "application/reports+json"}),
        (PLAIN, {"Accept": "*/*"}),
        (PLAIN, {"Upgrade": "websocket"}),
    ],
)
def test_what_a_page_may_have_caused_is_not(url: str, headers: dict[str, str]) -> None:
    assert not is_of_the_browser(request(url, headers))
