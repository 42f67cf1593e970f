"""Each engine's options, made from a `BrowserSpec`."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from selenium.webdriver import ChromeOptions, FirefoxOptions, WebKitGTKOptions
from selenium.webdriver.common.options import ArgOptions

from consentinel.browser import locate
from consentinel.browser.spec import BrowserSpec, CookiePolicy, Engine

# Quiet: the browser's own services may not reach the network or the record. Unthrottled: a visitor's tab behaves the
# same whether or not it is the one in front. AutomationControlled: some consent managers hide from robots.
# WebUIOmnibox…: the address bar's pop-ups are pages of their own, loaded anew for each visitor's window, which cost it
# 0.9 of 2.2 seconds of processor time. SpareRenderer…: after each load Chromium begins a process for the next site, a
# fifth of what a visitor costs, of whom each is another one.
CHROMIUM_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-blink-features=AutomationControlled",
    "--disable-component-update",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,SpareRendererForSitePerProcess,Translate,WebUIOmniboxAimPopup,"
    "WebUIOmniboxPopup",
    "--disable-gpu",
    "--disable-quic",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-sandbox",
)

# The driver's own command for it fails on Chromium 156, and would reach no service worker that runs already.
CHROMIUM_GPC = "--enable-features=GlobalPrivacyControlForce"

CHROMIUM_LESS_MOTION = "--force-prefers-reduced-motion"
CHROMIUM_DARK = "--blink-settings=preferredColorScheme=0"

FIREFOX_LESS_MOTION = ("ui.prefersReducedMotion", 1)
FIREFOX_DARK = ("layout.css.prefers-color-scheme.content-override", 0)

FIREFOX_GPC = ("privacy.globalprivacycontrol.enabled", "privacy.globalprivacycontrol.functionality.enabled")

FIREFOX_PREFERENCES: dict[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.contentblocking.category": "custom",
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.security.https_first": False,
    "dom.min_background_timeout_value": 4,
    "dom.min_background_timeout_value_without_budget_throttling": 4,
    "dom.push.enabled": False,
    "dom.timeout.enable_budget_timer_throttling": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.altsvc.enabled": False,
    "network.http.http3.enable": False,
    "network.proxy.allow_hijacking_localhost": True,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "signon.rememberSignons": False,
    "toolkit.telemetry.enabled": False,
    # Firefox's tracking protection would hide the site's behaviour, which is to be measured.
    "privacy.trackingprotection.enabled": False,
    "privacy.trackingprotection.pbmode.enabled": False,
    "privacy.bounceTrackingProtection.mode": 0,
    # With noise for each visitor in what pages read of a canvas, a fingerprint would look like a random number.
    "privacy.baselineFingerprintingProtection": False,
    "privacy.fingerprintingProtection": False,
}

# A person who has Firefox delete all that sites have stored when it closes has set these.
FIREFOX_FORGETS = (
    "privacy.sanitize.sanitizeOnShutdown",
    "privacy.clearOnShutdown_v2.cookiesAndStorage",
    "privacy.clearOnShutdown_v2.cache",
)

BLOCKED, UNTIL_CLOSED = 2, 4
"""Chromium's settings of a site's data: rejected, or removed when the browser is closed."""

FIREFOX_KEEPS_APART = 5
"""Firefox's own setting for private windows: other sites' cookies are kept apart for each site."""

_FIREFOX_COOKIES = {CookiePolicy.ALL: 0, CookiePolicy.FIRST_PARTY: 1, CookiePolicy.NONE: 2}

_WEBKIT_COOKIES = {CookiePolicy.ALL: "always", CookiePolicy.FIRST_PARTY: "no-third-party", CookiePolicy.NONE: "never"}


def name_of(spec: BrowserSpec) -> str:
    """Return the browser's name as drivers and a Grid know it."""
    return str(options_for(spec).capabilities["browserName"])


def options_for(spec: BrowserSpec) -> ArgOptions:
    """Return the engine's options for this set-up."""
    make = {Engine.CHROMIUM: _chromium, Engine.FIREFOX: _firefox, Engine.WEBKIT: _webkit}[spec.engine]
    options = make(spec)
    options.set_capability("acceptInsecureCerts", True)
    options.set_capability("unhandledPromptBehavior", "dismiss")
    # The harness itself detects when a page has settled; a driver that waits for it does so for five minutes.
    options.page_load_strategy = "normal" if spec.engine.is_classic else "eager"
    if spec.proxy and not spec.engine.is_classic:
        address = f"{spec.proxy[0]}:{spec.proxy[1]}"
        proxy: dict[str, object] = {"proxyType": "manual", "httpProxy": address, "sslProxy": address}
        if spec.engine is Engine.CHROMIUM:
            proxy["noProxy"] = ["<-loopback>"]  # in Chromium: use the proxy for loopback too
        options.set_capability("proxy", proxy)
    return options


