"""Watches whether the layers of the dialog move, for a visitor whose system asks sites for less motion."""

from __future__ import annotations

import json
from pathlib import Path

from consentinel.consent.audit import BANNER, PREFERENCES, DialogAudit
from consentinel.consent.dialog_driver import EYES
from consentinel.evidence.dialog_audit import Stillness
from consentinel.visitor.asking import Asking
from consentinel.visitor.choices import Choices
from consentinel.visitor.page import Page
from consentinel.visitor.visitor import Visitor

_WATCH = Path(__file__).with_name("stillness.js").read_text(encoding="utf-8")

# What moved the front layer, or what holds it or most of it: what holds one of its buttons and more. What has been told
# is forgotten, so that the next layer is not told of it.
_TOLD = """(() => {
%(eyes)s
const [containers, buttons] = %(known)s;
const seen = globalThis.consentinelMoves;
const outer = containers.map((one) => all(one).filter(visible)).find((found) => found.length) || [];
const known = buttons.flatMap(all);
const holds = (target) => known.some((one) => one !== target && within(target, one));
const isPart = (target) => outer.some((one) => within(target, one) || (within(one, target) && holds(target)));
const moves = [...(seen || [])].filter(([target]) => isPart(target)).flatMap(([target, whats]) => (
  [...whats].map((what) => `${describe(target)} is moved by ${what}`)));
seen?.clear();
const asked = matchMedia("(prefers-reduced-motion: reduce)").matches;
return JSON.stringify({ moves, asked, watched: Boolean(seen) && outer.length > 0 });
})()"""


def watched_for_motion(visitor: Visitor) -> Visitor:
    """Return the same visitor, whose documents note from their beginning what moves. Raises BrowserCannot."""
    visitor.context.watch_documents(_WATCH)
    return visitor


class Still(Page):
    """A visitor in front of the dialog, whose documents note what moves. Raises NotOffered for a dialog in a frame."""

    def layers(self) -> tuple[Stillness, ...]:
        """Return what moved the banner as it came, and then the preferences as they opened."""
        self.visitor.context.focus()
        Asking(self.visitor).meet()
        audit = DialogAudit(self.visitor.consent)
        audit.must_lie_in_page()
        found = [self._told(audit, BANNER)]
        if audit.selectors.dialog is not None and Choices(self.visitor).open_preferences_in_place():
            found.append(self._told(audit, PREFERENCES))
        return tuple(found)

    def _told(self, audit: DialogAudit, layer: str) -> Stillness:
        known = json.dumps([audit.manager.layers.containers, audit.known_buttons()])
        told = json.loads(self.visitor.context.ask(_TOLD % {"eyes": EYES, "known": known}))
        return Stillness(layer, tuple(told["moves"]), asked=told["asked"], watched=told["watched"])
