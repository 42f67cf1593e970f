"""Recognises answers that are no page of the site: a wall against robots, or a file.

A wall that answers with an HTTP error is known by its status. The words and marks here are those of walls that answer
like a page, as the common services show them. A page with much text is no wall.
"""

from __future__ import annotations

import json
from collections.abc import Callable

LONGEST = 1500
"""Letters that a wall has at most; a page with more to read is one of the site."""

TITLES = (
    *("just a moment", "attention required", "access denied", "pardon our interruption", "human verification"),
    *("robot check", "security check", "ddos-guard", "un instant", "nur einen moment"),
)
"""What the titles of walls begin with."""

WORDS = (
    *("you are human", "you're human", "are you human", "are you a human", "are you a robot", "you are not a robot"),
    *("unusual traffic from your", "checking your browser", "javascript and cookies to continue"),
    *("êtes-vous un robot", "pas un robot", "kein roboter"),
)
"""What walls say, in small letters."""

MARKS = (
    "#challenge-form, #challenge-running, #cf-challenge-running, #px-captcha, #distil_r_captcha, "
    "#sec-if-cpt-container, "
    "iframe[src*='captcha-delivery.com'], iframe[src*='_Incapsula_Resource']"
)
"""Selectors of elements that only walls have."""

_WALL = """(longest, titles, words, marks) => {
  const text = (document.body ? document.body.innerText : '').trim().toLowerCase();
  const title = document.title.trim().toLowerCase();
  if (text.length > longest) return '';
  if (titles.some((beginning) => title.startsWith(beginning))) return 'its title';
  if (words.some((one) => text.includes(one))) return 'its words';
  return document.querySelector(marks) ? 'its elements' : '';
}"""


_TYPE = "document.contentType"

PAGES = ("text/html", "application/xhtml+xml")
"""The types of pages. A feed, a picture or a text file asks for no choice and has no links."""


def other_type(ask: Callable[[str], str]) -> str:
    """Return the type of the open document if it is no page, such as `application/pdf`; empty for a page."""
    kind = ask(_TYPE)
    return "" if kind in PAGES else kind


def sign_of_wall(ask: Callable[[str], str]) -> str:
    """Return what shows that the page is a wall against robots; empty for a page of the site. Never waits.

    `ask` gives the text of a JavaScript expression in the page's document.
    """
    arguments = ", ".join(json.dumps(one) for one in (LONGEST, TITLES, WORDS, MARKS))
    return ask(f"({_WALL})({arguments})")
