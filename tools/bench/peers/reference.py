"""What the peers know of the reference site: what the harness reads from the site's profile."""

from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

BASE = os.environ["CONSENTINEL_BENCH_URL"]
CHROMIUM = os.environ["CONSENTINEL_BENCH_CHROMIUM"]
ARGUMENTS = os.environ["CONSENTINEL_BENCH_ARGUMENTS"].split("\n")
"""What the harness starts Chromium with: without it, the floor would pay for what the browser does for itself."""
FIREFOX = os.environ["CONSENTINEL_BENCH_FIREFOX"]
"""Where Firefox is, where the flows run there; empty for Chromium."""
PREFERENCES: dict[str, object] = json.loads(os.environ["CONSENTINEL_BENCH_PREFERENCES"])
CHROMEDRIVER = os.environ["CONSENTINEL_BENCH_CHROMEDRIVER"]

ROUNDS = int(os.environ["CONSENTINEL_BENCH_ROUNDS"])
"""How often each flow is run."""

WATCH = float(os.environ["CONSENTINEL_BENCH_WATCH"])
"""Seconds of wall time for which a flow watches, after each action, that nothing more happens."""

HOME = f"{BASE}/"
ARTICLES = tuple(f"{BASE}/articles/{name}" for name in ("ghost-meetings", "quiet-displays", "hybrid-rooms"))
ARTICLE = ARTICLES[0]
SIGN_IN = f"{BASE}/account/sign-in"
PRODUCT = f"{BASE}/products/quay"
ORDER_FORM = f"{BASE}/billing"

BANNER = "#consent-banner"
ACCEPT_ALL = "#consent-accept-all"
REFUSE_ALL = "#consent-refuse-all"
OPEN_PREFERENCES = "#consent-open-preferences"
PREFERENCES_LINK = "#open-preferences"
DIALOG_REFUSE_ALL = "#consent-preferences-refuse"
SAVE = "#consent-save"

USER, PASSWORD = "ada@example.com", "correct horse"

FUNCTIONALITY = {
    "harbour_consent",
    "harbour_session",
    "harbour_basket",
    "harbour_lang",
    "harbour_csrf",
    "lb",
    "_garden",
}
ANALYTICS = {"_ga", "_gid"}
SOCIAL = {"_cbp", "circle_id", "circle_session"}

SERVICES = {
    "analytics": "metrics.localhost",
    "social": "circle.localhost",
    "advertising": "adnet.localhost",
}

AT_WORK = {"analytics": "/g/collect", "social": "/button", "advertising": "/pixel"}
"""The request by which each service shows that it is at work; its cookies are written by then."""


def switch(category: str) -> str:
    """Return the selector of a category's switch in the preferences."""
    return f"#consent-preferences input[name={category}]"


def service_of(url: str) -> str | None:
    """Return the category of the service that hears a request; None for the site and its technical partners."""
    host = urlsplit(url).hostname or ""
    return next((name for name, site in SERVICES.items() if host == site or host.endswith(f".{site}")), None)


def is_at_work(service: str, url: str) -> bool:
    """Return whether this request shows that the service is at work."""
    return service_of(url) == service and urlsplit(url).path.endswith(AT_WORK[service])
