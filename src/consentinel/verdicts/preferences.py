"""Rules about the switches of a preferences dialog (P05, P10, P11, P12, P20, R-TICKED)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Category
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.messages import listed, shortened
from consentinel.verdicts.page_rules import HELD, expect

_UNFOUND = (
    "no switch for {category} was found by consent.dialog.categories.{category}: "
    "whether the preferences have none or the profile does not know it cannot be told"
)
_NO_SWITCH = "the preferences show no category that can be refused"


class TickedSwitch(Protocol):
    """A switch of the preferences that is on and is no category's own (`Ticked` in consent/base.py)."""

    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def category(self) -> Category | None: ...  # noqa: D102
    @property
    def is_telling(self) -> bool: ...  # noqa: D102
    @property
    def is_seen(self) -> bool: ...  # noqa: D102
    @property
    def refuses(self) -> bool: ...  # noqa: D102


def nothing_ticked(
    timeline: Timeline,
    on: Mapping[Category, bool | None],
    besides: Collection[TickedSwitch] = (),
    free: Collection[Category] = (Category.FUNCTIONALITY,),
) -> Verdict:
    """No category that waits for consent is on before the visitor has chosen (R-TICKED).

    `free` are the categories that need none.
    `besides` are the switches that are on and are no category's own: of legitimate interests, vendors, services.
    """
    ticked = [str(category) for category, is_on in on.items() if is_on and category not in free]
    telling = [one for one in besides if _is_ticked_in_advance(one, free)]
    names = [*ticked, *(_named(one) for one in telling)]
    if names:
        first = ticked[0] if ticked else str(telling[0].category or "")
        statement = f"the preferences have {listed(names)} ticked before the visitor has chosen"
        return on_page(timeline, "ticked in advance", ", ".join(names), statement, first)
    unclear = [one for one in besides if not one.refuses and one.category not in free]
    doubts = [f"{_named(one)} is on, and {_unclear(one)}" for one in unclear]
    if not any(category not in free for category in on):
        doubts.append(_NO_SWITCH)
    return Verdict(doubts=tuple(doubts))


def nothing_left_on(
    timeline: Timeline, besides: Collection[TickedSwitch], free: Collection[Category] = (Category.FUNCTIONALITY,)
) -> Verdict:
    """A refusal of everything leaves no switch on that a visitor can refuse (R-TICKED).

    It is about switches of legitimate interests, vendors and services; `remembers` is about those of the categories.
    """
    left = [one for one in besides if _is_ticked_in_advance(one, free)]
    if not left:
        return HELD
    statement = f"a refusal of everything leaves {listed([_named(one) for one in left])} on in the preferences"
    return on_page(timeline, "left on", ", ".join(map(_named, left)), statement, str(left[0].category or ""))


def _is_ticked_in_advance(one: TickedSwitch, free: Collection[Category]) -> bool:
    can_be_refused = one.is_telling or one.category is not None
    return one.is_seen and can_be_refused and not one.refuses and one.category not in free


def _named(one: TickedSwitch) -> str:
    where = f' under "{shortened(one.place)}"' if one.place else ""
    return f'"{shortened(one.label)}"{where}'


def _unclear(one: TickedSwitch) -> str:
    if not one.is_seen:
        return "nothing was found that shows it: name that in consent.dialog.panels"
    return "the profile does not say to which category it belongs: name it in consent.dialog.categories"


def remembers(
    timeline: Timeline,
    on: Mapping[Category, bool | None],
    allowed: Collection[Category],
    always: Collection[Category] = (Category.FUNCTIONALITY,),
) -> Verdict:
    """The preferences show what was chosen (P10, P12): a finding for each category that they show otherwise."""
    optional = {category: bool(is_on) for category, is_on in on.items() if category not in always}
    if not optional:
        return Verdict(doubts=(_NO_SWITCH,))
    chosen = listed([str(category) for category in allowed]) or "nothing optional"
    verdict = HELD
    for category, is_on in optional.items():
        statement = f"the preferences show {category} otherwise than chosen; the visitor allowed {chosen}"
        held = is_on is (category in allowed)
        verdict += expect(timeline, held, "choice not kept", str(category), statement, category)
    return verdict


def refused(
    timeline: Timeline, on: Mapping[Category, bool | None], category: Category, why: str = "consent was withdrawn"
) -> Verdict:
    """The preferences show this category as refused (P11, P33)."""
    if category not in on:
        return Verdict(doubts=(f"the preferences show no switch for {category} cookies",))
    statement = f"the preferences show {category} cookies as allowed, although {why}"
    return expect(timeline, not on.get(category), "choice not kept", str(category), statement, category)


def offers_exactly(
    timeline: Timeline,
    offered: Collection[Category],
    declared: Collection[Category],
    others: Collection[str],
    sure: Collection[Category] = tuple(Category),
) -> Verdict:
    """The preferences offer the policy's categories and no other (P05).

    `sure` are the categories whose switches would have been found if they were there.
    """
    missing = [str(category) for category in declared if category not in offered and category in sure]
    statement = f"the preferences do not offer {listed(missing)}, which the policy announces"
    if missing:
        return on_page(timeline, "category missing", ", ".join(missing), statement, missing[0])
    names = [shortened(one) for one in others]
    statement = f"the preferences offer {listed(names)}, which the policy does not announce"
    if names:
        return on_page(timeline, "category not announced", ", ".join(names), statement)
    unfound = [category for category in declared if category not in offered]
    return Verdict(doubts=tuple(_UNFOUND.format(category=category) for category in unfound))


def locked_on(timeline: Timeline, on: bool | None, locked: bool) -> Verdict:
    """The functionality switch is on and cannot be moved (P20)."""
    statement = f"the functionality switch {'can be switched off' if on else 'is off'}"
    return expect(timeline, bool(on) and locked, "functionality unlocked", "functionality", statement, "functionality")
