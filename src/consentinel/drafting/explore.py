"""Visits a site as fresh visitors do, and notes what it stores and whom it contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.autoconsent import Autoconsent
from consentinel.consent.base import ConsentFailure
from consentinel.consent.described import Described
from consentinel.consent.dialog import DialogManager, running
from consentinel.consent.registry import managers
from consentinel.drafting.proposal import labels, propose
from consentinel.drafting.survey import (
    Item,
    Option,
    Proposal,
    Survey,
    Traces,
)
from consentinel.drafting.words import category_of, link_kind
from consentinel.evidence.guarded import host_of, parts_of, path_of
from consentinel.site.hosts import pattern_of
from consentinel.site.profile import REFUSABLE, Category, Profile
from consentinel.visitor.choices import Choices
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor

LATE = 8.0
"""Seconds that a consent manager may take to show up."""

ARTICLES = 3

LINKS = """
const label = (e) => (e.getAttribute('aria-label') || e.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 80);
const selector = (e) => {
  if (e.id) return '#' + CSS.escape(e.id);
  const href = e.getAttribute('href');
  return href ? `${e.localName}[href="${CSS.escape(href)}"]` : '';
};
const dialogs = ['[role=dialog]', 'dialog', ...arguments[0]].join(', ');
return [...document.querySelectorAll('a[href], button')].map((e) => ({
  text: label(e), selector: selector(e), inside: Boolean(e.closest(dialogs)),
  path: e.origin === location.origin ? e.pathname + e.search : '',
}));
"""

Progress = Callable[[str], None]


def explore(url: str, resources: Resources, say: Progress) -> Survey:
    """A survey of the site at this address. Raises SiteUnavailable when it does not answer as itself."""
    explorer = _Explorer(url, resources, say)
    return explorer.survey()


def _allow_only(category: Category, choices: Choices) -> None:
    choices.allow_only([category])


class _Explorer:
    def __init__(self, url: str, resources: Resources, say: Progress) -> None:
        self.url = url
        self.resources = resources
        self.say = say
        self.manager = ""
        self.options: dict[Category, Option] = {}
        self.links: dict[str, tuple[str, str]] = {}
        self.articles: tuple[str, ...] = ()
        self.strange: tuple[str, ...] = ()
        self.notes: list[str] = []
        self.dialog: Proposal | None = None

    def survey(self) -> Survey:
        before, title = self._first_visit()
        refused = self._traces("refuses everything", lambda choices: choices.refuse_all())
        accepted = self._traces("accepts everything", lambda choices: choices.accept_all())
        alone: dict[Category, Traces] = {}
        if self.dialog and not (refused and accepted):
            self.manager = ""
        for category in [c for c in REFUSABLE if c in self.options]:
            traces = self._traces(f"allows {category} alone", partial(_allow_only, category))
            if traces is not None:
                alone[category] = traces
        return Survey(
            self.url, title, self.manager, self.options, self.strange, before, refused, accepted, alone,
            self.links, self.articles, tuple(self.notes), self.dialog,
        )  # fmt: skip

    def _first_visit(self) -> tuple[Traces, str]:
        self.say("visits the home page without choosing anything")
        with self._visitor() as visitor:
            visitor.visit(self.url, "visits the home page")
            driver = visitor.browser.driver
            title = str(driver.title)
            self.manager = self._recognise(visitor)
            traces = self._left_with(visitor)
            if not self.manager:
                self.manager = self._by_its_buttons(driver)
            self._note_links(driver.execute_script(LINKS, self._places()))
            self._note_options(visitor)
            return traces, title

    def _recognise(self, visitor: Visitor) -> str:
        managers()
        driver = visitor.browser.driver
        try:
            name = wait_until("a consent manager", lambda: running(driver), LATE)[0]
        except WaitFailed:
            name = self._by_rules(visitor)
        self.say(f"recognises the consent manager {name}" if name else "recognises no consent manager")
        return name

    def _by_its_buttons(self, driver: WebDriver) -> str:
        """Describes a dialog that no page object knows; empty where that does not suffice to work it."""
        self.dialog = propose(driver)
        if self.dialog is None:
            self.say("finds no dialog by its buttons either")
            return ""
        self.say(f"finds a dialog with the buttons {labels(self.dialog.buttons)}")
        self.options = {category: Option("", switch.label) for category, switch in self.dialog.workable.items()}
        self.strange = self.dialog.strange_labels
        self.say(f"finds a switch for {', '.join(self.options) or 'no category'}")
        return Described.name if self.dialog.is_complete else ""

    def _places(self) -> list[str]:
        """Where the dialog that was found is, in the page itself."""
        found = self.dialog
        places = [found.banner, found.dialog] if found and not found.frame else []
        return [place for place in places if place and ">>>" not in place]

    def _by_rules(self, visitor: Visitor) -> str:
        try:
            found = Autoconsent.manager_on(visitor.browser.driver)
        except ConsentFailure as failure:
            self.notes.append(str(failure))
            return ""
        if found:
            self.notes.append(f"The rules of autoconsent call the consent manager {found}; they know no categories.")
        return Autoconsent.name if found else ""

    def _note_options(self, visitor: Visitor) -> None:
        """What the preferences offer, in the manager's own names."""
        if not self.manager or self.dialog:
            return
        manager = managers()[self.manager](visitor.browser.driver, visitor.profile)
        if not isinstance(manager, DialogManager):
            return
        try:
            manager.open_preferences()
            named = manager.own_names()
            shown = {} if named or not manager.selectors.categories else manager.switches()
        except ConsentFailure as failure:
            self.notes.append(f"The preferences could not be read: {failure}")
            return
        self.options = {category: Option("", switch.label) for category, switch in shown.items()}
        strange = []
        for each in named:
            category = category_of(each["key"], each["label"])
            if category is None:
                strange.append(each["label"])
            else:
                self.options[category] = Option(each["key"], each["label"])
        self.strange = tuple(strange)
        self.say(f"finds a switch for {', '.join(self.options) or 'no category'}")

    def _traces(self, what: str, choose: Callable[[Choices], None]) -> Traces | None:
        if not self.manager:
            return None
        self.say(f"comes anew, {what}, and looks around")
        with self._visitor() as visitor:
            visitor.visit(self.url, "visits the home page")
            try:
                choose(Choices(visitor))
            except ConsentFailure as failure:
                self.notes.append(f"A visitor who {what} did not get through: {failure}")
                return None
            for path in self.articles:
                self._look_at(visitor, path)
            return self._left_with(visitor)

    def _look_at(self, visitor: Visitor, path: str) -> None:
        origin = parts_of(self.url)
        try:
            visitor.visit(f"{origin.scheme}://{origin.netloc}{path}", "reads a page")
        except SiteUnavailable as error:
            self.notes.append(str(error))

    def _left_with(self, visitor: Visitor) -> Traces:
        timeline = visitor.timeline
        stored = timeline.state.items if timeline.state else ()
        values = {Item(item.kind, item.host, item.name): item.value.text for item in stored}
        pages: dict[str, str] = {}
        for request in timeline.requests:
            pages.setdefault(request.host, path_of(request.page) or "/")
        return Traces(frozenset(values), frozenset(pages) - {""}, pages, values)

    def _note_links(self, found: list[dict[str, Any]]) -> None:
        outside = [link for link in found if not link["inside"]]
        for link in outside:
            kind = link_kind(link["text"])
            if kind and link["selector"] and (link["path"] or kind == "preferences"):
                self.links.setdefault(kind, (link["selector"], link["path"]))
        known = {path for _, path in self.links.values()}
        paths = dict.fromkeys(link["path"] for link in outside if link["path"] not in ("", "/", *known))
        self.articles = tuple(paths)[:ARTICLES]

    @contextmanager
    def _visitor(self) -> Iterator[Visitor]:
        visitor = Visitor("visitor", self.resources, self._profile())
        try:
            yield visitor
        finally:
            visitor.leave()

    def _profile(self) -> Profile:
        """As much of a profile as is known so far."""
        origin, host = parts_of(self.url), host_of(self.url)
        link = self.links.get("preferences")
        categories = {
            category: {
                "label": category,
                "key": self.options[category].key if category in self.options else "",
                "refusable": category is not Category.FUNCTIONALITY,
            }
            for category in Category
            if not self.options or category in self.options or category is Category.FUNCTIONALITY
        }
        return Profile.model_validate(
            {
                "site": {
                    "name": host,
                    "base_url": f"{origin.scheme}://{origin.netloc}",
                    "hosts": [pattern_of(host)],
                },
                "consent": {
                    "manager": self.manager or "auto",
                    "stored": {"name": "unknown"},
                    "late_s": LATE,
                    "dialog": self.dialog.selectors() if self.dialog and self.manager else None,
                },
                "categories": categories,
                "elements": {"preferences_link": link[0]} if link else {},
            }
        )
