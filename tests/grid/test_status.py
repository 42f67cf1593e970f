"""What is read from a Grid's answer; no Grid needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import ChromeOptions

from consentinel.browser.errors import BrowserMissing
from consentinel.browser.grid import (
    GridCannot,
    GridStatus,
    GridUnreachable,
    Node,
    Slot,
    bidi_address,
    connect,
    shown,
)
from tests.serving import QuietHandler, Server, listening

ANSWER = b"""{"value": {"ready": true, "message": "Selenium Grid ready.", "nodes": [
  {"id": "a", "uri": "http://127.0.0.1:5555", "availability": "UP", "maxSessions": 2, "slots": [
    {"stereotype": {"browserName": "chrome"}, "session": {"sessionId": "1"}},
    {"stereotype": {"browserName": "chrome"}, "session": null},
    {"stereotype": {"browserName": "firefox"}, "session": null}]},
  {"id": "b", "uri": "http://192.0.2.77:5555", "availability": "DOWN", "maxSessions": 8, "slots": [
    {"stereotype": {"browserName": "safari"}, "session": null}]}]}}"""


class _Grid(QuietHandler):
    answer = ANSWER

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/status" else 404)
        self.end_headers()
        self.wfile.write(self.answer)


@pytest.fixture
def grid() -> Iterator[tuple[type[_Grid], str]]:
    handler = type("Grid", (_Grid,), {})
    with listening(Server(handler)) as server:
        yield handler, f"http://127.0.0.1:{server.server_port}"


def test_sessions_on_offer_are_counted(grid: tuple[type[_Grid], str]) -> None:
    status = GridStatus.read(grid[1] + "/")
    assert status.ready
    assert status.browsers == ("chrome", "firefox")
    assert (status.sessions("chrome"), status.free("chrome")) == (2, 1)
    assert (status.sessions("firefox"), status.free("firefox")) == (1, 1)
    assert status.sessions("safari") == 0
    assert [node.here for node in status.nodes] == [True, False]
    assert status.here
    assert status.holds("1")
    assert not status.holds("2")
    assert not status.holds("")


def test_a_node_runs_no_more_than_its_maximum() -> None:
    node = Node("http://x", up=True, max_sessions=1, slots=(Slot("chrome", "1"), Slot("firefox")))
    assert node.sessions("firefox") == 1
    assert node.free("firefox") == 0


def test_workers_that_the_grid_can_carry(grid: tuple[type[_Grid], str]) -> None:
    status = GridStatus.read(grid[1])
    assert status.workers({"chrome": 1}) == 2
    assert status.workers({"chrome": 1, "firefox": 1}) == 1
    assert status.workers({"chrome": 3}) == 0
    assert status.workers({"safari": 1}) == 0


def test_what_is_no_grid_is_told_in_one_line(grid: tuple[type[_Grid], str]) -> None:
    handler, url = grid
    for answer in (b"<html>", b"[]", b'{"value": {"ready": true, "message": "ChromeDriver"}}'):
        handler.answer = answer
        with pytest.raises(GridUnreachable) as told:
            GridStatus.read(url)
        assert str(told.value) == f"what answers at {url} is no Selenium Grid (HTTP 200)"


def test_no_grid_is_told_in_one_line_without_the_password() -> None:
    with pytest.raises(GridUnreachable) as told:
        GridStatus.read("http://me:secret@127.0.0.1:1")
    message = "no Selenium Grid answers at http://127.0.0.1:1: the connection was refused or the host is unknown"
    assert str(told.value) == message
    assert isinstance(told.value, BrowserMissing)
    with pytest.raises(GridUnreachable, match="the address is not valid"):
        GridStatus.read("grid")


def test_a_browser_that_is_not_on_offer_is_told_at_once(grid: tuple[type[_Grid], str]) -> None:
    options = ChromeOptions()
    options.set_capability("browserName", "safari")
    with pytest.raises(GridCannot, match="does not offer safari: it offers chrome, firefox"):
        connect(grid[1], options)


@pytest.mark.parametrize(
    ("told", "grid", "address"),
    [
        ("ws://192.0.2.2:4444/session/1/se/bidi", "http://grid:4444", "ws://grid:4444/session/1/se/bidi"),
        ("ws://10.0.0.1/session/1/se/bidi", "https://me:pw@grid", "wss://me:pw@grid/session/1/se/bidi"),
        ("ws://10.0.0.1/session/1/se/bidi", "http://grid/wd/hub", "ws://grid/session/1/se/bidi"),
        ("ws://10.0.0.1/session/1/se/bidi", "http://grid/sub/", "ws://grid/sub/session/1/se/bidi"),
        ("ws://10.0.0.1/sub/session/1/se/bidi", "http://grid/sub", "ws://grid/sub/session/1/se/bidi"),
    ],
)
def test_the_bidi_socket_is_reached_through_the_grid(told: str, grid: str, address: str) -> None:
    assert bidi_address(told, grid) == address


def test_an_address_is_shown_without_its_password() -> None:
    assert shown("http://me:secret@grid:4444/x") == "http://grid:4444/x"
