"""Scripts that read a page from a sandbox: what the page has done to its built-ins does not change what they answer.

An old library may give every object a method more, or replace `Array.prototype.map` or `JSON.stringify`. Firefox's
driver runs scripts in a sandbox of its own. Chromium's driver runs them among the page's, so there BiDi runs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from selenium.common.exceptions import JavascriptException
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.bidi import Connection
from consentinel.browser.errors import CommandFailed
from consentinel.browser.wait import LEAVING, NotYet, until_answered

SANDBOX = "consentinel"
"""The one sandbox of the harness in each document: Chromium makes each for about as much as a question costs."""

_ELEMENT = "consentinel-element"

# One text holds all arguments: for each object and each list in an argument Chromium's BiDi calls the page once more.
_TAKES_JSON = f"""(text, ...elements) => {{
  const isElement = (value) => typeof value === "object" && value !== null && "{_ELEMENT}" in value;
  const values = JSON.parse(text, (_, value) => isElement(value) ? elements[value["{_ELEMENT}"]] : value);
  return (function () {{ %s
}}).apply(undefined, values);
}}"""

LONG = 4000
"""The letters from which on a script is kept in the document: sending it again would cost more than its answer."""

_UNKNOWN = "consentinel-unknown"

_CALLED_BY_NAME = f"""(name, ...given) => {{
  const script = globalThis.consentinelScripts?.[name];
  return script ? script(...given) : "{_UNKNOWN}";
}}"""

_KEPT = f"""(name, ...given) => {{
  const script = (globalThis.consentinelScripts ??= {{}})[name] = {_TAKES_JSON};
  return script(...given);
}}"""

_CONNECTIONS: WeakKeyDictionary[WebDriver, Connection] = WeakKeyDictionary()
_TABS: WeakKeyDictionary[WebDriver, str] = WeakKeyDictionary()
"""The tab that a driver's commands act on, where it is known without asking the driver."""

_FRAMES: WeakKeyDictionary[WebDriver, str] = WeakKeyDictionary()
"""The frame that a driver is in, of those that are not in the top-level document."""


def read_by(connection: Connection, driver: WebDriver) -> None:
    """Have the scripts of this driver run over its BiDi connection from now on."""
    _CONNECTIONS[driver] = connection


def look_at(driver: WebDriver, tab: str) -> None:
    """Note which tab this driver's commands act on from now on."""
    _TABS[driver] = tab


@contextmanager
def inside(driver: WebDriver, frame: WebElement) -> Iterator[None]:
    """Act in a frame of the present document, then in the top-level document. Raises NotYet where the frame is gone."""
    context = _context_of(driver, frame) if driver in _CONNECTIONS else ""
    driver.switch_to.frame(frame)
    _FRAMES[driver] = context
    try:
        yield
    finally:
        _FRAMES.pop(driver, None)
        driver.switch_to.default_content()


def isolated(driver: WebDriver, script: str, *arguments: Any) -> Any:
    """Return what a script returns, with elements as WebElement; its `arguments` may be elements, too.

    A promise is waited for. Raises NotYet while the document gives way to another, JavascriptException where the script
    throws.
    """
    if driver not in _CONNECTIONS:
        return driver.execute_script(script, *arguments)
    elements: list[WebElement] = []
    text = json.dumps(arguments, default=lambda one: _place_of(one, elements))
    if len(script) < LONG:
        return _python_value(driver, _call(driver, _TAKES_JSON % script, text, *elements))
    name = sha256(script.encode()).hexdigest()
    answer = _call(driver, _CALLED_BY_NAME, name, text, *elements)
    if answer.get("value") == _UNKNOWN:
        answer = _call(driver, _KEPT % script, name, text, *elements)
    return _python_value(driver, answer)


def isolated_answer(driver: WebDriver, script: str, *arguments: Any) -> Any:
    """Return what a script returns that never returns null, asked again in the next page if the present one leaves.

    Raises WaitFailed.
    """
    return until_answered(lambda: isolated(driver, script, *arguments))


def _context_of(driver: WebDriver, frame: WebElement) -> str:
    window = _call(driver, "(frame) => frame.contentWindow", frame)
    if window.get("type") != "window":
        raise NotYet("the frame is gone")
    return str(window["value"]["context"])


def _place_of(argument: Any, elements: list[WebElement]) -> object:
    """Keep an element as an argument of its own, and return what stands for it in the JSON of the others."""
    if not isinstance(argument, WebElement):
        return dict(argument) if isinstance(argument, Mapping) else list(argument)
    elements.append(argument)
    return {_ELEMENT: len(elements) - 1}


def _call(driver: WebDriver, function: str, *arguments: WebElement | str) -> Mapping[str, Any]:
    context = _FRAMES.get(driver) or _TABS.get(driver) or driver.current_window_handle
    params = {
        "functionDeclaration": function,
        "arguments": [_bidi_value(each) for each in arguments],
        "awaitPromise": True,
        "target": {"context": context, "sandbox": SANDBOX},
    }
    try:
        answer = _CONNECTIONS[driver].call("script.callFunction", params)
    except CommandFailed as error:
        raise NotYet(f"{LEAVING}: {error}") from error
    if answer.get("type") == "exception":
        raise JavascriptException(str(answer["exceptionDetails"]["text"]))
    result: Mapping[str, Any] = answer["result"]
    return result


def _bidi_value(value: WebElement | str) -> dict[str, Any]:
    """Return a value in the form that BiDi takes (WebDriver BiDi, script.LocalValue)."""
    if isinstance(value, WebElement):
        return {"sharedId": value.id}
    return {"type": "string", "value": value}


def _python_value(driver: WebDriver, remote: Mapping[str, Any]) -> Any:
    """Return what BiDi's form of a value stands for (WebDriver BiDi, script.RemoteValue).

    It is None for what has no counterpart.
    """
    value = remote.get("value")
    match remote.get("type"):
        case "array":
            return [_python_value(driver, each) for each in value or ()]
        case "object":
            return {key: _python_value(driver, each) for key, each in value or () if isinstance(key, str)}
        case "node":
            return WebElement(driver, str(remote["sharedId"]))
        case "number":
            return value if isinstance(value, int | float) else 0 if value == "-0" else None
        case "string" | "boolean":
            return value
        case _:
            return None
