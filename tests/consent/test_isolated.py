"""Scripts that read a page answer the same, whatever the page has made of its built-ins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest
from selenium.common.exceptions import JavascriptException
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser import isolated as module
from consentinel.browser.isolated import LONG, inside, isolated, isolated_answer
from consentinel.consent.dialog_driver import DialogDriver

pytestmark = pytest.mark.browser

READ = """
const [words, {deep}] = arguments;
return {
  words: Array.from(words, (word) => word + "!").map((word) => word.split("")),
  deep, missing: null, size: [...new Map([[1, 2]]).values()].concat(0.5, -0), flags: [true, false],
  names: Object.keys({ a: 1 }), button: document.querySelectorAll("button")[0],
};
"""

ODD = {
    "a method of every object": "Object.prototype.each = function () { return this; };",
    "a toJSON of every object": "Object.prototype.toJSON = String.prototype.toJSON = () => 'odd';",
    "a toJSON of every list": "Array.prototype.toJSON = function () { return `[${this.join()}]`; };",
    "another map": "Array.prototype.map = Array.prototype.filter = Array.prototype.find = () => ['odd'];",
    "another JSON": "JSON.stringify = () => 'odd'; JSON.parse = () => ({});",
    "another iteration": "Array.prototype[Symbol.iterator] = function* () {};",
    "other Map and Set": "window.Map = window.Set = window.Promise = function () {};",
    "other helpers": "Array.from = (all) => [all]; Object.keys = Object.entries = () => [];",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_what_a_page_puts_onto_its_built_ins_changes_no_answer(odd: str, driver: WebDriver) -> None:
    driver.get("data:text/html," + quote(f"<script>{odd}</script><button>Accept</button>"))
    answer = isolated_answer(driver, READ, ["ab"], {"deep": {"er": [1, None, "x"]}})
    button = answer.pop("button")
    assert answer == {
        "words": [["a", "b", "!"]],
        "deep": {"er": [1, None, "x"]},
        "missing": None,
        "size": [2, 0.5, 0],
        "flags": [True, False],
        "names": ["a"],
    }
    assert isinstance(button, WebElement)
    assert isolated(driver, "return arguments[0].textContent", button) == "Accept"
    assert isolated(driver, "return arguments[0].in[1][0].textContent", {"in": [1, [button]]}) == "Accept"


def test_a_found_element_can_be_pointed_at_inside_a_frame_too(driver: WebDriver) -> None:
    inner = quote("<button onclick='this.textContent = `clicked`'>Accept</button>")
    driver.get("data:text/html," + quote(f'<p>Outside</p><iframe src="data:text/html,{inner}"></iframe>'))
    frame = isolated(driver, "return document.querySelector('iframe')")
    with inside(driver, frame):
        button = isolated(driver, "return document.querySelector('button')")
        ActionChains(driver, duration=0).move_to_element(button).click().perform()
        assert isolated(driver, "return document.body.textContent") == "clicked"
    assert isolated(driver, "return document.querySelector('p').textContent") == "Outside"


def test_a_dialog_is_worked_where_every_object_has_a_method_more(driver: WebDriver) -> None:
    page = "<div id=ask><button id=ok onclick='ask.remove()'>Accept</button></div>"
    driver.get("data:text/html," + quote(f"<script>{ODD['a method of every object']}</script>{page}"))
    dialog = DialogDriver(driver, "the dialog")
    assert dialog.shows({"banner": "#ask"}, {"accept": "#ok"}, ["#ask"]) == {"banner": True, "accept": True}
    dialog.click("#ok", ["#ask"])
    assert driver.find_elements(By.ID, "ask") == []


def test_a_script_that_throws_says_so(driver: WebDriver) -> None:
    with pytest.raises(JavascriptException, match="no such thing"):
        isolated(driver, "throw new Error('no such thing')")


def test_a_long_script_is_sent_once_for_each_document(driver: WebDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    script = f"// {LONG * '.'}\nreturn document.title + arguments[0] + arguments[1].id;"
    sent: list[bool] = []

    def counted(driver: WebDriver, function: str, *given: WebElement | str) -> Mapping[str, Any]:
        sent.append(len(function) > LONG)
        return call(driver, function, *given)

    for title in ("one ", "two "):
        driver.get("data:text/html," + quote(f"<title>{title}</title><p id=p>"))
        element = isolated(driver, "return document.querySelector('p')")
        with monkeypatch.context() as patch:
            call = module._call
            patch.setattr(module, "_call", counted)
            answers = [isolated(driver, script, word, element) for word in ("a ", "b ")]
        assert answers == [f"{title.strip()}{word}p" for word in ("a ", "b ")]
    is_firefox = driver.capabilities["browserName"] == "firefox"  # its driver runs scripts by itself
    assert sent == ([] if is_firefox else [False, True, False] * 2)
