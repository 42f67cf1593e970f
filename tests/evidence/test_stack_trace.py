"""The script that wrote, out of the stacks of both engines."""

from __future__ import annotations

import pytest

from consentinel.evidence.stack_trace import script_of


@pytest.mark.parametrize(
    ("stack", "script"),
    [
        ("    at write (https://a.example/m.js:12:34)\n    at https://a.example/x.js:1:1", "https://a.example/m.js:12"),
        ("    at https://a.example:8443/m.js:12:34", "https://a.example:8443/m.js:12"),
        ("    at async Promise.all (index 0)\n    at https://a.example/m.js:3:4", "https://a.example/m.js:3"),
        ("    at eval (eval at run (https://a.example/m.js:9:1), <anonymous>:1:1)\n"
         "    at run (https://a.example/m.js:9:1)", "https://a.example/m.js:9"),
        ("    at f (https://cdn.example/npm/pkg@1.2.3/m.js:5:6)", "https://cdn.example/npm/pkg@1.2.3/m.js:5"),
        ("    at f (https://a.example/m(1).js:5:6)", "https://a.example/m(1).js:5"),
        ("    at f (https://a.example/m.js?v=1:2:3:4)", "https://a.example/m.js?v=1:2:3"),
    ],
)  # fmt: skip
def test_chromium(stack: str, script: str) -> None:
    assert script_of(stack) == script


@pytest.mark.parametrize(
    ("stack", "script"),
    [
        ("write@https://a.example/m.js:12:34\n@https://a.example/x.js:1:1\n", "https://a.example/m.js:12"),
        ("@https://a.example/:40:9", "https://a.example/:40"),
        ("async*start@http://a.example/m.js:7:1", "http://a.example/m.js:7"),
        ("f@https://a.example/m.js line 3 > eval:1:5\nrun@https://a.example/m.js:3:1", "https://a.example/m.js:3"),
        ("f@https://cdn.example/npm/@scope/pkg@1/m.js:5:6", "https://cdn.example/npm/@scope/pkg@1/m.js:5"),
    ],
)
def test_firefox(stack: str, script: str) -> None:
    assert script_of(stack) == script


@pytest.mark.parametrize("stack", ["", "    at <anonymous>:1:1", "eval code", "at f (chrome-extension://abc/m.js:1:1)"])
def test_nobody_is_named_where_no_address_is(stack: str) -> None:
    assert script_of(stack) == ""


def test_the_innermost_script_wins_whatever_stands_below() -> None:
    stack = "native code\nat b (https://inner.example/b.js:2:2)\nat a (https://outer.example/a.js:1:1)"
    assert script_of(stack) == "https://inner.example/b.js:2"
