"""What a visitor does with a page that is open, sending nothing: clicks, types, turns the screen, prints."""

from __future__ import annotations

import re
from contextlib import suppress

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.isolated import isolated
from consentinel.browser.pointer import wait_for_picture
from consentinel.visitor import sitemap
from consentinel.visitor.page import ALL, Page

CLICKS = "clicks into the text"
NO_TEXT = "finds no text to click into"
TYPES = "types into a field and sends nothing"
NO_FIELD = "finds no field to type into"
"""What the record calls it; where a page has nothing for it, nobody can do it there."""

ADDRESS = "visitor@example.org"
WORD = "words"
"""What is typed: into a field for an e-mail address, and into any other."""

PASSED = 8
"""How many texts the pointer passes over at the most, the one that is clicked included."""

FIELDS = 3
"""How many fields of a page are typed into at the most."""

WITH_FIELDS = ("sign-in page", "search page")
"""Pages that most likely have some, beside the one that is open."""

# A card that can be clicked shows a hand. A text that lies under a dialog is not clicked: nobody can.
_TEXTS = f"""{ALL}
const works = "a, area, audio, button, embed, iframe, input, label, object, option, select, summary, textarea, " +
  "video, [contenteditable], [onclick], [role=button], [role=link], [role=menuitem], [role=switch], [role=tab]";
const isPlain = (element) => !element.closest(works) && getComputedStyle(element).cursor !== "pointer";
const placeOf = (text) => {{
  const range = document.createRange();
  range.selectNodeContents(text);
  const box = [...range.getClientRects()].find((one) => one.width > 4 && one.height > 4);
  return box && [Math.round(box.left + 2), Math.round(box.top + box.height / 2)];
}};
const isReached = (text, place) => place && place[0] >= 0 && place[1] >= 0 && place[0] < innerWidth &&
  place[1] < innerHeight && text.getRootNode().elementFromPoint(...place) === text.parentElement;
const contents = all(arguments[0]).filter((element) => element.checkVisibility());
const texts = [];
for (const content of contents.length ? contents : [document.body]) {{
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && texts.length < 200) {{
    const text = walker.currentNode;
    if (text.data.trim().length > 2 && text.parentElement.checkVisibility() && isPlain(text.parentElement)) {{
      texts.push(text);
    }}
  }}
}}
const inView = texts.filter((text) => isReached(text, placeOf(text)));
const ofElements = new Map(inView.map((text) => [text.parentElement, placeOf(text)]));
if (inView.length) return [...ofElements.values()].slice(0, {PASSED}).reverse();
for (const text of texts.slice(0, 20)) {{
  text.parentElement.scrollIntoView({{ block: "center", behavior: "instant" }});
  if (isReached(text, placeOf(text))) return [placeOf(text)];
}}
return [];
"""

_MARK = f"""{ALL}
const content = all(arguments[0]).find((element) => element.checkVisibility()) || document.body;
const box = content.getBoundingClientRect();
const at = {{ clientX: box.left + 1, clientY: box.top + 1, button: 2, view: window }};
content.dispatchEvent(new MouseEvent('contextmenu', {{ ...at, bubbles: true, cancelable: true }}));
getSelection().selectAllChildren(content);
"""
"""Marks the content. Its menu, which a driver could not close again, is not shown: the page is told that it was asked
for."""

_FIELDS = f"""{ALL}
const isOfWords = (field) => field.localName === "textarea" || /^(email|search|text)$/.test(field.type);
const isFree = (field) => !field.disabled && !field.readOnly && field.checkVisibility({{ checkVisibilityCSS: true }});
return all("input, textarea").filter((field) => isOfWords(field) && isFree(field) && field.getClientRects().length);
"""


def _asks_for_address(field: WebElement) -> bool:
    """Return whether a field is for an e-mail address, by its type or by what it is called."""
    said = (field.get_attribute(name) or "" for name in ("type", "name", "id", "autocomplete"))
    return any(re.search("e-?mail", one, re.IGNORECASE) for one in said)


class Handling(Page):
    """The page that a visitor has open, as something to click and to type into."""

    def click_into_text(self) -> None:
        """Click a place of the page's content where there is text and nothing that a click sets going.

        On its way the pointer passes over other texts of the content.
        """
        places: list[list[int]] = self.found(_TEXTS, self.visitor.profile.elements.content)
        with self.visitor.doing(CLICKS if places else NO_TEXT):
            if not places:
                return
            self.visitor.closed_on = self.visitor.document()  # some dialogs go with a click beside them
            wait_for_picture(self.driver)
            actions = ActionChains(self.driver, duration=0)
            for place in places:
                actions.w3c_actions.pointer_action.move_to_location(*place)
            actions.click().perform()

    def copy_text(self) -> None:
        """Mark a word by a double click, then all of the content; ask for the menu there, and copy by keyboard."""
        places: list[list[int]] = self.found(_TEXTS, self.visitor.profile.elements.content)
        with self.visitor.doing("copies some of the text"):
            driver = self.driver
            if places:
                self.visitor.closed_on = self.visitor.document()
                wait_for_picture(driver)
                actions = ActionChains(driver, duration=0)
                actions.w3c_actions.pointer_action.move_to_location(*places[-1])
                actions.double_click().perform()
            isolated(driver, _MARK, self.visitor.profile.elements.content)
            ActionChains(driver).key_down(Keys.CONTROL).send_keys("c").key_up(Keys.CONTROL).perform()

    def type_without_sending(self) -> None:
        """Type into the fields for words of the page that is open, of the sign-in page and of the search page.

        Nothing is sent: the keyboard moves on to what comes next.
        """
        self._type_here()
        for page in WITH_FIELDS:
            if getattr(self.visitor.profile.pages, sitemap.entry_of_page(page)) is not None:
                self.visitor.visit(sitemap.address(self.visitor.profile, page), f"visits the {page}")
                self._type_here()

    def turn_screen(self) -> None:
        """Turn the screen on its side. Raises BrowserCannot."""
        with self.visitor.doing("turns the screen"):
            self.visitor.context.turn_screen()

    def print_page(self) -> None:
        """Print the page. Raises BrowserCannot."""
        with self.visitor.doing("prints the page"):
            self.visitor.context.print_page()

    def _type_here(self) -> None:
        fields: list[WebElement] = self.found(_FIELDS)[:FIELDS]
        with self.visitor.doing(TYPES if fields else NO_FIELD):
            for field in fields:
                with suppress(WebDriverException):  # the page has taken it away, or put something else in its place
                    field.send_keys(ADDRESS if _asks_for_address(field) else WORD)
                    field.send_keys(Keys.TAB)
