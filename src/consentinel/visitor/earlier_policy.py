"""A visitor who chose under an earlier version of the policy: the stored choice is made to name that version.

No harness can have a site change its policy. A site that notes the version with the choice cannot tell the two apart.
"""

from __future__ import annotations

import time

from consentinel.browser.bidi import result_of
from consentinel.browser.context import UserContext
from consentinel.browser.errors import BrowserCannot
from consentinel.browser.jar import written_anew
from consentinel.evidence.cookies import from_jar
from consentinel.evidence.records import Action
from consentinel.site.classify import is_choice
from consentinel.site.profile import PolicyVersion
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.page import Page

DATED_BACK = "the policy changes: the choice names an earlier version"
"""The action, in words, that the record holds once the choice was dated back."""


class EarlierPolicy(Page):
    """The stored choice of somebody who chose before the policy changed."""

    def date_back(self) -> None:
        """Make the stored choice name the earlier version. Raises MissingEntry, BrowserCannot.

        The page is left before: what it still knew it would else write again.
        """
        visitor = self.visitor
        version, context = visitor.profile.consent.stored.policy_version, visitor.context
        if version is None:
            raise MissingEntry("consent.stored.policy_version.now")
        if not isinstance(context, UserContext):
            raise BrowserCannot(f"{visitor.browser.engine} cannot change a stored choice")
        with visitor.doing("the policy changes"):
            context.navigate(visitor.resources.elsewhere)
            changed = self._change(context, version)
            visitor.observer.read()
            if changed:
                visitor.recorder.add(Action(time.time(), DATED_BACK))

    def _change(self, context: UserContext, version: PolicyVersion) -> int:
        """Change the cookies that hold the choice, and count those that named the version."""
        changed = 0
        for cookie in result_of(context.send_cookies(), "storage.getCookies")["cookies"]:
            item = from_jar(cookie)
            if is_choice(item, self.visitor.profile) and version.now in item.value.text:
                context.delete_cookie(cookie)
                value = {"type": "string", "value": item.value.text.replace(version.now, version.before, 1)}
                context.set_cookie({**written_anew(cookie), "value": value})
                changed += 1
        return changed
