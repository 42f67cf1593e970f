"""What a visitor does with what a page folds away, and with its search: opens, closes again, looks up."""

from __future__ import annotations

from contextlib import suppress

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.pointer import click
from consentinel.visitor import sitemap
from consentinel.visitor.answer import check_manners
from consentinel.visitor.page import ALL, Page

OPENS = "opens what the page folds away, and closes it"
NOTHING_FOLDED = "finds nothing that the page folds away"
LOOKS_UP = "looks something up"
NO_SEARCH = "finds no search"
"""What the record calls it; where a page has nothing for it, nobody can do it there."""

WORD = "words"
"""What is looked up."""

FOLDED = 4
"""How many things of a page are opened at the most."""

# Dialogs, what opens them, and what sends a form are left alone: they may change data, or ask for a choice.
_FOLDED = f"""{ALL}
const [content, others, most] = arguments;
const folds = "summary, button[aria-expanded=false], [role=button][aria-expanded=false], " +
  "[role=tab][aria-selected=false]";
const parts = "main, article, header, nav, [role=main], [role=banner], [role=navigation]";
const dialogs = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true], [aria-haspopup=dialog]";
const contents = all(content), beside = others.flatMap(all);
const isOfPage = (one) => one.closest(parts) || contents.some((part) => part.contains(one));
const isLeftAlone = (one) => one.closest(dialogs) || (one.form && one.type === "submit") || one.closest("a[href]") ||
  beside.some((part) => part.contains(one) || one.contains(part));
const isReached = (one) => {{
  one.scrollIntoView({{ block: "center", behavior: "instant" }});
  const {{ left, top, width, height }} = one.getBoundingClientRect();
  const there = width && height && one.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
  return there && one.contains(there);
}};
const visible = all(folds).filter((one) => one.checkVisibility({{ checkVisibilityCSS: true }}) && !one.disabled);
return visible.filter((one) => isOfPage(one) && !isLeftAlone(one)).filter(isReached).slice(0, most);
"""

_SEARCH = f"""{ALL}
const isFree = (one) => !one.disabled && !one.readOnly && one.checkVisibility({{ checkVisibilityCSS: true }});
const asks = (one) => one.form && one.form.method === "get" && new URL(one.form.action).origin === location.origin;
const fields = all("input[type=search], [role=search] input[type=text], [role=search] input:not([type])");
const free = fields.filter((one) => isFree(one) && asks(one) && one.getClientRects().length);
return free.slice(0, 1).map((one) => [one, one.form.action]);
"""


class Unfolding(Page):
    """The page that a visitor has open, as something to unfold and to ask."""

    def unfold(self) -> None:
        """Open some of what the page folds away (details, menus, tabs), and close it again."""
        elements, dialog = self.visitor.profile.elements, self.visitor.profile.consent.dialog
        reopening = dialog.reopen if dialog is not None else ()
        others = [one for one in (elements.preferences_link, *reopening, *self.visitor.consent.places()) if one]
        found: list[WebElement] = self.found(_FOLDED, elements.content, others, FOLDED)
        with self.visitor.doing(OPENS if found else NOTHING_FOLDED):
            for one in found:
                with suppress(WebDriverException):  # what was opened before has put something else in its place
                    click(one)
                    click(one)

    def look_up(self) -> None:
        """Send the search of the page that is open, or else of the search page. Raises SiteUnavailable."""
        profile = self.visitor.profile
        if not self.found(_SEARCH) and profile.pages.search is not None:
            self.visitor.visit(sitemap.address(profile, "search page"), "visits the search page")
        found: list[tuple[WebElement, str]] = self.found(_SEARCH)
        for _, action in found:
            check_manners(action, self.visitor.resources.manners)
        with self.visitor.doing(LOOKS_UP if found else NO_SEARCH):
            for field, _ in found:
                field.clear()
                field.send_keys(WORD, Keys.ENTER)
