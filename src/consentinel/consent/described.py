"""A manager that has no page object: the profile's [consent.dialog] describes it."""

from __future__ import annotations

from typing_extensions import override

from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import DialogSelectors, Profile


class Described(DialogManager):
    """Worked by the profile's selectors alone, through open shadow roots and into an iframe of any origin."""

    name = "described"

    @classmethod
    @override
    def described(cls, profile: Profile) -> DialogSelectors:
        if profile.consent.dialog is None:
            raise ConsentFailure("described: the profile has no table [consent.dialog]")
        return profile.consent.dialog

    @override
    def _reopeners(self) -> tuple[str, ...]:
        return self.selectors.reopen or super()._reopeners()
