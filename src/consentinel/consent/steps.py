"""Walks through preferences whose switches stand on several steps, of which one shows at a time."""

from __future__ import annotations

from collections.abc import Iterator

from consentinel.consent.layers import Layers
from consentinel.site.profile import SwitchSelectors


class Steps:
    """The steps of one dialog. Preferences of a single layer have one step, and nothing is clicked to walk there.

    `at` is the number of the step that shows, 0 for the one that opens first.
    """

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.at = 0
        self._forward, self._back = layers.selectors.next, layers.selectors.back
        self._document = 0.0

    @property
    def are_several(self) -> bool:
        """Whether there is more than one."""
        return bool(self._forward)

    def begin(self, *, were_open: bool) -> None:
        """Note that the preferences show: their first step, unless they `were_open` in this document before."""
        if not self.are_several:
            return
        document = self.layers.look(None).origin
        if not were_open or document != self._document:
            self.at = 0
        self._document = document

    def each(self) -> Iterator[int]:
        """Yield the number of each step once it shows, from the first to the last. Raises ConsentFailure."""
        for number in range(len(self._forward) + 1):
            self.go_to(number)
            yield number

    def go_to_last(self) -> None:
        """Show the last step. Raises ConsentFailure."""
        self.go_to(len(self._forward))

    def go_to(self, number: int) -> None:
        """Show the step of this number. Raises ConsentFailure."""
        while self.at < number:
            self._take(self._forward[self.at])
            self.at += 1
        while self.at > number:
            self._take(self._back[self.at - 1])
            self.at -= 1

    def find(self, switch: SwitchSelectors) -> bool:
        """Show the step on which a switch stands, the present one first; False where none shows it.

        Raises ConsentFailure.
        """
        return not self.are_several or self.shows(switch) or any(self.shows(switch) for _ in self.each())

    def shows(self, switch: SwitchSelectors) -> bool:
        """Return whether the present step shows a switch."""
        parts = tuple(one for one in (switch.control, switch.grant, switch.refuse, switch.locked) if one)
        return self.layers.offers(parts)

    def _take(self, selector: str) -> None:
        before = self.layers.words()
        self.layers.click(selector)
        self.layers.outer.until("the next step", lambda: self.layers.words() != before)
