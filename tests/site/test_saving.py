"""What saves switches whose own layer does not say so, as drafts find it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.drafting.saving import are_told_apart, saved_by_the_banner
from consentinel.drafting.survey import Proposal, Traces

FOUND = Proposal("#bar", dialog="#dlg", at_once=True, accept=("#yes",), refuse=("#no",), close=("#shut",))
REFUSED = Traces(frozenset(), frozenset({"cdn.test"}))


def left(*hosts: str) -> Traces:
    return Traces(frozenset(), frozenset({"cdn.test", *hosts}))


def test_the_button_of_the_banner_may_save_what_a_layer_beside_it_holds() -> None:
    by_banner = saved_by_the_banner(FOUND)
    assert by_banner is not None
    assert (by_banner.save, by_banner.at_once) == (("#shut", "#yes"), False)


@pytest.mark.parametrize(
    "other",
    [
        replace(FOUND, at_once=False),
        replace(FOUND, dialog=""),
        replace(FOUND, dialog_frame="#frame"),
        replace(FOUND, accept=("#more", "#yes")),
    ],
)
def test_it_saves_nothing_of_any_other_dialog(other: Proposal) -> None:
    assert saved_by_the_banner(other) is None


@pytest.mark.parametrize(
    ("alone", "told"),
    [
        ([left("count.test"), left("adverts.test")], True),
        ([left("count.test", "log.test"), left("adverts.test", "log.test")], True),
        ([left("count.test", "adverts.test"), left("count.test", "adverts.test")], False),
        ([left("count.test", "adverts.test"), left("count.test")], False),
        ([left("count.test"), left()], False),
        ([left("count.test")], False),
        ([], False),
    ],
)
def test_a_button_that_accepts_everything_leaves_all_visitors_with_the_same(alone: list[Traces], told: bool) -> None:
    assert are_told_apart(alone, REFUSED) is told
