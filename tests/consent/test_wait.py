"""What a wait says when it gives up is part of its contract."""

from __future__ import annotations

import re
import time

import pytest
from selenium.common.exceptions import (
    InvalidSessionIdException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.remote.webdriver import WebDriver
from typing_extensions import override

from consentinel.browser.wait import NotYet, WaitFailed, script_answer, wait_until


def test_the_first_answer_ends_the_wait_at_once() -> None:
    begun = time.monotonic()
    assert wait_until("an answer", lambda: "here", 10) == "here"
    assert time.monotonic() - begun < 0.5


def test_a_later_answer_is_waited_for() -> None:
    answers = iter([None, 0, "", "here"])
    assert wait_until("an answer", lambda: next(answers), 5, every=0.001) == "here"


def test_the_message_names_each_distinct_reason_once_in_order() -> None:
    reasons = iter(["it is moving", "it is covered", "it is moving"])

    def probe() -> bool:
        reason = next(reasons, None)
        if reason is None:
            raise StaleElementReferenceException("stale element\nstacktrace")
        raise NotYet(reason)

    with pytest.raises(WaitFailed) as caught:
        wait_until("the button", probe, 1, every=0.001)
    assert re.fullmatch(r"waited 1\.\d s for the button: it is moving; it is covered; stale element", str(caught.value))


def test_without_a_reason_it_never_came() -> None:
    with pytest.raises(WaitFailed, match=r"^waited 0\.0 s for the banner: it never came$"):
        wait_until("the banner", lambda: False, 0)


def test_a_page_that_is_navigating_is_waited_for() -> None:
    errors = iter([WebDriverException("unknown error: aborted by navigation")])

    def probe() -> bool:
        for error in errors:
            raise error
        return True

    assert wait_until("the page", probe, 5, every=0.001)


def test_a_browser_that_is_gone_is_not_waited_for() -> None:
    def probe() -> bool:
        raise InvalidSessionIdException("invalid session id")

    begun = time.monotonic()
    with pytest.raises(InvalidSessionIdException):
        wait_until("anything", probe, 10)
    assert time.monotonic() - begun < 1


class LeavingDriver(WebDriver):
    """Gives null to as many scripts as it is told, as Firefox does while a page leaves, and then an answer."""

    def __init__(self, leaving: int, answer: object) -> None:
        self.leaving = leaving
        self.answer = answer

    @override
    def execute_script(self, script: str, *args: object) -> object:
        self.leaving -= 1
        return None if self.leaving >= 0 else self.answer


@pytest.mark.parametrize("answer", [[], {}, False, "", [1]])
def test_a_script_is_asked_anew_where_the_page_was_leaving(answer: object) -> None:
    assert script_answer(LeavingDriver(2, answer), "return links()") == answer


def test_a_page_that_never_answers_a_script_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consentinel.browser.wait.ANSWERS", 0.05)
    with pytest.raises(WaitFailed, match="the page was navigating"):
        script_answer(LeavingDriver(10_000, []), "return links()")
