"""tarteaucitron (https://tarteaucitron.io)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from typing_extensions import override

from consentinel.consent.base import Switch
from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import (
    Category,
    DialogSelectors,
    Profile,
    SwitchSelectors,
)

GROUPS = {
    Category.FUNCTIONALITY: "mandatory",
    Category.ANALYTICS: "analytic",
    Category.SOCIAL: "social",
    Category.ADVERTISING: "ads",
}
UNPRESSED = ":not([aria-pressed=true])"


class Tarteaucitron(DialogManager):
    """A banner, and a panel with a pair of buttons for each service, in groups that stand for our categories.

    The panel's own buttons for everything leave it open: there, everything is answered group by group, and saved.
    """

    name = "tarteaucitron"
    sweeping = ("#tarteaucitronAllDenied",)
    mark = "window.tarteaucitron || document.querySelector('#tarteaucitronRoot')"

    @override
    @classmethod
    def described(cls, profile: Profile) -> DialogSelectors:
        return DialogSelectors(
            banner="#tarteaucitronAlertBig",
            dialog="#tarteaucitron",
            accept=("#tarteaucitronPersonalize2",),
            refuse=("#tarteaucitronAllDenied2",),
            preferences=("#tarteaucitronCloseAlert, #tarteaucitronPersonalize",),
            save=("#tarteaucitronSaveButton",),
            close=("#tarteaucitronClosePanel",),
            categories={
                category: _mandatory() if category is Category.FUNCTIONALITY else _group(_key(category, profile))
                for category in profile.categories
            },
        )

    @override
    def switches(self) -> Mapping[Category, Switch]:
        """The buttons are called by their services; the title of a group is the name of the category."""
        shown = super().switches()
        titles = {one: self.layers.inner.ask("says", [_title(_key(one, self.profile))]).strip() for one in shown}
        return {one: replace(switch, label=titles[one] or switch.label) for one, switch in shown.items()}

    @override
    def _turn(self, category: Category, granted: bool) -> None:
        """Answers for each service of the group; one button for the whole group, where there is one, comes first."""
        how = self.selectors.categories[category]
        button = how.grant if granted else how.refuse
        assert button is not None
        unpressed = ", ".join(part + UNPRESSED for part in button.split(", "))
        while self.dialog_driver.shows({}, {"left": unpressed}, self._containers)["left"]:
            self.layers.click(unpressed)


def _key(category: Category, profile: Profile) -> str:
    return profile.categories[category].key or GROUPS.get(category, category)


def _title(key: str) -> str:
    return f"#tarteaucitronServicesTitle_{key} .tarteaucitronTitle"


def _mandatory() -> SwitchSelectors:
    return SwitchSelectors(locked="#tarteaucitronServices_mandatory .tarteaucitronAllow[disabled]")


def _group(key: str) -> SwitchSelectors:
    return SwitchSelectors(
        grant=f"#tarteaucitron-accept-group-{key}, #tarteaucitronServices_{key} .tarteaucitronAllow",
        refuse=f"#tarteaucitron-reject-group-{key}, #tarteaucitronServices_{key} .tarteaucitronDeny",
    )
