"""Chooses the pages that drafting's visitors read: pages with content that the site itself answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import requests
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.finder import ask
from consentinel.drafting.page_links import UNSURE, link_kind, opener_rank, policy_rank
from consentinel.evidence.guarded import parts_of, query_of
from consentinel.visitor.page_answer import ONE_MOMENT
from consentinel.visitor.plain_visitor import BROWSER

ARTICLES = 3
"""How many pages are read."""

TRIES = 24
"""How many links are asked at most."""

ANSWERS = 5.0
"""Seconds that an answer may take to begin."""

PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Tour:
    """Where visitors go. `links` are those that a profile names: by kind, a selector, and a path where it is a link."""

    links: Mapping[str, tuple[str, str]]
    articles: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The pages beside the articles that the profile names, such as the policy and the legal page."""
        return tuple(dict.fromkeys(path for _, path in self.links.values() if path and path not in self.articles))


def tour_from(driver: WebDriver, places: Sequence[str], url: str, settings_page: str, http: requests.Session) -> Tour:
    """Return the tour that begins on the page that the browser shows, which is at this address.

    `places` hold the dialog; `settings_page` is the path of a page of its own with the preferences, empty for none.
    """
    found = tour(links_of(driver, places), url, http)
    return replace(found, links=leading_back(found.links, settings_page, partial(answered_at, url=url, http=http)))


def tour(found: Sequence[Mapping[str, Any]], url: str, http: requests.Session) -> Tour:
    """Return the links of the page at this address. `found` is the result of `links_of`."""
    outside = [link for link in found if not link["inside"]]
    links = named_links(found)
    known = {path for _, path in links.values()} | {"", "/", path_in(url)}
    paths = dict.fromkeys(link["path"] for link in outside if link["path"] not in known and not link["download"])
    return Tour(links, tuple(_readable(paths, url, http)))


def with_way_back(tour: Tour, driver: WebDriver, places: Sequence[str]) -> Tour:
    """Return the tour with what leads to the preferences on the page that the browser shows, if anything there does."""
    found = named_links(links_of(driver, places)).get("preferences")
    return replace(tour, links={**tour.links, "preferences": found}) if found else tour


def links_of(driver: WebDriver, places: Sequence[str]) -> list[dict[str, Any]]:
    """Return the links and buttons of the page that the browser shows. `places` are selectors of what holds dialogs.

    Each has a `text`, a `selector`, the `path` of a page of the site that it leads to, empty for what leads to none,
    and says whether it is `shown`, whether it is a `download`, whether it `leaves` this page, or the site (`away`), and
    whether it stands `inside` a dialog.
    """
    found: list[dict[str, Any]] = ask(driver, "", "links", places)
    return found


def named_links(found: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Return the links that a profile names, by kind: a selector, and a path where it is a link.

    One that shows comes before one that does not, such as that of the same footer for small screens.
    """
    links: dict[str, tuple[str, str]] = {}
    rank: dict[str, tuple[int, bool]] = {}
    for link in found:
        kind, unsure = _kind_of(link)
        if kind and link["selector"] and not link["inside"] and (link["path"] or kind == "preferences"):
            sure = unsure, not link.get("shown", True)
            if sure < rank.get(kind, (UNSURE + 1, False)):
                links[kind], rank[kind] = (link["selector"], link["path"]), sure
    return links


def _kind_of(link: Mapping[str, Any]) -> tuple[str | None, int]:
    """Return what a link leads to, and how unsure that is.

    What leads to no page opens the preferences by less of a name.
    """
    kind = link_kind(link["text"], link["path"])
    if kind == "policy" and link["path"]:
        return kind, policy_rank(link["text"])
    if kind == "preferences" and link.get("away"):
        return None, 0
    opens = None if kind == "legal" or link.get("leaves") else opener_rank(link["text"])
    return (kind, 0) if opens is None else ("preferences", opens)


def leading_back(
    links: Mapping[str, tuple[str, str]], page: str, leads_to: Callable[[str], str]
) -> dict[str, tuple[str, str]]:
    """Return the same links, with the one to the page of the preferences, at this path, named as that too.

    `/a` and `/a/` may be two pages: `leads_to` gives the path that a server answers at in the end.
    """
    if not page or "preferences" in links:
        return dict(links)
    exact = [link for link in links.values() if link[1] == page]
    like = (link for link in links.values() if link[1] and _may_be(link[1], page))
    same = exact or [link for link in like if _bare(leads_to(link[1])) == _bare(page)]
    return {**links, "preferences": same[0]} if same else dict(links)


def _may_be(link: str, page: str) -> bool:
    """Return whether a link names this page, but for a slash at its end, with all parameters of the shown page."""
    named, shown = (set(query_of(path)) for path in (link, page))
    return _bare(link).rstrip("/") == _bare(page).rstrip("/") and shown <= named


def _bare(path: str) -> str:
    return path.partition("?")[0]


def answered_at(path: str, url: str, http: requests.Session) -> str:
    """Return the path, on the site of this address, of the page that is answered to a link; empty where none is."""
    origin = parts_of(url)
    return path_in(_final(f"{origin.scheme}://{origin.netloc}{path}", http))


def _readable(paths: Iterable[str], url: str, http: requests.Session) -> Iterator[str]:
    """Yield the first pages among these paths. Of several that lead to one address, only the first counts."""
    origin, seen = parts_of(url), {url.partition("#")[0]}
    for path in list(paths)[:TRIES]:
        if len(seen) > ARTICLES:
            return
        final = _final(f"{origin.scheme}://{origin.netloc}{path}", http)
        final += path[path.index("#") :] if final and "#" in path else ""  # a route that the page's script knows
        if final and parts_of(final).netloc == origin.netloc and final not in seen:
            seen.add(final)
            yield path


def _final(url: str, http: requests.Session) -> str:
    """Return the address of the page that is answered here; empty for an error, a download and what is no page.

    An answer that only says that programs are not welcome is the browser's to judge: the address counts as a page.
    """
    try:
        with http.get(url, headers={"User-Agent": BROWSER}, timeout=ANSWERS, stream=True) as answer:
            if answer.status_code in (401, 403, 429, ONE_MOMENT):
                return url
            kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            is_attached = answer.headers.get("Content-Disposition", "").lower().startswith("attachment")
            return answer.url.partition("#")[0] if answer.ok and kind in PAGES and not is_attached else ""
    except (requests.RequestException, ValueError):  # ValueError: an address that no client can make sense of
        return ""


def path_in(url: str) -> str:
    """Return the path of an address, with its query."""
    parts = parts_of(url)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
