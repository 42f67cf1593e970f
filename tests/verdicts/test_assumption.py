"""A choice that the site keeps although nobody made it is a finding."""

from __future__ import annotations

from dataclasses import replace

from consentinel.evidence.records import (
    Value,
)
from consentinel.verdicts import assumption
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    PROFILE,
    choice,
    cookie,
    only,
    state,
    timeline,
    visit,
)


def test_a_choice_that_nobody_made_is_a_finding() -> None:
    finding = only(assumption.assumed(timeline(visit(), state(20.0, cookie("choice"))), PROFILE))
    assert (finding.rule, finding.name) == ("choice assumed", "choice")
    made = timeline(visit(), choice(10.0), state(20.0, cookie("choice")))
    assert assumption.assumed(made, PROFILE) == Verdict()


def test_a_note_that_the_site_still_waits_is_no_choice() -> None:
    kept = PROFILE.consent.stored.model_copy(update={"undecided": ("*=wait*",)})
    waits = PROFILE.model_copy(update={"consent": PROFILE.consent.model_copy(update={"stored": kept})})
    waiting = replace(cookie("choice"), value=Value("!stats=wait!likes=wait"))
    assert assumption.assumed(timeline(visit(), state(20.0, waiting)), waits) == Verdict()
    assert only(assumption.assumed(timeline(visit(), state(20.0, cookie("choice"))), waits)).name == "choice"
