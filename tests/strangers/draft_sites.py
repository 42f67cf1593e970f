"""Small sites for drafts: each path of a host has one answer, on a server of the standard library at a free port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

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
