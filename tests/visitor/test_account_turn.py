"""An account is used by one scenario at a time, whichever worker plays it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from consentinel.visitor.account_turn import AccountTurn
from consentinel.visitor.errors import SiteUnavailable


def test_who_comes_second_waits_until_the_first_has_ended(tmp_path: Path) -> None:
    first, second = AccountTurn(tmp_path), AccountTurn(tmp_path)
    first.take("https://shop.example/", "ada")
    first.take("https://shop.example/", "ada")  # on a second device
    waiting = threading.Thread(target=second.take, args=("https://shop.example/", "ada"))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    first.give_back()
    waiting.join(5)
    assert not waiting.is_alive()
    second.give_back()


def test_another_account_and_another_site_are_free(tmp_path: Path) -> None:
    first, second = AccountTurn(tmp_path), AccountTurn(tmp_path, limit=0.2)
    first.take("https://shop.example/", "ada")
    second.take("https://shop.example/", "grace")
    second.take("https://garden.example/", "ada")
    with pytest.raises(SiteUnavailable, match="for the account, which another scenario uses"):
        second.take("https://shop.example/", "ada")
    first.give_back()
    second.take("https://shop.example/", "ada")
    second.give_back()
