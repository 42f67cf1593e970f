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

from consentinel.browser.wait import NotYet, WaitFailed, wait_until


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
