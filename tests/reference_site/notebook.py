"""Notes what a browser stores, sends and shows, as plain facts by which two deployments can be compared."""

import contextlib
import json
import ssl
import time
import urllib.request
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from consentinel.reference_site import consent, hosts

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync --window-size=1280,900"
)

STORES = """const done = arguments[0];
const safely = async (look) => { try { return await look(); } catch { return []; } };
(async () => done({
  local_storage: await safely(() => Object.keys(localStorage)),
  session_storage: await safely(() => Object.keys(sessionStorage)),
  indexed_db: await safely(async () => (await indexedDB.databases()).map(({ name }) => name)),
  cache: await safely(() => caches.keys()),
  service_worker: await safely(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname)),
}))();"""

WATCHED = (
    "main, h1, #consent-banner, #consent-banner button, #consent-preferences, #consent-preferences button, "
    "input[role=switch], #legal-link, #open-preferences, #policy-link, .share-notice, iframe, object, "
    "#cookies-blocked, #needs-cookies, #menu-button, #sign-in-circle, .circle-notice, #place-order, "
    "#browser-help a, a.network-policy, [role=alert]"
)
SHOWN = """return [...document.querySelectorAll(arguments[0])].map((element) => [
  element.tagName, element.id, element.className, element.name, element.getAttribute("href"),
  element.tabIndex, element.disabled, element.checked, element.checkVisibility({ visibilityProperty: true }),
  element.matches("button") && Math.round(element.getBoundingClientRect().height / 8),
].join("|")).concat(
  document.documentElement.lang, String(document.documentElement.dataset.consent),
  location.pathname, String(document.querySelector("main")?.innerText.length > 20))"""


class Notebook:
    """One browser, and all that was noted of it since it was last new."""

    def __init__(self, port: int, preferences: dict[str, Any]) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        options.accept_insecure_certs = True
        for flag in FLAGS.split():
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"profile.cookie_controls_mode": 0, **preferences})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(15)
        self._port = port
        self._site = hosts.SITE
        self._seq = 0
        self._moments: set[str] = set()
        self.facts: set[str] = set()

    def renew(self, site: str) -> None:
        """Become a new visitor, about to visit this deployment."""
        self.driver.get("about:blank")
        self._site = site
        self.facts = set()
        self._moments = set()
        self.clear_cookies()
        self.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        for host in (site, f"help.{site}", hosts.WIDGETS):
            origin = f"https://{host}:{self._port}"
            self.driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self._seq = max((entry["seq"] for entry in self._log(self._seq)), default=self._seq)

    def clear_cookies(self) -> None:
        """Remove all cookies, as the browser's settings do."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})

    def go(self, path: str, label: str, host: str = "{site}") -> None:
        """Open a page and note what is there."""
        address = f"https://{host.format(site=self._site)}:{self._port}{path}"
        try:
            self.driver.get(address)
        except WebDriverException as error:  # a redirect loop is a fact as well
            self.facts.add(f"{label} page {path} {type(error).__name__} {str(error)[:60]}")
            return
        self.note(f"{label} {path}")

    def click(self, selector: str) -> bool:
        """Click the first visible match, if there is one."""
        for element in self._visible(selector):
            element.click()
            return True
        return False

    def stay(self, seconds: float) -> None:
        """Stay on the page until a timer of its own has run: those that were due sooner have run before it."""
        self.driver.execute_async_script("setTimeout(arguments[1], arguments[0] * 1000)", seconds)

    def choose(self, selector: str, consent: str) -> None:
        """Click a button of the consent dialog, and give the choice a second to show."""
        if self.click(selector):
            with contextlib.suppress(TimeoutException):
                WebDriverWait(self.driver, 1, 0.05).until(lambda _: self._consent() == consent)

    def _consent(self) -> str | None:
        value = self.driver.execute_script("return document.documentElement.dataset.consent ?? null")
        return value if isinstance(value, str) else None

    def _visible(self, selector: str) -> list[WebElement]:
        return [e for e in self.driver.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()]

    def note(self, label: str) -> None:
        """Note what the page shows and what is stored at its origin."""
        for shown in self.driver.execute_script(SHOWN, WATCHED):
            self.facts.add(self._plain(f"{label} page {shown}"))
        for kind, names in self.driver.execute_async_script(STORES).items():
            self.facts.update(self._plain(f"{label} {kind} {name} {self._host()}") for name in names)
        self.note_jar(label)

    def note_jar(self, label: str) -> None:
        """Note all cookies of all parties, with their lifetime in days, and what the choice says."""
        for cookie in self.driver.execute_cdp_cmd("Storage.getCookies", {})["cookies"]:
            days = "session" if cookie["session"] else round((cookie["expires"] - time.time()) / 86400)
            fact = f"{label} cookie {cookie['name']} {cookie['domain'].lstrip('.')} {days}"
            self.facts.add(self._plain(f"{fact} {cookie['path']}"))
            if cookie["name"] == consent.COOKIE:
                flags, _, moment = cookie["value"].rpartition(":")
                self._moments.add(moment)
                self.facts.add(self._plain(f"{fact} {flags}, chosen {len(self._moments)} times"))

    def note_requests(self, label: str) -> None:
        """Note what reached the server since the last time."""
        for entry in self._log(self._seq):
            self._seq = max(self._seq, entry["seq"])
            self.facts.add(self._plain(f"{label} request {entry['path']} {entry['host']} {entry['status']}"))
            for name in entry["set_cookies"]:
                self.facts.add(self._plain(f"{label} cookie {name} {entry['host']} set by {entry['path']}"))
            for name in entry["query"].split("&"):
                self.facts.add(
                    self._plain(f"{label} parameter {name.partition('=')[0]} {entry['host']}{entry['path']}")
                )

    def value(self, name: str) -> str:
        """Value of a cookie, empty if there is none."""
        cookies = self.driver.execute_cdp_cmd("Storage.getCookies", {})["cookies"]
        return next((str(cookie["value"]) for cookie in cookies if cookie["name"] == name), "")

    def _host(self) -> str:
        return str(self.driver.execute_script("return location.hostname"))

    def _plain(self, fact: str) -> str:
        return fact.replace(self._site, "{site}").replace(f":{self._port}", "")

    def _log(self, after: int) -> list[dict[str, Any]]:
        context = ssl._create_unverified_context()
        request = urllib.request.Request(
            f"https://127.0.0.1:{self._port}/log?after={after}",
            headers={"Host": f"{hosts.CONTROL}:{self._port}"},
        )
        with urllib.request.urlopen(request, context=context) as answer:
            entries: list[dict[str, Any]] = json.load(answer)
        return entries
