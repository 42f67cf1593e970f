"""What a visitor can do, as the page objects do it, and what each action is replaced by.

`Visitor.rest` and what is private are means to an end: whoever calls them is listed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

NOTHING = ""
"""In place of an opposite: the action does nothing and says that it went well."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One action of a page object, replaced by nothing or by its opposite, another method of the same class."""

    action: str
    """`module:Class.method`"""
    by: str = NOTHING

    @property
    def name(self) -> str:
        """Fit for a test's id."""
        return f"{self.action.rpartition(':')[2]}->{self.by or 'nothing'}"

    def apply(self) -> None:
        """Replace the action in this process, for every class that inherits it."""
        owner, method = located(self.action)
        setattr(owner, method, getattr(owner, self.by) if self.by else _nothing)


def located(action: str) -> tuple[type[Any], str]:
    """The class and the method that `module:Class.method` names."""
    module, _, path = action.partition(":")
    owner, _, method = path.partition(".")
    return getattr(importlib.import_module(module), owner), method


def _nothing(*_arguments: object, **_named: object) -> None:
    """Done, says whoever did nothing."""


def _of(owner: str, *methods: str) -> list[Mutation]:
    return [Mutation(f"{owner}.{method}") for method in methods]


def _switched(owner: str, one: str, other: str) -> list[Mutation]:
    return [Mutation(f"{owner}.{one}", other), Mutation(f"{owner}.{other}", one)]


CHOICES, DIALOG = "consentinel.visitor.choices:Choices", "consentinel.consent.dialog:DialogManager"
READING, VISITOR = "consentinel.suite.pages.reading:Reading", "consentinel.visitor.visitor:Visitor"

MUTATIONS: tuple[Mutation, ...] = (
    *_of(CHOICES, "accept_all", "refuse_all", "allow_only", "refuse_only", "open_preferences"),
    *_of("consentinel.visitor.keyboard:Keyboard", "accept_all", "refuse_all", "allow_only"),
    *_of(CHOICES, "peek", "peek_and_escape"),
    *_switched(CHOICES, "accept_all", "refuse_all"),
    Mutation(f"{CHOICES}.allow_only", "allow_others"),
    Mutation(f"{CHOICES}.refuse_only", "allow_just"),
    *_of(DIALOG, "accept_all", "refuse_all", "open_preferences", "set_category", "save", "close"),
    *_switched(DIALOG, "accept_all", "refuse_all"),
    *_switched(DIALOG, "open_preferences", "close"),
    *_switched(DIALOG, "save", "close"),
    Mutation(f"{DIALOG}.set_category", "set_other_way"),
    *_of(READING, "visit", "visit_and_mark", "attempt", "read_articles", "walk_through_shop", "walk_on"),
    *_of(READING, "scroll_to_end", "press_escape", "wait", "leave_site"),
    *_of("consentinel.visitor.page:Page", "click", "try_to_click"),
    *_of("consentinel.suite.pages.account:Account", "sign_in", "sign_in_through_network", "sign_in_at_network"),
    *_of("consentinel.suite.pages.shop:Shop", "put_into_basket", "place_order"),
    *_of("consentinel.suite.pages.social:Sharing", "visit_article", "share"),
    *_of(VISITOR, "visit", "attempt", "open_tab", "leave_site", "remove_all_cookies", "come_back"),
    *_of("consentinel.visitor.own_browser:OwnBrowserVisitor", "restart_browser"),
)


def opposites() -> None:
    """Give the page objects the opposites that they have no method for."""
    dialog, choices = located(f"{DIALOG}.set_category")[0], located(f"{CHOICES}.allow_only")[0]
    set_category: Callable[..., None] = dialog.set_category
    allow_only: Callable[..., None] = choices.allow_only

    def set_other_way(self: object, category: object, granted: bool) -> None:
        set_category(self, category, not granted)

    def allow_others(self: Any, allowed: Collection[str]) -> None:
        allow_only(self, [one for one in self.visitor.profile.refusable if one not in allowed])

    def allow_just(self: object, category: str) -> None:
        allow_only(self, [category])

    dialog.set_other_way = set_other_way
    choices.allow_others, choices.allow_just = allow_others, allow_just
