"""Which addresses patterns of the profile mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.site.served import Addresses
from tests.site.builders import loaded


@pytest.mark.parametrize(
    ("pattern", "url", "meant"),
    [
        ("cdn.manager.example", "https://cdn.manager.example/v2/main.js?id=7", True),
        ("cdn.manager.example", "https://evil-cdn.manager.example/", False),
        ("*.manager.example", "https://cdn.manager.example/", True),
        ("cdn.example/consent/*", "https://cdn.example/consent/main.js", True),
        ("cdn.example/consent/*", "https://cdn.example/app.js", False),
        ("/static/consent.js", "https://shop.example/static/consent.js?v=8", True),
        ("/static/consent.js", "https://help.shop.example/static/consent.js", True),
        ("/static/consent.js", "https://elsewhere.example/static/consent.js", False),
        ("/static/consent.js", "https://shop.example/static/consent.jsx", False),
        ("/static/*", "about:blank", False),
    ],
)
def test_a_pattern_means_an_address(tmp_path: Path, pattern: str, url: str, meant: bool) -> None:
    assert Addresses([pattern], loaded(tmp_path, ""))(url) is meant
