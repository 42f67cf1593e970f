"""Removing cookies in the browser's own settings, while pages stay open."""

from __future__ import annotations

import time

from consentinel.browser.bidi import result_of
from consentinel.browser.context import UserContext
from consentinel.browser.errors import BrowserCannot
from consentinel.evidence.cookies import from_jar
from consentinel.evidence.page_load import load
from consentinel.evidence.records import Action
from consentinel.site.classify import categories_of
from consentinel.site.profile import Category
from consentinel.visitor.page import Page


class Cleaning(Page):
    """What a visitor removes."""

    def remove_all_elsewhere(self) -> None:
        """Empty the jar in another window; the page that is open stays as it is."""
        with self.visitor.doing("removes all cookies in another window"):
            self.visitor.context.delete_cookies()
            self.visitor.observer.read()
            self.visitor.forget_choice()

    def remove_left_of(self, category: Category) -> None:
        """Remove the cookies of one category, whatever their site; the choice stays. Raises BrowserCannot.

        The page is left before and loaded anew afterwards: what it still knows it would else tell on the next page.
        """
        visitor = self.visitor
        context = visitor.context
        if not isinstance(context, UserContext):
            raise BrowserCannot(f"{visitor.browser.engine} removes no cookie of another site")
        with visitor.doing(f"removes what is left of {category} cookies"):
            here = context.ask("location.href")
            context.navigate(visitor.resources.elsewhere)
            gone = 0
            for cookie in result_of(context.send_cookies(), "storage.getCookies")["cookies"]:
                if category in categories_of(from_jar(cookie), visitor.profile):
                    context.delete_cookie(cookie)
                    gone += 1
            visitor.observer.read()
            outcome = f"{gone} were left" if gone else "nothing was left: the site had removed them itself"
            visitor.recorder.add(Action(time.time(), f"removes what is left of {category} cookies: {outcome}"))
            load(visitor.recorder, here)
