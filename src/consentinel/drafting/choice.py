"""Finds the item that keeps the choice, and those that keep it once more."""

from __future__ import annotations

from consentinel.drafting.answers import answers_in
from consentinel.drafting.known import known_item
from consentinel.drafting.survey import Item, Survey
from consentinel.evidence.records import Kind
from consentinel.site.classify import Party
from consentinel.site.hosts import registrable

KEEPING = ("cookie", "local_storage")
"""Kinds of items that can keep a choice."""

TELLING = ("consent", "cookie", "choice", "cmp")
"""Parts of the names that such items usually have; the manager's own name is another."""


def choice_item(survey: Survey, own: str) -> Item | None:
    """Return the item that keeps the choice: what a refusal leaves behind, or changes, on the site's own host.

    Where nothing does so there, what a refusal leaves behind on another host keeps it, if its name tells of consent.
    Some sites note an acceptance alone, and ask anew who has refused: then what that leaves behind keeps it.

    Of several, one whose answer differs from that of an acceptance comes first, and one known for something else last.
    """
    if survey.refused is None:
        return _left_by_acceptance(survey, own) if survey.is_wall else None
    mine = sorted(item for item in survey.refused.items if party(item.host, own) == "first" and item.kind in KEEPING)
    telling = [item for item in mine if _tells(item, survey)]
    new = [item for item in mine if item not in survey.before.items]
    newly_told = [item for item in telling if item in new]
    changed = [item for item in telling if survey.refused.values.get(item) != survey.before.values.get(item)]
    bases = (item for item in sorted(survey.refused.items - survey.before.items) if item.kind == Kind.INDEXED_DB)
    own_bases = [item for item in bases if party(item.host, own) == "first"]
    strange = sorted(survey.refused.items - survey.before.items - {*mine})
    elsewhere = [item for item in strange if item.kind in KEEPING and _tells(item, survey)]
    likely = newly_told or [item for item in new if not _is_of_another_use(item)]
    telling_apart = next((item.name for item in likely if _differs(item, survey)), None)
    likely = [item for item in likely if item.name == telling_apart] or likely
    found = next(iter(likely or changed or own_bases or elsewhere or new), None)
    return found or (None if survey.is_remembered else _left_by_acceptance(survey, own))


def is_of_acceptance_alone(item: Item, survey: Survey) -> bool:
    """Return whether nothing of the item that keeps the choice is there after a refusal."""
    return survey.refused is not None and item not in survey.refused.items


def _differs(item: Item, survey: Survey) -> bool:
    """Return whether refusal and acceptance leave other answers in an item."""
    if survey.refused is None or survey.accepted is None or item not in survey.accepted.items:
        return False
    refused, accepted = (one.values.get(item, "") for one in (survey.refused, survey.accepted))
    return answers_in(refused) != answers_in(accepted)


def _is_of_another_use(item: Item) -> bool:
    known = known_item(item.name, item.kind)
    return known is not None and not any(word in known.what for word in TELLING)


def _left_by_acceptance(survey: Survey, own: str) -> Item | None:
    """Return what acceptance leaves behind and is called so, where a refusal leaves nothing or cannot be made."""
    if survey.accepted is None:
        return None
    new = sorted(survey.accepted.items - survey.before.items)
    mine = (item for item in new if party(item.host, own) == "first" and item.kind in KEEPING)
    return next((item for item in mine if _tells(item, survey)), None)


def _tells(item: Item, survey: Survey) -> bool:
    return any(word and word in item.name.lower() for word in (*TELLING, survey.manager))


def once_more(survey: Survey, own: str) -> tuple[Item, ...]:
    """Return the items beside the first that hold the choice.

    Refusal and acceptance leave them behind with different answers. Another kind of item with the same name holds it
    too, whatever it is written with.
    """
    keeper = choice_item(survey, own)
    if keeper is None or survey.refused is None or survey.accepted is None:
        return ()
    both = sorted((survey.refused.items & survey.accepted.items) - {keeper})
    mine = [item for item in both if party(item.host, own) == "first" and item.kind in KEEPING]
    words = (*TELLING, keeper.name.lower())

    def notes_the_choice(item: Item) -> bool:
        if item.name == keeper.name:
            return item not in survey.before.items
        return any(word in item.name.lower() for word in words) and _differs(item, survey)

    return tuple(item for item in mine if notes_the_choice(item))


def party(host: str, own: str) -> Party:
    """Return whether a host belongs to the site."""
    return "first" if registrable(host) == registrable(own) else "third"
