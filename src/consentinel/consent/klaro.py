"""Klaro 0.7 (https://klaro.org)."""

from __future__ import annotations

from typing_extensions import override

from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import DialogSelectors, Profile


class Klaro(DialogManager):
    """A notice, and a modal with one switch a purpose, or one a service where the site does not group them."""

    name = "klaro"
    sweeping = ("#purpose-item-disableAll, #service-item-disableAll", ".klaro .cm-btn-accept")
    mark = "window.klaro || document.querySelector('.klaro .cookie-notice, .klaro .cookie-modal')"
    switch = "#purpose-item-{key}, #service-item-{key}"
    aside = ("#purpose-item-disableAll", "#service-item-disableAll", ".klaro .cm-purpose .cm-services .cm-list-input")

    @override
    @classmethod
    def described(cls, profile: Profile) -> DialogSelectors:
        return DialogSelectors(
            banner=".klaro .cookie-notice:not(.cookie-notice-hidden)",
            dialog=".klaro .cookie-modal .cm-modal",
            accept=(".klaro .cn-buttons .cm-btn-success, .klaro .cm-btn-accept-all",),
            refuse=(".klaro .cn-decline",),
            preferences=(".klaro .cn-learn-more",),
            save=(".klaro .cm-btn-accept",),
            close=(".klaro .cm-modal .hide",),
            categories=cls.switches_by_key(profile),
        )