def _chromium(spec: BrowserSpec) -> ArgOptions:
    options = ChromeOptions()
    for argument in CHROMIUM_ARGUMENTS:
        options.add_argument(argument)
    if spec.gpc:
        options.add_argument(CHROMIUM_GPC)
    if spec.less_motion:
        options.add_argument(CHROMIUM_LESS_MOTION)
    if spec.dark:
        options.add_argument(CHROMIUM_DARK)
    if not spec.headed:
        options.add_argument("--headless=new")
    if spec.profile:
        options.add_argument(f"--user-data-dir={spec.profile}")
    if spec.trusted:
        options.add_argument(f"--ignore-certificate-errors-spki-list={','.join(spec.trusted)}")
    options.add_experimental_option("prefs", _chromium_preferences(spec))
    options.add_experimental_option("excludeSwitches", ["enable-automation", "enable-logging"])
    binary = None if spec.grid else locate.chromium()
    if binary:
        options.binary_location = binary
    options.set_capability("webSocketUrl", True)
    return options


def _chromium_preferences(spec: BrowserSpec) -> dict[str, object]:
    # A user context is a private window: without these it blocks the very third-party cookies that matter.
    takes_all = spec.cookies is CookiePolicy.ALL and not spec.private
    preferences: dict[str, object] = {
        "profile.cookie_controls_mode": 0 if takes_all else 1,
        "profile.block_third_party_cookies": spec.cookies is not CookiePolicy.ALL,
    }
    if spec.cookies is CookiePolicy.NONE or spec.forgets:
        of_all = BLOCKED if spec.cookies is CookiePolicy.NONE else UNTIL_CLOSED
        preferences["profile.default_content_setting_values.cookies"] = of_all
    if spec.rejected:
        hosts = {urlsplit(origin).hostname for origin in spec.rejected}
        exceptions = {f"{_and_below(host)},*": {"setting": BLOCKED} for host in sorted(filter(None, hosts))}
        preferences["profile.content_settings.exceptions.cookies"] = exceptions
    return preferences


def _and_below(host: str) -> str:
    """Chromium's pattern for a host and those below it; it takes none for a number below which nothing lies."""
    try:
        number = ip_address(host)
    except ValueError:
        return f"[*.]{host}"
    return f"[{number}]" if number.version == 6 else str(number)


def _firefox(spec: BrowserSpec) -> ArgOptions:
    options = FirefoxOptions()
    if not spec.headed:
        options.add_argument("-headless")
    if spec.profile:
        options.add_argument("-profile")
        options.add_argument(str(spec.profile))
    for name, value in FIREFOX_PREFERENCES.items():
        options.set_preference(name, value)
    for name in FIREFOX_GPC if spec.gpc else ():
        options.set_preference(name, True)
    for name in FIREFOX_FORGETS if spec.forgets else ():
        options.set_preference(name, True)
    if spec.less_motion:
        options.set_preference(*FIREFOX_LESS_MOTION)
    if spec.dark:
        options.set_preference(*FIREFOX_DARK)
    if spec.rejected:
        permissions = "".join(f"origin\tcookie\t{BLOCKED}\t{origin}\n" for origin in spec.rejected)
        options.set_preference("permissions.manager.defaultsUrl", f"data:text/plain,{quote(permissions)}")
    options.set_preference("browser.privatebrowsing.autostart", spec.private)
    options.set_preference("network.cookie.cookieBehavior", _FIREFOX_COOKIES[spec.cookies])
    in_private_windows = FIREFOX_KEEPS_APART if spec.private else _FIREFOX_COOKIES[spec.cookies]
    options.set_preference("network.cookie.cookieBehavior.pbmode", in_private_windows)
    binary = None if spec.grid else locate.firefox()
    if binary:
        options.binary_location = binary
    options.set_capability("webSocketUrl", True)
    return options


def _webkit(spec: BrowserSpec) -> ArgOptions:
    options = WebKitGTKOptions()
    if not spec.grid:
        options.binary_location = locate.webkit() or ""
    options.add_argument("--automation")
    # Beside a proxy the capability acceptInsecureCerts has no effect in WebKitGTK 2.50, nor has this beside the
    # capability `proxy`: both are given to the program itself.
    options.add_argument("--ignore-tls-errors")
    options.add_argument(f"--cookies-policy={_WEBKIT_COOKIES[spec.cookies]}")
    if spec.proxy:
        options.add_argument(f"--proxy=http://{spec.proxy[0]}:{spec.proxy[1]}")
    if not spec.headed:
        options.add_argument("--full-screen")  # without its tool bar it can be as narrow as a phone
    if spec.device and spec.device.user_agent:
        options.add_argument(f"--user-agent={spec.device.user_agent}")
    return options
