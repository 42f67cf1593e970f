"""Compares what acceptance and refusal brought: words alone do not identify a button."""

from __future__ import annotations

from dataclasses import replace

from consentinel.drafting.buttons import is_plain
from consentinel.drafting.choice import party
from consentinel.drafting.survey import Proposal, Survey, Traces
from consentinel.site.hosts import host_of


def fit(survey: Survey) -> Survey:
    """Return the survey with its pair turned round if only refusal brought something, or with a doubt about it.

    A described dialog is turned round unless both buttons have names that leave no doubt: then the site may do the
    opposite of what it says, and a person must look.
    """
    if survey.refused is None or survey.accepted is None:
        return survey
    refusal, acceptance = _more(survey.refused, survey), _more(survey.accepted, survey)
    only_refusal, only_acceptance = refusal - acceptance, acceptance - refusal
    if only_refusal and not only_acceptance:
        if survey.dialog and not _is_plain(survey.dialog):
            return _turned(survey, only_refusal)
        return _doubted(survey, f"A visitor who refused got what one who accepted did not: {_names(only_refusal)}.")
    if not only_acceptance:
        return _doubted(survey, "A visitor who accepted everything got nothing that one who refused did not get.")
    return survey


def _more(traces: Traces, survey: Survey) -> frozenset[str]:
    """Return what there is of items and of other people's hosts, beyond what there was before any choice."""
    own = host_of(survey.url)
    items = {f"{item.kind} {item.name}" for item in traces.items - survey.before.items}
    hosts = {host for host in traces.hosts - survey.before.hosts if party(host, own) == "third"}
    return frozenset(items | hosts)


def _is_plain(dialog: Proposal) -> bool:
    names = {button.selector: button.name for button in dialog.buttons}
    return all(is_plain(names.get(selectors[-1], "")) for selectors in (dialog.accept, dialog.refuse) if selectors)


def _turned(survey: Survey, brought: frozenset[str]) -> Survey:
    assert survey.dialog is not None
    note = (
        f"The buttons were taken the other way round than their names suggest: one of them brought {_names(brought)}."
    )
    dialog = replace(survey.dialog, accept=survey.dialog.refuse, refuse=survey.dialog.accept)
    turned = replace(survey, dialog=dialog, accepted=survey.refused, refused=survey.accepted)
    return replace(turned, notes=(*survey.notes, note))


def _doubted(survey: Survey, note: str) -> Survey:
    return replace(survey, notes=(*survey.notes, f"{note} See which of the two buttons is which, and what they do."))


def _names(brought: frozenset[str]) -> str:
    return ", ".join(sorted(brought)[:5])
