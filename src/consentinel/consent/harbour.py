"""The reference site's own dialog."""

from __future__ import annotations

from typing_extensions import override

from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import DialogSelectors, Profile


class Harbour(DialogManager):
    """A banner, and a modal dialog with one switch a category."""

    name = "harbour"
    mark = "document.querySelector('#harbour-config')"
    switch = "#consent-preferences input[name={key}]"

    @classmethod
    @override
    def described(cls, profile: Profile) -> DialogSelectors:
        return DialogSelectors(
            banner="#consent-banner",
            dialog="#consent-preferences",
            accept=("#consent-accept-all, #consent-preferences-accept",),
            refuse=("#consent-refuse-all, #consent-preferences-refuse",),
            preferences=("#consent-open-preferences",),
            reopen=("#open-preferences",),
            save=("#consent-save",),
            close=("#consent-close",),
            categories=cls.switches_by_key(profile),
        )
