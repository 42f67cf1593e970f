"""Orejime 3 (https://orejime.boscop.fr)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import Category, DialogSelectors, Profile


class Orejime(DialogManager):
    """A banner, and a modal with one checkbox a purpose; the modal accepts all by its checkboxes and Save."""

    name = "orejime"
    sweeping = (".orejime-Modal .orejime-PurposeToggles-disableAll", ".orejime-Modal-saveButton")
    mark = "window.orejime || document.querySelector('.orejime-Env')"
    switch = "#orejime-purpose-{key}"
    keys: ClassVar[Mapping[Category, str]] = {Category.FUNCTIONALITY: "necessary"}

    @override
    @classmethod
    def described(cls, profile: Profile) -> DialogSelectors:
        return DialogSelectors(
            banner=".orejime-Banner",
            dialog=".orejime-Modal",
            accept=(".orejime-Banner-saveButton",),
            refuse=(".orejime-Banner-declineButton",),
            preferences=(".orejime-Banner-learnMoreButton",),
            save=(".orejime-Modal-saveButton",),
            close=(".orejime-Modal-closeButton",),
            categories=cls.switches_by_key(profile),
        )
