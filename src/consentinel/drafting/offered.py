"""Reads what the preferences of a known consent manager offer, in the manager's own names."""

from __future__ import annotations

from consentinel.consent.dialog import DialogManager
from consentinel.drafting.survey import Option
from consentinel.drafting.words import category_of
from consentinel.site.profile import Category


def offered(manager: DialogManager) -> tuple[dict[Category, Option], tuple[str, ...]]:
    """Return the switch of each category, and what the switches are called that fit none. Raises ConsentFailure."""
    manager.open_preferences()
    named = manager.own_names()
    shown = {} if named or not manager.selectors.categories else manager.switches()
    options = {
        category: Option("", switch.label, bool(switch.locked and switch.on)) for category, switch in shown.items()
    }
    strange = []
    for each in named:
        category = category_of(each["key"], each["label"])
        if category is None:
            strange.append(each["label"])
        else:
            options[category] = Option(each["key"], each["label"])
    return options, tuple(strange)
