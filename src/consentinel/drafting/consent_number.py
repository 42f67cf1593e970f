"""Finds the number of a consent that lies in an item of its own, beside the one that keeps the choice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from consentinel.drafting.choice import KEEPING, choice_item, party
from consentinel.drafting.served import ABOUT_CONSENT
from consentinel.drafting.survey import Item, Survey, Traces
from consentinel.evidence.guarded import host_of, path_of

OF_CONSENT = re.compile(
    r"consent|choice|(?:^|[^a-z])(?:cc|cmp|gdpr|rgpd|dsgvo|cookie_?banner)(?=$|[^a-z])", re.IGNORECASE
)
"""What of a name says that the item is about consent."""

_NUMBERS = re.compile(
    r"(?:^|[^a-z]|(?<=[a-z])(?=[A-Z]))(?:u?id|uuid|guid|number|ref|reference|receipt|proof|key)(?:$|[^a-z])"
    r"|consent(?:u?id|uuid|guid)$",
    re.IGNORECASE,
)
"""Parts of the name of such an item: `consent_id`, `cookie_consent_uuid`, `cc_uid`."""

_MADE_UP = re.compile(r"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}|(?=\D*\d)[\w-]{16,64}", re.IGNORECASE)
"""A number that was made up for one consent."""


def consent_numbers(survey: Survey, own: str) -> tuple[Item, ...]:
    """Return the items that hold the number of a consent.

    Each choice leaves another one behind, and none is there before. What wrote the choice wrote it, unless the choice
    holds it too. Its value goes to no other site, but to an address that speaks of consent.
    """
    keeper = choice_item(survey, own)
    if keeper is None or survey.refused is None or survey.accepted is None:
        return ()
    left = (survey.refused.items & survey.accepted.items) - survey.before.items - {keeper}
    mine = (item for item in sorted(left) if item.kind in KEEPING and party(item.host, own) == "first")
    both = (survey.refused, survey.accepted)
    return tuple(
        item
        for item in mine
        if OF_CONSENT.search(item.name) and _NUMBERS.search(item.name)
        if _differ(item, both)
        if all(_belongs_to(keeper, item, traces) and _stays(item, traces, own) for traces in both)
    )


def _differ(item: Item, visits: Iterable[Traces]) -> bool:
    values = [unquote(traces.values.get(item, "")) for traces in visits]
    return len(set(values)) == len(values) and all(_MADE_UP.fullmatch(value) for value in values)


def _belongs_to(keeper: Item, item: Item, traces: Traces) -> bool:
    writers = [traces.writers.get((one.kind, one.name), "") for one in (keeper, item)]
    return (bool(writers[0]) and writers[0] == writers[1]) or traces.values[item] in traces.values.get(keeper, "")


def _stays(item: Item, traces: Traces, own: str) -> bool:
    """Return whether the value was told to nobody else, but for what notes consent."""
    value = unquote(traces.values[item])
    told = (url for url in traces.addresses if value in unquote(url) and party(host_of(url), own) == "third")
    return all(ABOUT_CONSENT.search(f"{host_of(url)}{path_of(url)}") for url in told)
