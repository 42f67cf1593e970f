"""What the set-up installs, and what it installs only for those who ask."""

from __future__ import annotations

import pytest

from consentinel.browser import install
from consentinel.browser.spec import Engine
from tests.commands import code_of


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """The browsers that were looked for; all are there."""
    looked_for: list[Engine] = []

    def is_there(engine: Engine) -> bool:
        looked_for.append(engine)
        return True

    monkeypatch.setattr(install, "is_there", is_there)
    return looked_for


def test_webkit_is_for_who_asks(asked: list[Engine], capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(install.main, []) == 0
    assert capsys.readouterr().out == "setup: chromium and firefox: on this machine already\n"
    assert asked == [Engine.CHROMIUM, Engine.FIREFOX]
    asked.clear()
    assert code_of(install.main, ["webkit"]) == 0
    assert asked == [Engine.WEBKIT]


def test_an_unknown_browser_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(install.main, ["opera"]) == 2
    assert "'opera' is not one of 'chromium', 'firefox', 'webkit'." in capsys.readouterr().err


def test_what_cannot_be_had_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(install, "is_there", lambda engine: False)
    monkeypatch.setattr(install, "_can_use_apt", lambda: False)
    assert code_of(install.main, ["webkit"]) == 4
    assert "apt install webkit2gtk-driver xvfb" in capsys.readouterr().out
