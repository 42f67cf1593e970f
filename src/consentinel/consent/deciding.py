"""Waits until the site has accepted a choice: the dialog goes away or says so, or a new page comes."""

from __future__ import annotations

from collections.abc import Callable

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import ChoiceNotTaken, ReloadLoop
from consentinel.consent.dialog_driver import EFFECT
from consentinel.consent.dialog_state import DialogState, repeating

SETTLED = 100.0
"""Milliseconds after its load for which a page reloaded by a choice must stay before the reload counts as over."""

RELOADS = 5
"""Reloads after one choice that make a loop."""


def see_taken(
    tried: str, seen: DialogState, look: Callable[[], DialogState], click_again: Callable[[], object] | None
) -> None:
    """Wait until a choice was taken. `seen` is how things were before it, `tried` is the beginning of a failure.

    `click_again` repeats the last click while nothing comes of it; None where one click must do.

    Raises ChoiceNotTaken or ReloadLoop.
    """
    before = seen.origin
    origins = {before}

    def taken(at: DialogState) -> bool:
        origins.add(at.origin)
        if len(origins) > RELOADS:
            name, _, what = tried.partition(": tried to ")
            raise ReloadLoop(f"{name}: the page reloaded {RELOADS} times after the try to {what}")
        if at.origin != before:
            # The old document took the click; whether the new one asks again is for verdicts to say.
            return at.age > SETTLED
        return (at.saved and not seen.saved) or not at.anything

    condition = repeating(taken, click_again)
    try:
        wait_until("the dialog to go", lambda: condition(look()), EFFECT)
    except WaitFailed as error:
        raise ChoiceNotTaken(f"{tried}, but the dialog still shows; {error}") from error
