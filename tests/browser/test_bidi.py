"""The contract of the BiDi connection, held against a small server: answers, errors, events, ends."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.sync.server import Server, ServerConnection, serve

from consentinel.browser.bidi import Connection
from consentinel.browser.errors import BrowserError, BrowserGone, CommandFailed


class Browser:
    """Answers each command as its method says."""

    def __init__(self) -> None:
        self.held: list[int] = []
        self.got: list[dict[str, Any]] = []

    def __call__(self, socket: ServerConnection) -> None:
        for text in socket:
            message = json.loads(text)
            self.got.append(message)
            getattr(self, message["method"].partition(".")[2])(socket, message["id"], message["params"])

    def echo(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        socket.send(json.dumps({"type": "success", "id": number, "result": params}))

    def refuse(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        error = {"error": "no such frame", "message": "gone\nstack line 1", "stacktrace": ""}
        socket.send(json.dumps({"type": "error", "id": number, **error}))

    def events(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        for count in range(params["count"]):
            event = {"type": "event", "method": "log.entryAdded", "params": {"number": count}}
            socket.send(json.dumps(event))
        self.echo(socket, number, {})

    def hold(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        self.held.append(number)

    def release(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        self.echo(socket, number, {})
        for held in reversed(self.held):
            self.echo(socket, held, {"number": held})

    def strange(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        socket.send(json.dumps({"type": "success", "id": 4711, "result": {}}))
        socket.send(json.dumps({"type": "error", "id": None, "error": "invalid argument", "message": ""}))
        self.echo(socket, number, {"well": True})

    def babble(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        event = {"type": "event", "method": "log.entryAdded", "params": {"number": 7}}
        odd = ["", "{", "[]", "7", '"x"', "null", "{}", '{"type": "event"}', '{"type": "event", "method": "a.b"}']
        for message in (*odd, '{"id": [], "type": "success"}', "[" * 100_000, json.dumps(event)):
            socket.send(message)
        self.echo(socket, number, {})

    def leave(self, socket: ServerConnection, number: int, params: dict[str, Any]) -> None:
        socket.close()


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def server(browser: Browser) -> Iterator[Server]:
    with serve(browser, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(5)


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    connection = Connection(f"ws://127.0.0.1:{server.socket.getsockname()[1]}/session")
    yield connection
    connection.close()


def test_an_answer_is_the_result_of_its_command(connection: Connection) -> None:
    assert connection.call("test.echo", {"a": [1, {"b": "ü"}]}) == {"a": [1, {"b": "ü"}]}
    assert connection.call("test.echo") == {}


def test_each_command_has_a_number_of_its_own(connection: Connection, browser: Browser) -> None:
    for _ in range(3):
        connection.call("test.echo")
    assert [message["id"] for message in browser.got] == [1, 2, 3]


def test_a_refusal_is_one_line_with_the_browsers_code(connection: Connection) -> None:
    with pytest.raises(CommandFailed, match=r"\Ano such frame: gone\Z") as refused:
        connection.call("test.refuse")
    assert refused.value.code == "no such frame"
    assert connection.call("test.echo", {"still": "there"}) == {"still": "there"}


def test_answers_that_come_out_of_order_find_their_commands(connection: Connection) -> None:
    first, second = connection.send("test.hold"), connection.send("test.hold")
    connection.call("test.release")
    assert first.result(5) == {"number": 1}
    assert second.result(5) == {"number": 2}


def test_events_come_in_order_on_one_thread_and_before_the_answer_that_follows_them(connection: Connection) -> None:
    heard: list[tuple[int, str]] = []
    connection.listen(lambda _, params: heard.append((params["number"], threading.current_thread().name)))
    connection.call("test.events", {"count": 500})
    assert [number for number, _ in heard] == list(range(500))
    assert {thread for _, thread in heard} == {"bidi"}


def test_every_listener_hears_every_event(connection: Connection) -> None:
    one: list[str] = []
    other: list[str] = []
    connection.listen(lambda method, _: one.append(method))
    connection.listen(lambda method, _: other.append(method))
    connection.call("test.events", {"count": 2})
    assert one == other == ["log.entryAdded"] * 2


def test_what_nobody_asked_for_is_passed_over(connection: Connection) -> None:
    assert connection.call("test.strange") == {"well": True}


def test_an_answer_that_does_not_come_is_waited_for_no_longer_than_the_limit(connection: Connection) -> None:
    with pytest.raises(BrowserGone, match=r"\Athe browser did not answer test.hold within 0.05 s\Z"):
        connection.call("test.hold", limit=0.05)


def test_a_browser_that_leaves_fails_all_who_wait_and_all_who_ask_later(connection: Connection) -> None:
    waiting = connection.send("test.hold")
    leaving = connection.send("test.leave")
    for future in (waiting, leaving):
        with pytest.raises(BrowserGone, match="has closed its BiDi connection"):
            future.result(5)
    with pytest.raises(BrowserGone, match="has closed its BiDi connection"):
        connection.call("test.echo")


def test_closing_ends_those_who_wait(connection: Connection) -> None:
    waiting = connection.send("test.hold")
    connection.close()
    with pytest.raises(BrowserGone):
        waiting.result(5)


def test_nobody_there_is_a_failure_of_the_browser(server: Server) -> None:
    port = server.socket.getsockname()[1]
    server.shutdown()
    server.socket.close()
    with pytest.raises(BrowserError, match="no BiDi connection to the browser"):
        Connection(f"ws://127.0.0.1:{port}/session")


def test_what_is_no_message_is_told_of_and_the_next_one_is_read(connection: Connection) -> None:
    unread: list[str] = []
    heard: list[int] = []
    connection.on_unread = lambda what, error: unread.append(what)
    connection.listen(lambda method, params: heard.append(params["number"]))
    connection.call("test.babble")
    assert heard == [7]
    assert set(unread) == {"a message", "a.b"}
    assert len(unread) == 10


def test_a_listener_that_fails_does_not_end_the_connection(connection: Connection) -> None:
    unread: list[tuple[str, str]] = []

    def fail(method: str, params: dict[str, Any]) -> None:
        raise KeyError("url")

    connection.on_unread = lambda what, error: unread.append((what, type(error).__name__))
    connection.listen(fail)
    connection.call("test.events", {"count": 2})
    assert unread == [("log.entryAdded", "KeyError")] * 2
    assert connection.call("test.echo", {"a": 1}) == {"a": 1}


def test_a_reader_that_is_gone_is_noticed_by_the_next_command(connection: Connection) -> None:
    with pytest.raises(BrowserGone):
        connection.call("test.leave")
    with pytest.raises(BrowserGone):
        connection.call("test.echo")
