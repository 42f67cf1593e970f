"""Reads what consent managers declare of stored items in their own configuration, where a page has it.

Each is read by a JavaScript function of `declarations.js`, which answers with plain data: a stranger's, that nothing
here interprets (`policy/declared_rows.py` does).
"""

from __future__ import annotations

import json
from pathlib import Path

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import script_answer
from consentinel.evidence.guarded import json_of

SCRIPT = Path(__file__).with_name("declarations.js").read_text(encoding="utf-8")

MOST_CHARACTERS = 2_000_000
"""A declaration of more characters than this is not read."""


def declarations(driver: WebDriver) -> list[object]:
    """Return the entries that consent managers on this page declare, as JSON values.

    There is none where no manager declares any. Each entry has `category` and `required`, `provider`, and either
    `cookies`, a list of names, patterns and hosts, or `table`, with the texts of its `header` and `rows`. Raises
    WaitFailed where the page does not answer.
    """
    said = str(script_answer(driver, f"{SCRIPT}\nreturn JSON.stringify(declared({json.dumps(MOST_CHARACTERS)}));"))
    found = json_of(said) if len(said) <= MOST_CHARACTERS else None
    return found if isinstance(found, list) else []
