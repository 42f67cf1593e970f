"""Every finding of these tests is spoken as findings are to be spoken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consentinel.verdicts.finding import Finding


@pytest.fixture(autouse=True)
def _well_spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made: list[Finding] = []
    original = Finding.__init__

    def noted(self: Finding, *args: object, **named: object) -> None:
        original(self, *args, **named)  # type: ignore[arg-type]
        made.append(self)

    monkeypatch.setattr(Finding, "__init__", noted)
    yield
    for finding in made:
        sentence = finding.sentence
        assert sentence[0].isupper(), sentence
        assert not sentence.endswith("."), sentence
        assert sentence.isprintable(), sentence
        assert "?" not in finding.written_by, finding.written_by
        assert finding.rule
