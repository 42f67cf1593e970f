"""Signing in: at the site, through a social network, and at the network itself."""

from __future__ import annotations

import os

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.pointer import click
from consentinel.evidence.records import Deed
from consentinel.visitor import sitemap
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.page import Page

STILL_ASKED = "the sign-in form still shows after the visitor has sent it: they may not be signed in"
"""The doubt about whatever a visitor does who was to sign in."""


class Account(Page):
    """The visitor's account at the site."""

    def sign_in(self) -> None:
        """Sign in with the profile's account, when no other scenario uses it. Raises NotAllowed, MissingEntry."""
        self.need("sign_in")
        account = self.visitor.profile.account
        if account is None:
            raise MissingEntry("account")
        self.visitor.resources.take_account(str(self.visitor.profile.site.base_url), os.environ[account.user_env])
        self.visitor.visit(sitemap.address(self.visitor.profile, "sign-in page"), "visits the sign-in page")
        with self.visitor.doing("signs in", deed=Deed.SIGNS_IN):
            self.find("user").send_keys(os.environ[account.user_env])
            self.find("password").send_keys(os.environ[account.password_env])
            click(self.find("submit"))
        self.note(STILL_ASKED, holds=all(self.shows(one) for one in ("user", "password", "submit")))

    def is_signed_in(self) -> bool:
        """Return whether the secure area shows what only a signed-in visitor sees."""
        self.visitor.attempt(sitemap.address(self.visitor.profile, "secure area"), "looks into the secure area")
        is_seen = self.shows("signed_in")
        if is_seen:
            self.note(STILL_ASKED, holds=False)
        return is_seen

    def sign_out(self) -> None:
        """Sign out in the secure area. Raises NotAllowed, MissingEntry."""
        self.need("sign_in")
        self.visitor.visit(sitemap.address(self.visitor.profile, "secure area"), "visits the secure area")
        self.click("sign_out", "signs out", Deed.SIGNS_OUT)

    def sign_in_through_network(self) -> None:
        """Sign in at the site with the account at the social network, as far as the site offers it."""
        self.need("sign_in")
        self.visitor.visit(sitemap.address(self.visitor.profile, "sign-in page"), "visits the sign-in page")
        self.try_to_click("social_sign_in", "signs in through the network")

    def sign_in_at_network(self) -> None:
        """Open a session at the social network itself, as on its own site."""
        account = self.visitor.profile.account
        if account is None or account.network_sign_in is None:
            raise MissingEntry("account.network_sign_in")
        url = sitemap.absolute(self.visitor.profile, str(account.network_sign_in))
        self.visitor.visit(url, "visits the social network")
        with self.visitor.doing("signs in at the social network"):
            self._type(account.network_user, "account.network_user", os.environ[account.user_env])
            self._type(account.network_password, "account.network_password", os.environ[account.password_env])
            click(self._find(account.network_submit, "account.network_submit"))

    def _type(self, selector: str | None, entry: str, text: str) -> None:
        self._find(selector, entry).send_keys(text)

    def _find(self, selector: str | None, entry: str) -> WebElement:
        if selector is None:
            raise MissingEntry(entry)
        return self.driver.find_element(By.CSS_SELECTOR, selector)
