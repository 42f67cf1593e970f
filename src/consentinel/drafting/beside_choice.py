"""Finds what the site keeps beside the item that keeps the choice, and why that goes with the choice."""

from __future__ import annotations

import re
from urllib.parse import unquote

from consentinel.drafting.answers import is_an_answer
from consentinel.drafting.choice import KEEPING, TELLING, once_more, party
from consentinel.drafting.consent_number import OF_CONSENT, consent_numbers
from consentinel.drafting.known import known_item
from consentinel.drafting.survey import Item, Survey
from consentinel.site.profile import Category

TELLING_VALUE = 8
"""Characters that a value has at least that is found again in an address by no accident."""

_TIME = re.compile(r"\d{10}(?:\d{3})?|\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
"""A moment: seconds or milliseconds since 1970, or a date with or without a time of day."""


def kept_beside_the_choice(survey: Survey, own: str) -> dict[Item, str]:
    """Return the items that go with the choice, each with the reason; a person is to confirm them."""
    found = dict.fromkeys(once_more(survey, own), "each choice leaves its answer in it: it holds the choice too")
    rules = (
        (_all_left_alike(survey, own), "each choice leaves it behind, and it tells no visitor apart"),
        (
            _left_by_refusal_alone(survey, own),
            "a refusal alone leaves it behind, and it tells no visitor apart: it notes the refusal",
        ),
        (
            _left_by_withdrawal_alone(survey, own),
            "consent that is taken back alone leaves it behind, and it tells no visitor apart: it notes that",
        ),
        (
            _left_by_grants_alone(survey, own),
            "an answer alone, where something was allowed, under a name of consent: it notes what was allowed",
        ),
        (
            set(consent_numbers(survey, own)),
            "each choice leaves another number in it, beside what keeps the choice: it numbers the consent",
        ),
    )
    for items, why in rules:
        found |= dict.fromkeys(sorted(items - set(found)), why)
    return found


def _all_left_alike(survey: Survey, own: str) -> set[Item]:
    """Return the site's items that refusal and acceptance leave alike: the same short value, or the time of choice."""
    if survey.refused is None or survey.accepted is None:
        return set()
    refused, accepted = survey.refused, survey.accepted
    after = (refused.items & accepted.items) - survey.before.items
    mine = (item for item in after if party(item.host, own) == "first")
    return {item for item in mine if _is_alike(item, refused.values.get(item, ""), accepted.values.get(item, ""))}


def _left_by_refusal_alone(survey: Survey, own: str) -> set[Item]:
    """Return the site's items that only a refusal leaves, with values too short to tell visitors apart."""
    if survey.refused is None or survey.accepted is None:
        return set()
    left = survey.refused.items - survey.before.items - survey.accepted.items
    values = survey.refused.values
    mine = (item for item in left if party(item.host, own) == "first" and item.kind in KEEPING)
    return {item for item in mine if 0 < len(values.get(item, "")) < TELLING_VALUE}


def _left_by_withdrawal_alone(survey: Survey, own: str) -> set[Item]:
    """Return the site's items that only consent that is taken back brings: an answer each, or the time of it.

    What a known service clears then, by writing it anew, notes nothing.
    """
    if survey.withdrawn is None or survey.refused is None or survey.accepted is None:
        return set()
    left = survey.withdrawn.items | survey.withdrawn.passed
    for earlier in (survey.before, survey.refused, survey.accepted, *survey.alone.values()):
        left -= earlier.items | earlier.passed
    values = ((item, survey.withdrawn.values.get(item, "")) for item in left)
    mine = ((item, value) for item, value in values if party(item.host, own) == "first" and item.kind in KEEPING)
    noted = (item for item, value in mine if is_an_answer(value) or _TIME.fullmatch(unquote(value)))
    known = ((item, known_item(item.name, item.kind)) for item in noted)
    return {item for item, what in known if what is None or what.category is Category.FUNCTIONALITY}


def _left_by_grants_alone(survey: Survey, own: str) -> set[Item]:
    """Return the site's items that are called after consent and that hold an answer wherever they are left."""
    if survey.refused is None or survey.accepted is None:
        return set()
    left = survey.accepted.items - survey.before.items - survey.refused.items
    seen = (survey.accepted, *survey.alone.values())
    mine = (item for item in left if party(item.host, own) == "first" and item.kind in KEEPING)
    named = (item for item in mine if OF_CONSENT.search(item.name))
    return {item for item in named if all(is_an_answer(one.values.get(item, "")) for one in seen if item in one.items)}


def _is_alike(item: Item, one: str, other: str) -> bool:
    is_called_so = any(word in item.name.lower() for word in TELLING)
    are_times = bool(_TIME.fullmatch(unquote(one)) and _TIME.fullmatch(unquote(other)))
    return (is_called_so and are_times) or (one == other and 0 < len(one) < TELLING_VALUE)
