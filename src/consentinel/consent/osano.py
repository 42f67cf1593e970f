"""Osano cookieconsent 3 (https://www.osano.com/cookieconsent)."""

from __future__ import annotations

from typing_extensions import override

from consentinel.consent.base import NotOffered
from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import DialogSelectors, Profile


class Osano(DialogManager):
    """One banner that asks for all or nothing; what reopens it is its own tab at the edge of the window."""

    name = "osano"
    mark = "document.querySelector('.cc-window') || (window.cookieconsent && window.cookieconsent.initialise)"

    @override
    @classmethod
    def described(cls, profile: Profile) -> DialogSelectors:
        return DialogSelectors(
            banner=".cc-window:not(.cc-invisible)",
            accept=(".cc-window .cc-allow, .cc-window .cc-dismiss",),
            refuse=(".cc-window .cc-deny",),
            reopen=(".cc-revoke",),
            close=(".cc-window .cc-close",),
        )

    @override
    def close(self) -> None:
        if not self.layers.offers(self.selectors.close):  # its banners have a cross only where they inform
            raise NotOffered(f"{self.name}: the dialog cannot be closed without a choice")
        super().close()
