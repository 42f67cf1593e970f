"""What a page has put into its entry of the tab's history (`history.state`): a reload keeps it, without cookies too.

A page that is left and opened anew by its address has a new entry, without that state. Source: HTML, section 7.4.1.1
("session history entries").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from consentinel.browser.base import Context
from consentinel.browser.context import UserContext
from consentinel.browser.isolated import SANDBOX

_STATE = """(() => { try { return JSON.stringify(history.state) ?? ""; } catch { return ""; } })()"""
"""Empty where the state is none of JSON's values."""


@contextmanager
def state_kept(context: Context) -> Iterator[None]:
    """Give the page that is open its state again where its address is opened within this block.

    Classic WebDriver cannot. It is put there a microtask late, and still before the page's scripts: Firefox takes away
    what is put there at once.
    """
    state = context.ask(_STATE) if isinstance(context, UserContext) else ""
    if not isinstance(context, UserContext) or state in ("", "null"):
        yield
        return
    here = json.dumps(context.ask("location.href"))
    put = f'history.replaceState({state}, "")'
    function = f"() => {{ if (self === top && location.href === {here}) Promise.resolve().then(() => {put}); }}"
    script = {"functionDeclaration": function, "userContexts": [context.id], "sandbox": SANDBOX}
    added = context.bidi.call("script.addPreloadScript", script)
    try:
        yield
    finally:
        context.bidi.call("script.removePreloadScript", {"script": added["script"]})
