"""Answers of servers that are careless about HTTP pass the recording proxy, as browsers accept them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from consentinel.evidence.answer_head import as_browsers_read
from consentinel.evidence.proxy import RecordingProxy
from consentinel.visitor.http_session import session

BODY = b"<p>Tea"
OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = b"Content-Length: 6\r\n"
CHUNKED = b"6\r\n<p>Tea\r\n0\r\n\r\n"

CARELESS = {
    "103 before": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + OK + LENGTH + b"\r\n" + BODY,
    "102 twice": 2 * b"HTTP/1.1 102 Processing\r\n\r\n" + OK + LENGTH + b"\r\n" + BODY,
    "blank line before": b"\r\n" + OK + LENGTH + b"\r\n" + BODY,
    "protocol in small letters": b"http/1.1 200 ok\r\n" + LENGTH + b"\r\n" + BODY,
    "length twice": OK + LENGTH + LENGTH + b"\r\n" + BODY,
    "length in a list": OK + b"Content-Length: 6, 6\r\n\r\n" + BODY,
    "length that is no number": OK + b"Content-Length: unknown\r\n\r\n" + BODY,
    "length and chunks": OK + b"Transfer-Encoding: chunked\r\n" + LENGTH + b"\r\n" + CHUNKED,
    "chunks twice": OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + CHUNKED,
    "identity": OK + b"Transfer-Encoding: identity\r\n" + LENGTH + b"\r\n" + BODY,
    "line without a colon": OK + b"Powered by tea\r\n" + LENGTH + b"\r\n" + BODY,
    "line without a name": OK + b": tea\r\n" + LENGTH + b"\r\n" + BODY,
    "space in a name": OK + b"X Powered By: tea\r\n" + LENGTH + b"\r\n" + BODY,
    "space after a name": OK + b"X-Powered-By : tea\r\n" + LENGTH + b"\r\n" + BODY,
    "folded line": OK + b"X-Powered-By: tea\r\n and milk: 1\r\n" + LENGTH + b"\r\n" + BODY,
}
"""Answers that a plain Chromium shows as a page."""


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """Answer each connection's request with these bytes and close it; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with server.accept()[0] as connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


@pytest.fixture(scope="module")
def proxy() -> Iterator[RecordingProxy]:
    proxy = RecordingProxy()
    yield proxy
    proxy.close()


def asked(proxy: RecordingProxy, answer: bytes) -> bytes:
    """What a browser gets through the proxy from a server that answers so."""
    tap = proxy.tap()
    try:
        with answering(answer) as port, socket.create_connection(tap.address, 10) as browser:
            host = b"127.0.0.1:%d" % port
            browser.sendall(b"GET http://%s/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % (host, host))
            return b"".join(iter(lambda: browser.recv(65536), b""))
    finally:
        proxy.untap(tap)


@pytest.mark.process
@pytest.mark.parametrize("name", CARELESS)
def test_an_answer_that_browsers_accept_passes_the_proxy(proxy: RecordingProxy, name: str) -> None:
    head, _, body = asked(proxy, CARELESS[name]).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    assert BODY in body


@pytest.mark.parametrize("name", ["103 before", "102 twice"])
def test_an_interim_answer_is_none_where_no_browser_asks(name: str) -> None:
    with answering(CARELESS[name]) as port, session(None) as http:
        answer = http.get(f"http://127.0.0.1:{port}/", timeout=10)
    assert (answer.status_code, answer.content) == (200, BODY)


@pytest.mark.process
def test_two_lengths_that_differ_are_no_answer_to_anybody(proxy: RecordingProxy) -> None:
    assert asked(proxy, OK + LENGTH + b"Content-Length: 5\r\n\r\n" + BODY).startswith(b"HTTP/1.1 502")


@contextmanager
def answering_once_a_connection(limit: int) -> Iterator[int]:
    """Answer the first request of each connection and close it with the next; so many connections. Gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for number in range(limit + 1):
                with server.accept()[0] as connection:
                    if connection.recv(65536) and number < limit:
                        connection.sendall(OK + LENGTH + b"\r\n" + BODY)
                        connection.recv(65536)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


@pytest.mark.process
@pytest.mark.parametrize("method", [b"GET", b"POST"])
def test_who_finds_the_connection_closed_asks_once_more(proxy: RecordingProxy, method: bytes) -> None:
    tap = proxy.tap()
    with answering_once_a_connection(3) as port, socket.create_connection(tap.address, 10) as browser:
        host = b"127.0.0.1:%d" % port
        answers = []
        for _ in range(4):
            head = b"%s http://%s/ HTTP/1.1\r\nHost: %s\r\nAccept: */*" % (method, host, host)
            browser.sendall(head + b"\r\nContent-Length: 3\r\n\r\ntea")
            got = b""
            while not got.endswith((BODY, b"</html>")):
                got += browser.recv(65536)
            answers.append(got[9:12])
    assert answers == [b"200", b"200", b"200", b"502"], "a new connection that is closed unanswered is not tried again"
    assert len(tap.flows) == 4
    proxy.untap(tap)


def test_a_head_in_order_stays_as_it_came() -> None:
    head = [b"HTTP/1.1 200 OK", b"Set-Cookie: a=b; Path=/", b"Set-Cookie: c=d", b"X-A : 1", b"X-Empty:", b"\ttail"]
    assert as_browsers_read([*head, b"Content-Length: 6"]) == [*head, b"Content-Length: 6"]
