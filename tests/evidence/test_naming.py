"""Who names the address of what an element or a style asked for, where the browser tells of nobody."""

from __future__ import annotations

import pytest
from mitmproxy import http

from consentinel.evidence.request_merge import merge
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.attribution_text import who_sent
from tests.evidence.builders import HOME, flow, told

PICTURE = "https://metrics.example/px.gif?c=1&d=2"
SHEET, SCRIPT, TEA = f"{HOME}site.css?v=3", f"{HOME}site.js", f"{HOME}tea"


def text(url: str, at: float, kind: str, content: str) -> http.HTTPFlow:
    return flow(url, at=at, kind=kind, answer=content.encode())


def page(content: str = "", at: float = 1.0) -> http.HTTPFlow:
    return text(TEA, at, "text/html; charset=utf-8", content)


def sheet(content: str, at: float = 2.0) -> http.HTTPFlow:
    return text(SHEET, at, "text/css", content)


def script(content: str, at: float = 2.5) -> http.HTTPFlow:
    return text(SCRIPT, at, "application/javascript", content)


def sender(*before: http.HTTPFlow, destination: str = "image", referer: str = HOME) -> str:
    headers = {"referer": referer, "sec-fetch-dest": destination}
    flows = [*before, flow(PICTURE, at=3.0, headers=headers)]
    for one in before:
        assert one.response is not None
        one.response.timestamp_start = one.request.timestamp_start
    requests = merge([told(PICTURE, page=TEA)], flows)
    return who_sent(Timeline.of("visitor", "chromium", requests), requests[-1])


@pytest.mark.parametrize(
    "content",
    [
        "a { background: url(https://metrics.example/px.gif?c=1&d=2) }",
        "a { background: url('//metrics.example/px.gif') }",
        "a { background: var(--px) } /* metrics.example */ :root { --px: url('/px.gif') }",
    ],
)
def test_what_a_style_asks_for_is_its_sheets(content: str) -> None:
    assert sender(page("<link rel=stylesheet href=/site.css>"), sheet(content)) == f"{HOME}site.css"


def test_what_a_script_adds_as_text_is_the_scripts() -> None:
    added = 'document.body.innerHTML += "<img src=https:\\/\\/metrics.example\\/px.gif>"'
    assert sender(page(), sheet("a {}"), script(added)) == SCRIPT


def test_who_speaks_of_the_host_alone_may_keep_away_from_it() -> None:
    assert sender(page(), script("const blocked = ['metrics.example', 'ads.example']")) == HOME
    assert sender(page(), script("image('//metrics.example' + '/px.gif')")) == SCRIPT


def test_the_more_exact_name_counts() -> None:
    assert sender(page(), sheet("a { b: url(//metrics.example/px.gif?c=1&d=2) }"), script("'metrics.example'")) == (
        f"{HOME}site.css"
    )


@pytest.mark.parametrize("named", ["<img src='https://metrics.example/px.gif?c=1&amp;d=2'>", "//metrics.example"])
def test_what_a_page_names_is_its_own(named: str) -> None:
    assert sender(page(named), sheet("a { b: url(//metrics.example) }")) == HOME


def test_what_came_later_or_tells_of_another_host_names_nothing() -> None:
    late = sheet("a { b: url(//metrics.example/px.gif) }", at=5.0)
    assert sender(page(), sheet("a { b: url(//other.example/px.gif) }")) == HOME
    assert sender(page(), late) == HOME


def test_what_is_known_already_is_not_looked_for() -> None:
    named = sheet("a { b: url(//metrics.example/px.gif) }")
    assert sender(page(), named, referer=f"{HOME}frame") == f"{HOME}frame"
    assert sender(page(), named, destination="empty") == HOME
