"""The pages that features speak of, by the words that they use for them."""

from __future__ import annotations

from collections.abc import Sequence

from consentinel.evidence.guarded import joined, parts_of, port_of
from consentinel.site.profile import Profile
from consentinel.visitor.errors import MissingEntry

_ENTRIES = {
    "home page": "home",
    "article": "shared",
    "search page": "search",
    "sign-in page": "sign_in",
    "secure area": "secure",
    "basket": "basket",
    "order form": "billing",
    "cookie policy": "policy",
    "legal page": "legal",
    "error page": "error",
    "sub-domain": "subdomain",
    "campaign page": "campaign",
    "product page": "product",
}

PAGES = tuple(_ENTRIES)
"""The words for pages that features may use."""

SHOP = ("product page", "basket", "order form", "sign-in page")
"""The pages of a walk through the shop and the account."""


REMAINING = ("cookie policy", "legal page", "search page", "error page")
"""The pages that every site has beside those for which people come to it."""


def address(profile: Profile, page: str) -> str:
    """Return the address of a page. Raises MissingEntry when the profile does not name it."""
    own = profile.pages.own.get(page)
    if own is not None:
        return absolute(profile, own)
    entry = _ENTRIES.get(page)
    if entry is None:
        raise MissingEntry(f'pages.own."{page}"')
    path = getattr(profile.pages, entry)
    if path is None:
        raise MissingEntry(f"pages.{entry}")
    return absolute(profile, path)


def entry_of_page(page: str) -> str:
    """Return the key of the profile's table `pages` for one of the words in `PAGES`."""
    return _ENTRIES[page]


def absolute(profile: Profile, path: str) -> str:
    """Return a path as a full address; an address of another host of the site gets the port of the deployment."""
    base = str(profile.site.base_url)
    parts = parts_of(path)
    if not parts.netloc:
        return joined(base, path)
    port = port_of(base)
    host = f"{parts.hostname}:{port}" if port and port_of(path) is None else parts.netloc
    return parts._replace(netloc=host).geturl()


def readings(profile: Profile, count: int) -> tuple[tuple[str, str], ...]:
    """Return what is read on so many pages in a row, as pairs of words and address.

    Where the profile names fewer articles, other pages that anybody can read stand in for them; a site with fewer pages
    is read over again, since every page that comes is one on which the choice must hold.
    """
    pages = profile.pages
    others = {"another article": pages.shared, "a product": pages.product, "the cookie policy": pages.policy}
    others |= {"the legal information": pages.legal, "the home page": pages.home}
    known = {absolute(profile, path): f"article {number}" for number, path in enumerate(pages.articles, 1)}
    for words, path in others.items():
        if path is not None:
            known.setdefault(absolute(profile, path), words)
    found = [(words, url) for url, words in known.items()]
    return tuple(found[number % len(found)] for number in range(count))


def shop(profile: Profile) -> tuple[str, ...]:
    """Return the addresses of the shop's pages that the profile names. Raises MissingEntry when it names none."""
    return _named(profile, SHOP, "pages.basket")


def remaining(profile: Profile) -> tuple[str, ...]:
    """Return the addresses of `REMAINING` that the profile names. Raises MissingEntry when it names none."""
    return _named(profile, REMAINING, "pages.policy")


def _named(profile: Profile, pages: Sequence[str], missing: str) -> tuple[str, ...]:
    named = [page for page in pages if getattr(profile.pages, _ENTRIES[page]) is not None]
    if not named:
        raise MissingEntry(missing)
    return tuple(dict.fromkeys(address(profile, page) for page in named))


def address_of_error_page(profile: Profile) -> str:
    """Return the address that is meant not to exist, empty when the profile names none."""
    return absolute(profile, profile.pages.error) if profile.pages.error else ""
