"""Whether a browser rejects every cookie of a site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.browser.spec import BrowserSpec, CookiePolicy, Engine
from consentinel.visitor.asking import rejects_all_of

ORDINARY = BrowserSpec(Engine.CHROMIUM)


@pytest.mark.parametrize(
    ("spec", "rejects"),
    [
        (ORDINARY, False),
        (replace(ORDINARY, cookies=CookiePolicy.NONE), True),
        (replace(ORDINARY, rejected=("https://shop.example:8443",)), True),
        (replace(ORDINARY, rejected=("https://example",)), True),
        (replace(ORDINARY, rejected=("https://banners.example", "https://op.example")), False),
    ],
)
def test_a_browser_rejects_the_cookies_of_the_hosts_that_it_was_told(spec: BrowserSpec, rejects: bool) -> None:
    assert rejects_all_of("shop.example", spec) is rejects
