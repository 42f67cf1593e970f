"""Moves a visitor other than by visiting a page: back and forward, reloading, pointing at links, arriving by an ad.

A page to which somebody goes back may be the very document that the browser has kept, scripts and all, or one that is
loaded anew. When the document was made tells which, and the record says so.
"""

from __future__ import annotations

import json
import secrets
import time
from urllib.parse import urlencode

from consentinel.browser.errors import CommandFailed
from consentinel.browser.wait import NotYet, WaitFailed, wait_until
from consentinel.evidence.guarded import parts_of
from consentinel.evidence.page_load import wait_for_page
from consentinel.evidence.records import Action, Deed
from consentinel.site.campaigns import BY_LINK_OF_A_PAGE, PARAMETERS
from consentinel.visitor import sitemap
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.page import ALL, Page

TRAVELS = 10.0
"""Seconds that a page of the history may take to show."""

KEPT = "sees the page as the browser had kept it"
ANEW = "sees the page loaded anew"
TURNED = "sees the page in the same document"
"""How a page is noted to which a visitor went back or forward. A kept one came back with its scripts as they were."""

_MADE = "String(performance.timeOrigin)"
_PLACE = "JSON.stringify([performance.timeOrigin, location.href])"

_OWN_LINKS = (
    "Array.from(document.links).filter((a) => a.origin === location.origin && a.pathname !== location.pathname)"
)


# Search engines and networks tell their own address, and nothing of the page.
_LINK_TO = """(() => {
  const link = Object.assign(document.createElement("a"), { href: %s, referrerPolicy: "origin", textContent: "There" });
  document.body.append(link);
  return "";
})()"""


class Movement(Page):
    """The visitor's ways through the site."""

    def go(self, delta: int, sentence: str) -> None:
        """Go back or forward in the history. Raises SiteUnavailable when no other page shows."""
        visitor = self.visitor
        with visitor.doing(sentence):
            begun, made, place = time.time(), visitor.context.ask(_MADE), visitor.context.ask(_PLACE)
            try:
                visitor.context.traverse(delta)
                wait_until("another page of the history", lambda: self._has_left(place), TRAVELS)
                now = visitor.context.ask(_MADE)
            except (CommandFailed, WaitFailed) as error:
                raise SiteUnavailable(f"no other page of the history showed: {error}") from error
            how = TURNED if now == made else KEPT if float(now) / 1000 < begun else ANEW
            page, deed = visitor.context.ask("location.href"), Deed.SEES_KEPT_PAGE if how == KEPT else Deed.OTHER
            visitor.recorder.add(Action(time.time(), how, page, deed=deed))
            visitor.visits.append((begun, page))

    def reload(self) -> None:
        """Load the page that is open anew, as the browser's button does. Raises SiteUnavailable."""
        context, recorder = self.visitor.context, self.visitor.recorder
        with self.visitor.doing("reloads the page"):
            before, asked = context.loads(), len(recorder.traffic.sent)
            try:
                context.reload()
            except CommandFailed as error:
                raise SiteUnavailable(f"the page did not come when it was reloaded: {error}") from error
            if not wait_for_page(recorder, lambda: context.loads() > before, asked, TRAVELS):
                raise SiteUnavailable(f"the page did not come within {TRAVELS:g} seconds when it was reloaded")

    def hover_over_link(self) -> None:
        """Rest the pointer on the first link of the page that leads to another page. Raises SiteUnavailable."""
        self._hover(_OWN_LINKS, "rests the pointer on a link", "a link to another page of the site")

    def hover_over(self, element: str, sentence: str) -> None:
        """Rest the pointer on an element of the page. Raises MissingEntry, SiteUnavailable where it does not show."""
        selector = self.selector(element)
        found = f"(() => {{ {ALL} return all({json.dumps(selector)}); }})()"
        self._hover(found, sentence, element.replace("_", " "))

    def arrive_from(self, whence: str) -> None:
        """Come to the home page with the parameters that mark visitors who come from there, each with a fresh value.

        Whom another site's page has led here comes by a link of the harness's own page, so that there is a referrer.
        """
        marks = {name: f"{name[0]}k{secrets.token_hex(9)}" for name in PARAMETERS[whence]}
        parts = parts_of(sitemap.address(self.visitor.profile, "home page"))
        query = "&".join(filter(None, (parts.query, urlencode(marks))))
        url = parts._replace(query=query).geturl()
        if whence in BY_LINK_OF_A_PAGE:
            self.visitor.leave_site("visits another site")
            self.visitor.context.ask(_LINK_TO % json.dumps(url))
        self.visitor.visit(url, f"arrives from {whence}")

    def _hover(self, elements: str, sentence: str, what: str) -> None:
        with self.visitor.doing(sentence):
            if not self.visitor.context.hover(elements):
                raise SiteUnavailable(f"the page shows nothing that the pointer reaches and that is {what}")

    def _has_left(self, before: str) -> bool:
        """Return whether another page shows than before. Raises NotYet."""
        try:
            if self.visitor.context.ask(_PLACE) != before:
                return True
        except CommandFailed as error:
            raise NotYet("the page is being left") from error
        raise NotYet("the page before still shows")
