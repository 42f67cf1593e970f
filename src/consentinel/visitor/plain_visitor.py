"""A visitor without scripts: plain HTTP, for what needs no browser.

What the server itself sends is read from its answer. What a page shows may be made by its scripts: where the answer
lacks it, the same page is read in a browser.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import requests
from bs4 import BeautifulSoup
from bs4.element import NavigableString, TemplateString

from consentinel.evidence.guarded import joined
from consentinel.site.profile import Profile
from consentinel.verdicts.http_answers import mentions
from consentinel.visitor import sitemap
from consentinel.visitor.errors import MissingEntry, SiteUnavailable
from consentinel.visitor.http_session import why_no_answer
from consentinel.visitor.page_answer import NoPage, html_of

ANSWER_LIMIT = 20.0
"""Seconds that an answer may take."""

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"

HEADERS: Mapping[str, str] = {"User-Agent": BROWSER, "Accept-Language": "en"}
"""What a visitor without scripts sends: a site that answers in several languages answers in the same each time."""

_LOADED = (
    *((f"{element}[src]", "src") for element in ("img", "iframe", "embed", "source", "input", "video", "audio")),
    ("object[data]", "data"),
    ("video[poster]", "poster"),
    ("link[rel~=stylesheet][href]", "href"),
)
"""Elements that a browser loads without a script, and where their address stands."""


def _nothing(url: str) -> str:
    """Return what is rendered of a page where there is no browser."""
    return ""


@dataclass
class PlainVisitor:
    """Somebody who calls up pages with plain HTTP. `answer` is the last answer.

    `render` gives the HTML of the page at an address as a browser shows it, shadow trees as templates with the
    attribute `shadowrootmode`; without it, the answers are all that is read.
    """

    profile: Profile
    http: requests.Session
    headers: Mapping[str, str | None]
    answer: requests.Response | None = None
    at: float = 0.0
    render: Callable[[str], str] = _nothing
    _rendered: dict[str, str] = field(default_factory=dict)

    def call(self, page: str) -> None:
        """Call up a page by the word that the features use for it."""
        self.at = time.time()
        self.answer = self.get(sitemap.address(self.profile, page))

    def get(self, url: str) -> requests.Response:
        """Return the answer at an address. Raises SiteUnavailable when there is none."""
        headers = {**HEADERS, **self.headers}
        try:
            return self.http.get(url, headers=headers, timeout=ANSWER_LIMIT)
        except requests.RequestException as error:
            raise SiteUnavailable(why_no_answer(url, error)) from error

    def marks(self, url: str, header: str) -> Iterator[str]:
        """Yield a header of an answer, empty without one, as a stranger each time; end where nothing answers."""
        with suppress(SiteUnavailable):
            while True:
                self.http.cookies.clear()
                with self.get(url) as answer:
                    yield answer.headers.get(header, "")

    def leave(self) -> None:
        """End the session, and let go of the last answer: it would keep the session's connection open."""
        self.answer = None
        self.http.close()

    @property
    def page(self) -> requests.Response:
        """The last answer. Raises SiteUnavailable before there was one."""
        if self.answer is None:
            raise SiteUnavailable("no page was called up yet")
        return self.answer

    def links(self, selector: str) -> list[str]:
        """Return where the links that match a CSS selector lead; what is no address at all stands as the page has it.

        Where the answer holds none, those of the page as scripts make it. Raises SiteUnavailable where it is no page.
        """
        return self._links(self.html(), selector) or self._links(self._as_shown(), selector)

    def links_of(self, element: str) -> list[str]:
        """Return where the links lead that the profile names as this element. Raises MissingEntry."""
        selector = getattr(self.profile.elements, element)
        if selector is None:
            raise MissingEntry(f"elements.{element}")
        return self.links(selector)

    def statuses_of(self, element: str) -> list[tuple[str, int | None]]:
        """Return each of these links with the status that it answers, None for no answer."""
        return [(url, self._status(url)) for url in self.links_of(element)]

    def set_cookie_headers(self) -> list[str]:
        """Return the `Set-Cookie` headers of the answer and of the redirections that led to it."""
        answers = [*self.page.history, self.page]
        return [header for answer in answers for header in answer.raw.headers.getlist("set-cookie")]

    def without_scripts(self) -> list[str]:
        """Return the addresses that the page loads only where no script runs. Raises SiteUnavailable where it is none.

        Browsers that run scripts take what stands in `noscript` for text.
        """
        page = _parsed(self.html())
        start = self._start(page)
        found = [(one, name) for selector, name in _LOADED for one in page.select(f"noscript {selector}")]
        return [joined(start, str(one[name])) for one, name in found]

    def _start(self, page: BeautifulSoup) -> str:
        base = page.select_one("base[href]")
        return joined(self.page.url, str(base["href"])) if base else self.page.url

    def _status(self, url: str) -> int | None:
        try:
            return self.get(url).status_code
        except SiteUnavailable:
            return None

    def text(self, wanted: Collection[str] = ()) -> str:
        """Return the words of the page; where the answer lacks one of those wanted, of the page as its scripts make it.

        Raises SiteUnavailable where the answer is no page.
        """
        plain = BeautifulSoup(self.html(), "html.parser").get_text(" ")
        if all(mentions(plain, word) for word in wanted):
            return plain
        return _parsed(self._as_shown()).get_text(" ", types=(NavigableString, TemplateString))

    def html(self) -> str:
        """Return the answer as HTML. Raises SiteUnavailable where it is no page."""
        try:
            return html_of(self.page)
        except NoPage as error:
            raise SiteUnavailable(f"{self.page.url} {error}, so nothing was judged") from error

    def _links(self, html: str, selector: str) -> list[str]:
        page = _parsed(html)
        start = self._start(page)
        found = page.select(selector.replace(" >>> ", " "))
        return [joined(start, str(link.get("href", ""))) for link in found]

    def _as_shown(self) -> str:
        url = self.page.url
        if url not in self._rendered:
            self._rendered[url] = self.render(url)
        return self._rendered[url]


def _parsed(html: str) -> BeautifulSoup:
    """Return a document with its shadow trees as part of it, and without the templates that it does not show."""
    soup = BeautifulSoup(html, "html.parser")
    for tree in soup.find_all("template", shadowrootmode=True):
        tree.name = "div"
    for spare in soup.find_all("template"):
        spare.decompose()
    return soup
