"""Which site a host name stands for: `<manner>.<manager>.localhost`, with as many manners as wanted, or none."""

from __future__ import annotations

from dataclasses import dataclass

MANAGERS = ("vanilla-cookieconsent", "klaro", "orejime", "tarteaucitron", "osano", "component", "framed")
NEWER = (
    "govuk",
    "dsfr",
    "c15t",
    "react-cookie-manager",
    "pie",
    "porsche",
    "stormid",
    "cookie-though",
)
"""Managers and consent parts that have no page object and no written profile: drafts alone describe them."""
SERVED = ("django-cookie-consent", "djangocms-cookie-love")
"""The same, from PyPI: an application of its own serves the site."""
ON_A_PAGE = ("govuk", "stormid", "django-cookie-consent")
"""Those whose preferences are on a page: no button on every page opens them."""
DEFECTS = ("analytics-before", "social-kept", "choice-forgotten")
MORE_DEFECTS = ("analytics-kept", "withdrawal-ignored", "wrong-category", "undeclared-choice")
SHY = ("closed", "no-refusal")
"""A dialog that no selector reaches, and one that offers no refusal."""
WALLS = ("walled", "refusing")
"""Something else answers in place of the site."""
ODDITIES = ("late", "declares", "reloading", "looping", "in-storage", "single-page", "french", *SHY, *WALLS)

ANALYTICS = "count.localhost"
SOCIAL = "friends.localhost"
ADVERTISING = "banners.localhost"
DIALOG = "dialog.localhost"
"""The other origin that serves the dialog of the framed manager."""

SERVICES = (ANALYTICS, SOCIAL, ADVERTISING, DIALOG)


@dataclass(frozen=True, slots=True)
class Place:
    """A site: its manager, and in which manners it departs from the clean one."""

    manager: str
    manners: frozenset[str]


def place_of(host: str) -> Place | None:
    """The site of a host, None for a host that is none's."""
    *manners, manager, last = host.split(".") if host.count(".") else ["", ""]
    known = {*DEFECTS, *MORE_DEFECTS, *ODDITIES}
    if last != "localhost" or manager not in (*MANAGERS, *NEWER, *SERVED) or not set(manners) <= known:
        return None
    return Place(manager, frozenset(manners))


def all_hosts() -> tuple[str, ...]:
    """Every host with at most one manner, a single page's defects, and the services: the names with a certificate."""
    plain = tuple(f"{manager}.localhost" for manager in MANAGERS)
    with_manner = tuple(f"{manner}.{host}" for host in plain for manner in (*DEFECTS, *ODDITIES))
    single_page = tuple(f"{defect}.single-page.{host}" for host in plain for defect in DEFECTS)
    newer = tuple(f"{manager}.localhost" for manager in (*NEWER, *SERVED))
    broken = tuple(f"{defect}.{host}" for host in newer for defect in (*DEFECTS, *MORE_DEFECTS))
    broken += tuple(f"{defect}.{host}" for host in plain for defect in MORE_DEFECTS)
    return plain + with_manner + single_page + newer + broken + SERVICES
