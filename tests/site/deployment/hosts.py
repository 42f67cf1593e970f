"""Which site a host name stands for: `<manner>.<manager>.localhost`, with as many manners as wanted, or none."""

from __future__ import annotations

from dataclasses import dataclass

MANAGERS = ("vanilla-cookieconsent", "klaro", "orejime", "tarteaucitron", "osano", "component", "framed")
DEFECTS = ("analytics-before", "social-kept", "choice-forgotten")
SHY = ("closed", "no-refusal")
"""A dialog that no selector reaches, and one that offers no refusal."""
WALLS = ("walled", "refusing")
"""Something else answers in place of the site."""
ODDITIES = ("late", "reloading", "looping", "in-storage", "single-page", "french", *SHY, *WALLS)

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
    if last != "localhost" or manager not in MANAGERS or not set(manners) <= {*DEFECTS, *ODDITIES}:
        return None
    return Place(manager, frozenset(manners))


def all_hosts() -> tuple[str, ...]:
    """Every host with at most one manner, a single page's defects, and the services: the names of the certificate."""
    plain = tuple(f"{manager}.localhost" for manager in MANAGERS)
    with_manner = tuple(f"{manner}.{host}" for host in plain for manner in (*DEFECTS, *ODDITIES))
    single_page = tuple(f"{defect}.single-page.{host}" for host in plain for defect in DEFECTS)
    return plain + with_manner + single_page + SERVICES
