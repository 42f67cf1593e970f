"""The pages that features speak of, by the words that they use for them."""

from __future__ import annotations

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


def address(profile: Profile, page: str) -> str:
    """The address of a page. Raises MissingEntry when the profile does not name it."""
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
    """The key of the profile's table `pages` for one of the words in `PAGES`."""
    return _ENTRIES[page]


def absolute(profile: Profile, path: str) -> str:
    """A path as a full address; an address of another host of the site gets the port of the deployment."""
    base = str(profile.site.base_url)
    parts = parts_of(path)
    if not parts.netloc:
        return joined(base, path)
    port = port_of(base)
    host = f"{parts.hostname}:{port}" if port and port_of(path) is None else parts.netloc
    return parts._replace(netloc=host).geturl()


def articles(profile: Profile, count: int) -> tuple[str, ...]:
    """The addresses of so many articles. Raises MissingEntry when the profile names fewer."""
    if len(profile.pages.articles) < count:
        raise MissingEntry(f"pages.articles ({count} of them)")
    return tuple(absolute(profile, path) for path in profile.pages.articles[:count])


def shop(profile: Profile) -> tuple[str, ...]:
    """The addresses of the shop's pages that the profile names. Raises MissingEntry when it names none."""
    named = [page for page in SHOP if getattr(profile.pages, _ENTRIES[page]) is not None]
    if not named:
        raise MissingEntry("pages.basket")
    return tuple(address(profile, page) for page in named)
