"""A visitor who was to sign in, or to fill the basket, and of whom the page shows that nothing came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from consentinel.evidence.records import Record
from consentinel.suite.pages import account, shop
from consentinel.suite.pages.account import STILL_ASKED, Account
from consentinel.suite.pages.shop import UNTOUCHED, Shop
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.judge import CannotTell, Judge
from tests.verdicts.builders import PROFILE, request, timeline, write

ACCOUNT = {"user_env": "SHOP_USER", "password_env": "SHOP_PASSWORD"}
FORM = {"user", "password", "submit"}


class Scene:
    """A visitor before a page that shows these elements, and what was recorded meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, shown: set[str], *records: Record) -> None:
        self.shown, self.missed = shown, list[str]()
        pages = PROFILE.pages.model_copy(
            update={"sign_in": "/in", "secure": "/me", "product": "/lamp", "basket": "/basket"}
        )
        profile = PROFILE.model_copy(
            update={
                "pages": pages,
                "account": SimpleNamespace(**ACCOUNT),
                "allow": PROFILE.allow.model_copy(update={"sign_in": True, "orders": True}),
            }
        )
        self.visitor: Any = SimpleNamespace(
            profile=profile,
            recorder=SimpleNamespace(missed=self.missed),
            resources=SimpleNamespace(take_account=lambda *_: None),
            timeline=timeline(*records),
            visit=lambda *_: None,
            attempt=lambda *_: None,
            doing=self._doing,
        )
        field = SimpleNamespace(send_keys=lambda _: None)
        for page in (Account, Shop):
            monkeypatch.setattr(page, "find", lambda _, element: field)
            monkeypatch.setattr(page, "shows", lambda _, element: element in self.shown)
        monkeypatch.setattr(Shop, "click", lambda *_: None)
        monkeypatch.setattr(account, "click", lambda _: None)
        monkeypatch.setattr(shop, "time", SimpleNamespace(time=lambda: 5.0))
        for name in ACCOUNT.values():
            monkeypatch.setenv(name, "ada")

    @contextmanager
    def _doing(self, *_: object, **__: object) -> Iterator[None]:
        yield

    def judge(self) -> str:
        """What keeps a clean verdict from counting."""
        try:
            Judge("P03", missed=[self.missed]).require(Verdict())
        except CannotTell as error:
            return str(error)
        return ""


def test_who_still_sees_the_form_may_not_be_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(monkeypatch, {*FORM})
    Account(scene.visitor).sign_in()
    assert scene.judge() == STILL_ASKED
    scene.shown = {"signed_in"}
    assert Account(scene.visitor).is_signed_in()
    assert scene.judge() == ""


@pytest.mark.parametrize("shown", [set[str](), {"password", "submit"}, {"signed_in"}])
def test_who_sees_no_form_has_signed_in(monkeypatch: pytest.MonkeyPatch, shown: set[str]) -> None:
    scene = Scene(monkeypatch, shown)
    Account(scene.visitor).sign_in()
    assert scene.judge() == ""


def test_a_basket_that_nothing_was_sent_to_may_hold_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = request("https://www.shop.example/basket", 4.0)
    scene = Scene(monkeypatch, set(), before)
    Shop(scene.visitor).put_into_basket()
    assert scene.judge() == UNTOUCHED
    assert not Shop(scene.visitor).basket_holds_something()
    assert scene.judge() == UNTOUCHED
    scene.shown = {"basket_item"}
    assert Shop(scene.visitor).basket_holds_something()
    assert scene.judge() == ""


@pytest.mark.parametrize("effect", [request("https://www.shop.example/basket", 6.0), write("basket", 6.0)])
def test_a_basket_that_something_was_sent_to_or_written_for_is_filled(
    monkeypatch: pytest.MonkeyPatch, effect: Record
) -> None:
    scene = Scene(monkeypatch, set(), effect)
    Shop(scene.visitor).put_into_basket()
    assert scene.judge() == ""
