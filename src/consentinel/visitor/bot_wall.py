"""Recognises answers that are no page of the site: a wall against robots, or a file.

A wall that answers with an HTTP error is known by its status. The words and marks here are those of walls that answer
like a page, as the common services show them. A page with much text is no wall, nor is one that leads on into the site:
a form may ask a visitor of the site to confirm that they are human.
"""

from __future__ import annotations

import json
from collections.abc import Callable

LONGEST = 1500
"""Letters that a wall has at most; a page with more to read is one of the site."""

WAYS_ON = 3
"""Links to other pages of the site that no wall has."""

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

_WALL = """(longest, waysOn, titles, words, marks) => {
  const text = (document.body ? document.body.innerText : '').trim().toLowerCase();
  const title = document.title.trim().toLowerCase();
  const own = Array.from(document.links).filter((a) => a.origin === location.origin).map((a) => a.pathname);
  const others = new Set(own.filter((path) => path !== location.pathname));
  if (text.length > longest || others.size >= waysOn) return '';
  if (titles.some((beginning) => title.startsWith(beginning))) return 'its title';
  if (words.some((one) => text.includes(one))) return 'its words';
  return document.querySelector(marks) ? 'its elements' : '';
}"""


PAGES = ("text/html", "application/xhtml+xml")
"""The types of pages. A feed, a picture or a text file asks for no choice and has no links."""


def what_answered(ask: Callable[[str], str]) -> tuple[str, str]:
    """Return what the open document is if it is no page, and what shows that it is a wall against robots. Never waits.

    The first is a type such as `application/pdf`; both are empty for a page of the site. `ask` gives the text of a
    JavaScript expression in the document. It is called once.
    """
    arguments = ", ".join(json.dumps(one) for one in (LONGEST, WAYS_ON, TITLES, WORDS, MARKS))
    kind, _, sign = ask(f"document.contentType + '\\n' + ({_WALL})({arguments})").partition("\n")
    return "" if kind in PAGES else kind, sign
