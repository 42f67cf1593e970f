"""What a visitor does on any page, and what they see there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from consentinel.browser.isolated import isolated, isolated_answer
from consentinel.evidence.guarded import path_of, query_of
from consentinel.evidence.records import Deed
from consentinel.visitor import sitemap
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.page import ALL, Page
from consentinel.visitor.visitor import Visitor

_LETTERS = f"""{ALL}
const shown = all(arguments[0]).filter((element) => element.checkVisibility());
return shown.length ? Math.max(...shown.map((element) => element.innerText.trim().length)) : null;
"""

_PLUG_INS = r"""
const isShown = /^(image|text|audio|video)\/|^application\/(pdf|json|xml|[\w.-]+\+xml)$|^$/i;
const isOfPlugIn = /\.(swf|spl|dcr|dir|class|jar|xap|unity3d)$/i;
const address = (e) => (e.getAttribute('data') || e.getAttribute('src') || '').split(/[?#]/)[0];
const kind = (e) => (e.getAttribute('type') || '').split(';')[0].trim();
const needsOne = (e) => e.hasAttribute('classid') || !isShown.test(kind(e)) || isOfPlugIn.test(address(e));
const found = [...document.querySelectorAll('applet, embed, object')];
return found.filter((e) => e.localName === 'applet' || needsOne(e)).length;
"""
"""Browsers themselves show pictures, pages, sound, films and PDF in `object` and `embed`; the rest needs a plug-in."""

_FITS = "return document.documentElement.scrollWidth <= window.innerWidth + 1;"

_LINK = f"""{ALL}
const link = all(arguments[0]).find((a) => a.checkVisibility());
return link ? link.href || '' : null;
"""

_VARIANT = f"""{ALL}
const element = all(arguments[0])[0];
return element ? element.dataset.variant || element.innerText : '';
"""

_ROWS = f"""{ALL}
return all(arguments[0]).map((row) => (row.cells && row.cells.length ? row.cells[0] : row).innerText);
"""

_LANGUAGE = "return document.documentElement.lang || document.documentElement.getAttribute('xml:lang') || '';"

_ATTRIBUTE = f"""{ALL}
const element = all(arguments[0])[0];
return element ? element.getAttribute(arguments[1]) : null;
"""

_HTML = """
const roots = [];
const gather = (root) => root.querySelectorAll('*').forEach((element) => {
  if (!element.shadowRoot) return;
  roots.push(element.shadowRoot);
  gather(element.shadowRoot);
});
gather(document);
const html = document.documentElement;
return roots.length && html.getHTML ? html.getHTML({ shadowRoots: roots }) : html.outerHTML;
"""

ENDS = 5
"""How often the visitor scrolls to the end of a page that adds something there each time."""

_HEIGHT = "document.documentElement.scrollHeight"

_ROLLED = """
const done = arguments[0], page = document.scrollingElement || document.documentElement;
let frames = 0, last = -1;
const look = () => {
  const isAtEnd = page.scrollTop + innerHeight >= page.scrollHeight - 2;
  frames = page.scrollTop === last ? frames + 1 : 0;
  last = page.scrollTop;
  if (frames > (isAtEnd ? 1 : 30)) done();
  else requestAnimationFrame(look);
};
look();
"""
"""Waits until the page has come to rest at its end, or does not move: it scrolls smoothly, and hears of it by frame."""

_OUT = """
const above = { view: window, clientX: innerWidth / 2, clientY: -1, relatedTarget: null };
const root = document.documentElement;
for (const made of [PointerEvent, MouseEvent]) {
  const word = made === PointerEvent ? 'pointer' : 'mouse';
  root.dispatchEvent(new made(`${word}out`, { ...above, bubbles: true, cancelable: true }));
  for (const place of [root, document]) place.dispatchEvent(new made(`${word}leave`, above));
}
"""
"""Tells the page that the pointer leaves the window at its upper edge: no driver moves it there."""


class Reading(Page):
    """Visits pages, reads, scrolls, types, and looks."""

    def visit(self, page: str) -> None:
        """Visit a page by the word that the features use for it."""
        self.visitor.visit(sitemap.address(self.visitor.profile, page), f"visits the {page}")

    def visiting(self, page: str) -> Visitor:
        """Visit a page, and be the visitor who did."""
        self.visit(page)
        return self.visitor

    def visit_and_mark(self, page: str) -> None:
        """Visit a page; from here on "since" counts."""
        self.visitor.mark = time.time()
        self.visit(page)

    def campaign_words(self) -> list[str]:
        """Return the values of the campaign parameters of the last address."""
        return [value for name, value in query_of(self.visitor.history[-1]) if name.startswith("utm_")]

    def page_words(self) -> list[str]:
        """Return the words by which a service may name the page of the last address: its path."""
        return [path_of(self.visitor.history[-1])]

    def attempt(self, page: str) -> None:
        """Try a page that may refuse."""
        self.visitor.attempt(sitemap.address(self.visitor.profile, page), f"tries to use the {page}", Deed.TRIES_PAGE)

    def read_articles(self, count: int) -> None:
        """Read so many articles, one after the other; other pages where the profile names fewer articles."""
        for words, url in sitemap.readings(self.visitor.profile, count):
            self.visitor.visit(url, f"reads {words}")

    def walk_through_shop(self) -> None:
        """Visit the shop's and the account's pages without buying or signing in."""
        for url in sitemap.shop(self.visitor.profile):
            self.visitor.visit(url, "walks through the shop")

    def walk_through_remaining(self) -> None:
        """Visit the pages that are neither articles nor the shop's: policy, legal information, search, error."""
        for url in sitemap.remaining(self.visitor.profile):
            self.visitor.visit(url, "walks through the remaining pages")

    def walk_on(self) -> None:
        """Visit another page without touching the banner."""
        (_, url), *_ = sitemap.readings(self.visitor.profile, 1)
        self.visitor.visit(url, "walks on without choosing")

    def scroll_to_end(self) -> None:
        """Scroll to the end of the page, with the keyboard as people do; on to its new end, where that adds more."""
        driver, height = self.driver, -1
        for _ in range(ENDS):
            if (now := int(self.visitor.context.ask(_HEIGHT))) <= height:
                return
            height = now
            with self.visitor.doing("scrolls to the end of the page"):
                driver.execute_script("document.activeElement && document.activeElement.blur();")
                ActionChains(driver).send_keys(Keys.PAGE_DOWN, Keys.PAGE_DOWN, Keys.END).perform()
                driver.execute_async_script(_ROLLED)

    def press_escape(self) -> None:
        """Press the Escape key."""
        with self.visitor.doing("presses Escape"):
            self.visitor.closed_on = self.visitor.document()
            ActionChains(self.driver).send_keys(Keys.ESCAPE).perform()

    def turn_to_leave(self) -> None:
        """Move the pointer out of the window, towards its tabs."""
        with self.visitor.doing("turns to leave the page"):
            isolated(self.driver, _OUT)

    def wait(self, seconds: float) -> None:
        """Let page time pass with the page open."""
        with self.visitor.doing(f"waits for {seconds:g} seconds", horizon=seconds):
            pass

    def leave_site(self) -> None:
        """Leave for a page that is nobody's."""
        self.visitor.leave_site("leaves the site")

    def letters(self) -> int | None:
        """Return how many letters the page's content shows; None where no content is visible."""
        found = self._ask(_LETTERS, self.visitor.profile.elements.content)
        return None if found is None else int(found)

    def plug_ins(self) -> int:
        """Return how many elements of the page embed plug-in content."""
        return int(self._ask(_PLUG_INS))

    def fits(self) -> bool:
        """Return whether the page fits the window's width."""
        return bool(self._ask(_FITS))

    def language(self) -> str:
        """Return the language that the page says it is in."""
        return str(self._ask(_LANGUAGE))

    def link(self, element: str) -> str | None:
        """Return where a visible link leads, once a menu that hides it is unfolded; None when it is not there."""
        found = self._ask(_LINK, self.selector(element))
        if found is None and self.unfold_menu_of(element):
            found = self._ask(_LINK, self.selector(element))
        return None if found is None else str(found)

    def words(self, pages: Sequence[str]) -> dict[str, str]:
        """Return the words that pages show, by the words that the features use for the pages."""
        found = {}
        for page in pages:
            self.attempt(page)
            found[page] = str(self._ask("return document.body ? document.body.innerText : '';"))
        return found

    def rows(self, element: str) -> list[str]:
        """Return the first cells of a table's rows."""
        return [str(text).strip() for text in self._ask(_ROWS, self.selector(element))]

    def html(self) -> str:
        """Return the document as it is now, open shadow trees as templates with the attribute `shadowrootmode`."""
        return str(self._ask(_HTML))

    def attribute(self, element: str, name: str) -> str | None:
        """Return an attribute of the element, None when the element or the attribute is not there."""
        found = self._ask(_ATTRIBUTE, self.selector(element), name)
        return None if found is None else str(found)

    def feature_test(self) -> tuple[str, str]:
        """Return the parameter that reports the feature test to analytics, and its value on this page."""
        name = self.visitor.profile.elements.feature_test_parameter
        if name is None:
            raise MissingEntry("elements.feature_test_parameter")
        return name, str(self._ask(_VARIANT, self.selector("feature_test")))

    def _ask(self, script: str, *arguments: str) -> Any:
        wrapped = f"return [(function () {{ {script}\n}}).apply(undefined, arguments)];"
        return isolated_answer(self.driver, wrapped, *arguments)[0]
