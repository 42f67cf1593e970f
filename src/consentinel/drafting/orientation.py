"""Finds inverted switches by their state after a refusal and after an acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from consentinel.drafting.survey import Proposal, ProposedSwitch
from consentinel.site.profile import Category

States = Mapping[Category, bool | None]


def oriented(dialog: Proposal, refused: States, accepted: States) -> Proposal:
    """Return the dialog with each switch turned round that shows the opposite both times.

    `refused` and `accepted` are the categories as they were read with the switches as proposed: a category that reads
    as allowed after a refusal, and as refused after everything was accepted, works the other way round. Pure.
    """
    switches = {
        category: _turned(switch) if refused.get(category) is True and accepted.get(category) is False else switch
        for category, switch in dialog.switches.items()
    }
    return replace(dialog, switches=switches)


def _turned(switch: ProposedSwitch) -> ProposedSwitch:
    if switch.control:
        return replace(switch, inverted=not switch.inverted)
    return replace(switch, grant=switch.refuse, refuse=switch.grant)
