"""What visitors do on a deployment while their browser is watched: enough to make every defect show."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from consentinel.reference_site.store import DEMO
from tests.reference_site.notebook import Notebook

Journey = Callable[[Notebook], None]

ARTICLE = "/articles/ghost-meetings"
ALL = "analytics social advertising"
CAMPAIGN = "/?utm_source=news&utm_campaign=spring"


def sign_in(book: Notebook) -> None:
    """Fill in the sign-in form."""
    if not book.driver.find_elements(By.ID, "email"):
        return
    book.driver.find_element(By.ID, "email").send_keys(DEMO.email)
    book.driver.find_element(By.ID, "password").send_keys(DEMO.password)
    book.click("#sign-in")


def never_asked(book: Notebook) -> None:
    """Look around without choosing."""
    book.go("/", "unasked")
    book.click("#consent-open-preferences")
    book.note("unasked, preferences")
    book.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    book.note("unasked, escaped")
    book.click("#consent-open-preferences")
    book.click("#consent-close")
    book.note("unasked, closed")
    book.driver.execute_script("scrollTo(0, 600)")
    book.click(f'a[href="{ARTICLE}"]')
    book.note("unasked, second page")
    for path in (
        ARTICLE,
        CAMPAIGN,
        "/nowhere",
        "/legal",
        "/cookies",
        "/preferences",
        "/browser-help/firefox",
    ):
        book.go(path, "unasked")
    book.go("/", "unasked", "help.{site}")
    book.note_requests("unasked")


def patient(book: Notebook) -> None:
    """Stay on a page for longer than most would, before a choice and after a refusal."""
    book.go("/", "patient")
    book.stay(4.4)
    book.note("patient, unasked")
    book.choose("#consent-refuse-all", "")
    book.stay(1.2)
    book.note("patient, refused")
    book.note_requests("patient")


def refusing(book: Notebook) -> None:
    """Refuse everything, and read on."""
    book.go("/", "refused")
    book.choose("#consent-refuse-all", "")
    book.note("refused")
    for path in (ARTICLE, CAMPAIGN, "/nowhere"):
        book.go(path, "refused")
    book.driver.execute_script("scrollTo(0, 300)")
    book.click("#open-preferences")
    book.note("refused, preferences")
    book.click("#consent-close")
    book.click(".brand")
    book.note("refused, by a link")
    book.go("/", "refused", "help.{site}")
    book.note_requests("refused")


def using(book: Notebook) -> None:
    """Refuse everything, and use all features."""
    book.go("/products/quay", "using")
    book.choose("#consent-refuse-all", "")
    book.click("form.add-to-basket button")
    book.note("using, basket")
    book.go("/account/sign-in", "using")
    sign_in(book)
    book.note("using, signed in")
    book.go("/billing", "using")
    book.click("#place-order")
    book.note("using, ordered")
    book.go("/", "using")
    book.click('a.lang[data-lang="fr"]')
    book.note("using, in French")
    book.note_requests("using")


def returning(book: Notebook) -> None:
    """Refuse everything, open a second tab, and come back as a new profile on the same device."""
    book.go("/", "returning")
    book.choose("#consent-refuse-all", "")
    book.driver.switch_to.new_window("tab")
    book.go("/", "returning, second tab")
    book.driver.close()
    book.driver.switch_to.window(book.driver.window_handles[0])
    book.clear_cookies()
    book.go("/", "returning, cookies deleted")
    book.note_requests("returning")


def accepting(book: Notebook) -> None:
    """Accept everything and sign in, by password and through the network."""
    book.go("/", "accepted")
    book.choose("#consent-accept-all", ALL)
    for path in (ARTICLE, "/", "/account/sign-in"):
        book.go(path, "accepted")
    sign_in(book)
    book.note("accepted, signed in")
    book.click("#open-preferences")
    book.note("accepted, preferences")
    book.go("/account/circle", "accepted")
    book.note_requests("accepted")


def withdrawing(book: Notebook) -> None:
    """Accept everything, and think better of it."""
    book.go(ARTICLE, "accepted")
    book.choose("#consent-accept-all", ALL)
    book.go("/", "accepted")
    book.note_requests("accepted")
    book.click("#open-preferences")
    book.choose("#consent-preferences-refuse", "")
    book.note("withdrawn")
    for path in (ARTICLE, "/"):
        book.go(path, "withdrawn")
    book.note_requests("withdrawn")


def deleting(book: Notebook) -> None:
    """Accept everything, delete all cookies, and accept again."""
    book.go("/", "accepted")
    book.choose("#consent-accept-all", ALL)
    book.go("/legal", "accepted")
    identifier = book.value("_ga")
    book.clear_cookies()
    for path in ("/", "/legal"):
        book.go(path, "deleted")
    book.choose("#consent-accept-all", ALL)
    book.go("/", "deleted")
    if identifier and book.value("_ga") == identifier:
        book.facts.add("deleted cookie _ga {site} came back with its old value")
    book.note_requests("deleted")


def choosing(book: Notebook) -> None:
    """Accept one category at a time."""
    for category in ("analytics", "social", "advertising"):
        book.clear_cookies()
        book.go("/", f"only {category}")
        book.click("#consent-open-preferences")
        book.click(f'input[name="{category}"]')
        book.choose("#consent-save", category)
        book.note(f"only {category}")
        for path in (ARTICLE, "/account/sign-in", "/"):
            book.go(path, f"only {category}")
        book.note_requests(f"only {category}")


def small(book: Notebook) -> None:
    """Come with a telephone, and with a screen that hardly is one."""
    for width in (390, 240):
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 2, "mobile": True}
        book.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        book.go("/", f"{width} pixels")
    book.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def blocking(book: Notebook) -> None:
    """Visit with a browser that blocks all cookies."""
    for path in ("/", ARTICLE, "/account", "/billing", "/account/sign-in"):
        book.go(path, "blocked")
    sign_in(book)
    book.note("blocked, signing in")
    book.go("/products/quay", "blocked")
    book.click("form.add-to-basket button")
    book.note("blocked, basket")


def blocking_third_parties(book: Notebook) -> None:
    """Order with a browser that blocks cookies of third parties."""
    book.go("/products/quay", "third parties blocked")
    book.click("form.add-to-basket button")
    book.go("/account/sign-in", "third parties blocked")
    sign_in(book)
    book.go("/billing", "third parties blocked")


def strange(book: Notebook) -> None:
    """Visit with a browser that nobody knows, which states no language that anybody knows."""
    for agent, language in (("Consentinel/1.0", "en"), ("Mozilla/5.0 (X11)", "tlh")):
        override = {"userAgent": agent, "acceptLanguage": language}
        book.driver.execute_cdp_cmd("Network.setUserAgentOverride", override)
        book.go("/", f"{agent} {language}")
    book.driver.execute_cdp_cmd("Network.setUserAgentOverride", {"userAgent": "", "acceptLanguage": ""})


BROWSERS: tuple[tuple[dict[str, int], tuple[Journey, ...]], ...] = (
    (
        {},
        (
            *(never_asked, refusing, returning, using),
            *(accepting, withdrawing, deleting, choosing, small, strange, patient),
        ),
    ),
    ({"profile.default_content_setting_values.cookies": 2}, (blocking,)),
    ({"profile.cookie_controls_mode": 1}, (blocking_third_parties,)),
)
"""The preferences of each browser, and the journeys that are made with it."""

WHERE_TO_LOOK: tuple[tuple[str, Journey], ...] = (
    (r"^blocked-", blocking),
    (r"^third-party-", blocking_third_parties),
    (r"-[14]s$|^waiting", patient),
    (r"phone|screen", small),
    (r"^strange|^no-language", strange),
    (r"^personal", accepting),
    (r"-with-|all-or-nothing|refuses-all|share-buttons|^functionality-to", choosing),
    (r"^respawn", deleting),
    (r"withdrawal$|withdrawal-ignored|last-word|refreshed", withdrawing),
    (r"^language", using),
    (r"never-works|too-long|network-sign-in|forgetful", accepting),
    (r"lost-in-second-tab|by-address|by-fingerprint|restored|banner-once", returning),
    (r"needs|drops|language", using),
    (r"refus|subdomain|redirect|worker|cname|relay|scroll$|pagehide|locked|^choice-", refusing),
    (r"store|by-http|by-script|in-address|silent", refusing),
    (r"", never_asked),
)
"""The journey on which a defect of such a name should show first."""
