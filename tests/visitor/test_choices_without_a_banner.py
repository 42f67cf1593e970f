"""Of a banner that does not come nobody knows whether it offers a refusal."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from consentinel.consent.base import ConsentFailure, NoDialog
from consentinel.visitor.asking import Asking
from consentinel.visitor.choices import Choices

ASKED: list[tuple[Callable[[Choices], object], object]] = [
    (Choices.clicks_to_refuse, None),
    (Choices.prominence_of_refusing, {}),
]


def choices(monkeypatch: pytest.MonkeyPatch, failure: ConsentFailure) -> Choices:
    def fails() -> None:
        raise failure

    consent = SimpleNamespace(clicks_to_refuse=fails, prominence_of_refusing=fails)
    visitor: Any = SimpleNamespace(consent=consent, context=SimpleNamespace(focus=lambda: None))
    monkeypatch.setattr(Asking, "meet", lambda _: None)
    monkeypatch.setattr(Asking, "what_is_over", lambda _: "")
    return Choices(visitor)


@pytest.mark.parametrize(("ask", "not_offered"), ASKED)
def test_a_banner_that_does_not_come_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, ask: Callable[[Choices], object], not_offered: object
) -> None:
    with pytest.raises(NoDialog, match="it never came"):
        ask(choices(monkeypatch, NoDialog("described: waited 10 s for the banner: it never came")))
    assert ask(choices(monkeypatch, ConsentFailure("described: nothing refuses here"))) == not_offered
