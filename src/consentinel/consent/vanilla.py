"""vanilla-cookieconsent 3 (https://cookieconsent.orestbida.com)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import Category, DialogSelectors, Profile


class VanillaCookieConsent(DialogManager):
    """A consent modal, and a preferences modal with one toggle a category."""

    name = "vanilla-cookieconsent"
    mark = "document.querySelector('#cc-main') || (window.CookieConsent && window.CookieConsent.acceptCategory)"
    switch = "#cc-main .section__toggle[value={key}]"
    keys: ClassVar[Mapping[Category, str]] = {Category.FUNCTIONALITY: "necessary"}
    # Single services of a category have toggles of their own.
    aside = ("#cc-main .pm__service .section__toggle",)

    @override
    @classmethod
    def described(cls, profile: Profile) -> DialogSelectors:
        return DialogSelectors(
            banner="#cc-main .cm",
            dialog="#cc-main .pm",
            accept=("#cc-main [data-role=all]",),
            refuse=("#cc-main [data-role=necessary]",),
            preferences=("#cc-main .cm [data-role=show]",),
            reopen=("[data-cc=show-preferencesModal]",),
            save=("#cc-main .pm [data-role=save]",),
            close=("#cc-main .pm__close-btn",),
            categories=cls.switches_by_key(profile),
        )
