"""What a page asks before it can be used lies over the whole of its content, and is answered where it shows."""

from __future__ import annotations

from unittest.mock import Mock
from urllib.parse import quote

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.dialog_driver import DialogDriver
from consentinel.evidence.records import Action
from consentinel.visitor.ahead import answer_what_is_asked_first

CONTENT = "<!doctype html><main style='min-height:3000px'>Some words.</main>"
WHOLE = "position:fixed;inset:0;background:white"
AGE = f"""{CONTENT}<div id=age style="{WHOLE}">Over 18? <button id=yes onclick="age.hidden = true">Yes</button></div>
<style>[hidden] {{ display: none }}</style>"""
MODAL = f"{CONTENT}<dialog id=age>Over 18?</dialog><script>age.showModal()</script>"
APART = f"""{CONTENT}<div style="{WHOLE}"></div>
<div id=news style="position:fixed;inset:20% 30%;background:white">News?</div>"""


def over(driver: WebDriver, page: str, *dialogs: str) -> list[str]:
    driver.get(f"data:text/html,{quote(page)}")
    found: list[str] = DialogDriver(driver, "the page").ask_page("over", "main", dialogs)
    return found


NOTHING_OVER_IT = (
    CONTENT,
    f"<div style='{WHOLE};overflow:auto'>{CONTENT}</div>",
    f"{CONTENT}<div style='position:fixed;bottom:0;left:0;right:0;height:100px'>Cookies?</div>",
    f"{CONTENT}<div style='{WHOLE};pointer-events:none'></div>",
    f"<div style='{WHOLE}'>Over 18?</div>",
)


def test_a_layer_over_the_whole_content_is_named(driver: WebDriver) -> None:
    for page, name in ((AGE, "<div#age>"), (MODAL, "<dialog#age>"), (APART, "<div#news>")):
        (found,) = over(driver, page)
        assert found.startswith(name)


def test_what_holds_the_content_or_leaves_some_of_it_is_none(driver: WebDriver) -> None:
    assert [over(driver, page) for page in NOTHING_OVER_IT] == [[]] * len(NOTHING_OVER_IT)


def test_a_consent_dialog_over_the_whole_content_is_no_other_question(driver: WebDriver) -> None:
    assert over(driver, AGE, "#banner, #age") == []
    assert over(driver, APART, "#banner", "#news") == []


def test_what_is_asked_first_is_answered_once(driver: WebDriver) -> None:
    driver.get(f"data:text/html,{quote(AGE)}")
    recorder = Mock()
    assert answer_what_is_asked_first(driver, recorder, ["#no", "#yes"])
    assert not answer_what_is_asked_first(driver, recorder, ["#no", "#yes"])
    assert not answer_what_is_asked_first(driver, recorder, [])
    ((action,), _) = recorder.add.call_args_list[0]
    assert isinstance(action, Action)
    assert recorder.add.call_count == 1
