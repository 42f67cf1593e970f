"""Small sites for drafts: each path of a host has one answer, on a server of the standard library at a free port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.proposal import propose
from consentinel.drafting.survey import Proposal
from tests.serving import QuietHandler, Server, listening


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered at an address: `{port}` in the body and the headers stands for the server's port."""

    body: str
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=())


Answers = Mapping[tuple[str, str], Answer]
"""By host and path; a path of the host "*" is answered on every host."""


@contextmanager
def serving(answers: Answers) -> Iterator[int]:
    """Serve these answers; gives the port."""

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host, path = self.headers.get("Host", "").partition(":")[0], self.path.partition("?")[0]
            missing = Answer("<title>Missing</title><p>No such page.", status=404)
            self._send(answers.get((host, path)) or answers.get(("*", path)) or missing)

        def _send(self, answer: Answer) -> None:
            body = answer.body.replace("{port}", str(server.server_port)).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers:
                self.send_header(name, value.replace("{port}", str(server.server_port)))
            self.end_headers()
            self.wfile.write(body)

    with listening(Server(Handler)) as server:
        yield server.server_port


def serving_fronts(fronts: Mapping[str, str]) -> AbstractContextManager[int]:
    """Serve a front page, with these elements in it, for each name of a site; gives the port."""
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><main>Words.</main>'
    return serving({(f"{name}.localhost", "/"): Answer(head + body) for name, body in fronts.items()})


def proposed(driver: WebDriver, port: int, name: str) -> Proposal:
    """The dialog that is proposed on the front page of the site of that name."""
    driver.get(f"http://{name}.localhost:{port}/")
    found = propose(driver)
    assert found is not None
    return found
