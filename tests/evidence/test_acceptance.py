"""Which cookies browsers do not take; tests/strangers holds the same rules against the browsers themselves."""

from __future__ import annotations

import pytest

from consentinel.evidence.acceptance import Setting, is_cross_site, refusal

SHOP = "https://www.shop.example/"
LENT = Setting("https://ads.example/p", SHOP, "chromium")


@pytest.mark.parametrize(
    ("text", "setting", "why"),
    [
        ("a=1", Setting(SHOP, SHOP), ""),
        ("a=1; Secure", Setting("http://www.shop.example/", SHOP), "Secure"),
        ("a=1; Secure", Setting("http://127.0.0.1:80/"), ""),
        ("a=1; Secure", Setting("http://[::1]/"), ""),
        ("a=1; SameSite=None", Setting(SHOP, SHOP), "SameSite=None"),
        ("a=1", LENT, "without SameSite=None"),
        ("a=1; SameSite=Odd", LENT, "without SameSite=None"),
        ("a=1", Setting(LENT.url, SHOP, "firefox"), ""),
        ("a=1; SameSite=lax", Setting(LENT.url, SHOP, "firefox"), "SameSite=Lax"),
        ("a=1; SameSite=None; Secure", LENT, ""),
        ("a=1", Setting(LENT.url, SHOP, "chromium", is_page=True), ""),
        ("a=1", Setting(LENT.url, "", "chromium"), ""),
        ("a=1", Setting("https://api.shop.example/", SHOP, "chromium"), ""),
        ("__Host-a=1; Secure; Domain=shop.example; Path=/", Setting(SHOP, SHOP), "whole host"),
        ("=__Secure-a=1; Secure", Setting(SHOP, SHOP), "no name"),
        ("a=" + "ö" * 2048, Setting(SHOP, SHOP), "4096"),
        ("a=\x00", Setting(SHOP, SHOP), "control"),
        ("a=1; HttpOnly", Setting(SHOP, SHOP, by_script=True), "HttpOnly"),
        ("a=1", Setting("http://[oops]/", "about:blank", "chromium"), ""),
        ("\udce9=\udce9", Setting(SHOP, SHOP), ""),
    ],
)
def test_a_refusal_names_its_rule(text: str, setting: Setting, why: str) -> None:
    said = refusal(text, setting)
    assert why in said
    assert bool(said) is bool(why)


@pytest.mark.parametrize(
    ("one", "other", "is_cross"),
    [
        ("https://a.shop.co.uk", "https://b.shop.co.uk", False),
        ("https://a.co.uk", "https://b.co.uk", True),
        ("http://127.0.0.1", "http://10.0.0.1", True),
        ("http://a.localhost", "http://b.localhost", True),
    ],
)
def test_sites_are_told_apart_by_their_registrable_domains(one: str, other: str, is_cross: bool) -> None:
    assert is_cross_site(one, other) is is_cross
