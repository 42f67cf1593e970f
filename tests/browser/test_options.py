"""Each engine's options: the flags and preferences without which a verdict would not mean what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from consentinel.browser import locate
from consentinel.browser.device import Device
from consentinel.browser.options import FIREFOX_PREFERENCES, options_for
from consentinel.browser.spec import BrowserSpec, CookiePolicy, Engine


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "chromium", lambda: "/opt/chromium")
    monkeypatch.setattr(locate, "firefox", lambda: "/opt/firefox")
    monkeypatch.setattr(locate, "webkit", lambda: "/opt/MiniBrowser")


def capabilities(engine: Engine, **wanted: Any) -> dict[str, Any]:
    options: Any = options_for(BrowserSpec(engine, **wanted))
    return dict(options.to_capabilities())


def chromium(**wanted: Any) -> dict[str, Any]:
    return capabilities(Engine.CHROMIUM, **wanted)


def firefox(**wanted: Any) -> dict[str, Any]:
    return capabilities(Engine.FIREFOX, **wanted)


def test_equal_setups_are_one_and_any_difference_is_another() -> None:
    plain = BrowserSpec(Engine.CHROMIUM)
    assert {plain: 1}[BrowserSpec(Engine.CHROMIUM)] == 1
    others = [
        BrowserSpec(Engine.FIREFOX),
        BrowserSpec(Engine.CHROMIUM, cookies=CookiePolicy.NONE),
        BrowserSpec(Engine.CHROMIUM, headed=True),
        BrowserSpec(Engine.CHROMIUM, profile=Path("/p")),
        BrowserSpec(Engine.CHROMIUM, proxy=("127.0.0.1", 1)),
        BrowserSpec(Engine.CHROMIUM, grid="http://grid"),
    ]
    assert len({plain, *others}) == 7


@pytest.mark.parametrize("engine", Engine)
def test_every_engine_takes_home_made_certificates_and_dismisses_prompts(engine: Engine) -> None:
    options = capabilities(engine)
    assert options["acceptInsecureCerts"] is True
    assert options["unhandledPromptBehavior"] == "dismiss"


@pytest.mark.parametrize("engine", [Engine.CHROMIUM, Engine.FIREFOX])
def test_engines_with_bidi_are_asked_for_it(engine: Engine) -> None:
    assert capabilities(engine)["webSocketUrl"] is True


def test_chromium_is_quiet_unthrottled_and_does_not_say_that_it_is_driven() -> None:
    arguments = chromium()["goog:chromeOptions"]["args"]
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-renderer-backgrounding",
        "--disable-blink-features=AutomationControlled",
    ):
        assert flag in arguments
    assert "--headless=new" not in chromium(headed=True)["goog:chromeOptions"]["args"]


def test_nothing_goes_around_a_proxy_by_another_service() -> None:
    preferences = firefox()["moz:firefoxOptions"]["prefs"]
    assert preferences["network.http.http3.enable"] is preferences["network.http.altsvc.enabled"] is False


@pytest.mark.parametrize(
    ("cookies", "mode", "third", "all_blocked"),
    [(CookiePolicy.ALL, 0, False, None), (CookiePolicy.FIRST_PARTY, 1, True, None), (CookiePolicy.NONE, 1, True, 2)],
)
def test_chromiums_cookie_settings(cookies: CookiePolicy, mode: int, third: bool, all_blocked: int | None) -> None:
    preferences = chromium(cookies=cookies)["goog:chromeOptions"]["prefs"]
    assert preferences["profile.cookie_controls_mode"] == mode, "else a user context blocks third-party cookies itself"
    assert preferences["profile.block_third_party_cookies"] is third
    assert preferences.get("profile.default_content_setting_values.cookies") == all_blocked


@pytest.mark.parametrize(
    ("cookies", "behaviour"), [(CookiePolicy.ALL, 0), (CookiePolicy.FIRST_PARTY, 1), (CookiePolicy.NONE, 2)]
)
def test_firefoxs_cookie_settings(cookies: CookiePolicy, behaviour: int) -> None:
    preferences = firefox(cookies=cookies)["moz:firefoxOptions"]["prefs"]
    assert preferences["network.cookie.cookieBehavior"] == behaviour
    assert preferences["network.cookie.cookieBehavior.pbmode"] == behaviour


def test_one_sites_cookies_are_rejected_with_those_of_the_hosts_below_it() -> None:
    origins = ("https://ads.example", "https://ads.example:8443")
    (exceptions,) = [
        value
        for name, value in chromium(rejected=origins)["goog:chromeOptions"]["prefs"].items()
        if "exceptions" in name
    ]
    assert exceptions == {"[*.]ads.example,*": {"setting": 2}}
    written = firefox(rejected=origins)["moz:firefoxOptions"]["prefs"]["permissions.manager.defaultsUrl"]
    assert unquote(written).removeprefix("data:text/plain,").splitlines() == [
        "origin\tcookie\t2\thttps://ads.example",
        "origin\tcookie\t2\thttps://ads.example:8443",
    ]


def test_a_browser_that_forgets_is_told_to() -> None:
    assert chromium(forgets=True)["goog:chromeOptions"]["prefs"]["profile.default_content_setting_values.cookies"] == 4
    assert firefox(forgets=True)["moz:firefoxOptions"]["prefs"]["privacy.sanitize.sanitizeOnShutdown"] is True
    assert "privacy.sanitize.sanitizeOnShutdown" not in firefox()["moz:firefoxOptions"]["prefs"]


def test_a_private_window_treats_other_sites_as_a_persons_does() -> None:
    preferences = chromium(private=True)["goog:chromeOptions"]["prefs"]
    assert preferences["profile.cookie_controls_mode"] == 1
    assert preferences["profile.block_third_party_cookies"] is False
    preferences = firefox(private=True)["moz:firefoxOptions"]["prefs"]
    assert preferences["browser.privatebrowsing.autostart"] is True
    assert preferences["network.cookie.cookieBehavior.pbmode"] == 5


def test_firefoxs_own_protection_is_off_for_it_is_the_site_that_is_measured() -> None:
    preferences = firefox()["moz:firefoxOptions"]["prefs"]
    assert FIREFOX_PREFERENCES.items() <= preferences.items()
    assert preferences["privacy.trackingprotection.enabled"] is False
    assert preferences["network.proxy.allow_hijacking_localhost"] is True
    assert "-headless" in firefox()["moz:firefoxOptions"]["args"]
    assert "-headless" not in firefox(headed=True)["moz:firefoxOptions"].get("args", [])


def test_a_profile_that_survives_is_named_as_each_engine_wants_it() -> None:
    folder = Path("/tmp/profile")
    assert "--user-data-dir=/tmp/profile" in chromium(profile=folder)["goog:chromeOptions"]["args"]
    arguments = firefox(profile=folder)["moz:firefoxOptions"]["args"]
    assert arguments[arguments.index("-profile") + 1] == "/tmp/profile"


def test_a_proxy_takes_loopback_too() -> None:
    expected = {"proxyType": "manual", "httpProxy": "127.0.0.1:8080", "sslProxy": "127.0.0.1:8080"}
    assert chromium(proxy=("127.0.0.1", 8080))["proxy"] == {**expected, "noProxy": ["<-loopback>"]}
    assert firefox(proxy=("127.0.0.1", 8080))["proxy"] == expected
    assert "proxy" not in chromium()


def test_a_grid_has_browsers_of_its_own() -> None:
    assert chromium()["goog:chromeOptions"]["binary"] == "/opt/chromium"
    assert firefox()["moz:firefoxOptions"]["binary"] == "/opt/firefox"
    assert "binary" not in chromium(grid="http://grid:4444")["goog:chromeOptions"]
    assert "binary" not in firefox(grid="http://grid:4444")["moz:firefoxOptions"]


def test_webkit_is_driven_by_its_mini_browser() -> None:
    options = capabilities(Engine.WEBKIT)
    assert options["webkitgtk:browserOptions"]["binary"] == "/opt/MiniBrowser"
    assert "--automation" in options["webkitgtk:browserOptions"]["args"]


def test_webkit_is_told_of_its_proxy_its_jar_and_its_visitor_as_a_program() -> None:
    phone = Device(user_agent="Phone")
    options = capabilities(Engine.WEBKIT, proxy=("127.0.0.1", 8080), cookies=CookiePolicy.FIRST_PARTY, device=phone)
    arguments = options["webkitgtk:browserOptions"]["args"]
    assert "proxy" not in options
    assert {"--proxy=http://127.0.0.1:8080", "--ignore-tls-errors", "--user-agent=Phone"} <= set(arguments)
    assert "--cookies-policy=no-third-party" in arguments
    assert "--full-screen" in arguments
    assert "--full-screen" not in capabilities(Engine.WEBKIT, headed=True)["webkitgtk:browserOptions"]["args"]
    assert "binary" not in capabilities(Engine.WEBKIT, grid="http://grid:4444")["webkitgtk:browserOptions"]


@pytest.mark.parametrize(
    ("origin", "pattern"),
    [
        ("https://shop.example:8443", "[*.]shop.example,*"),
        ("http://127.0.0.1:8080", "127.0.0.1,*"),
        ("http://[::1]:8080", "[::1],*"),
    ],
)
def test_chromium_rejects_the_cookies_of_a_host_that_is_a_number_too(origin: str, pattern: str) -> None:
    preferences = chromium(rejected=(origin,))["goog:chromeOptions"]["prefs"]
    assert list(preferences["profile.content_settings.exceptions.cookies"]) == [pattern]
