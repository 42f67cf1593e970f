"""A deployment made for one test: pages and answers by host and path, served on a free port of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from consentinel.site.profile import Profile
from tests.serving import QuietHandler, Server, listening

SHOP = "shop.localhost"
CDN = "cdn.localhost"


@dataclass(frozen=True)
class Answer:
    """What an address answers. `cookies` are the texts of its `Set-Cookie` headers."""

    body: str = ""
    content_type: str = "text/html; charset=utf-8"
    cookies: Sequence[str] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answers = Mapping[tuple[str, str], Answer]
"""Answers by host and path; where a host and path have none, it is 204."""


@dataclass(frozen=True)
class Deployment:
    """A running site. `port` is that of all its hosts."""

    port: int

    def url(self, path: str = "/", host: str = SHOP) -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def profile(self, **cookies: Sequence[str]) -> Profile:
        """A profile of the site; `cookies` are the names of the cookies of each category."""
        labels = ("functionality", "analytics", "social", "advertising")
        return Profile.model_validate(
            {
                "site": {"name": "Shop", "base_url": self.url(""), "hosts": [SHOP]},
                "partners": [CDN],
                "consent": {"stored": {"name": "choice", "lifetime_days": 180}},
                "categories": {
                    name: {"label": name, "refusable": name != "functionality", "cookies": list(cookies.get(name, ()))}
                    for name in labels
                },
            }
        )


def page(script: str = "", head: str = "") -> Answer:
    """A page of the shop with a script at its end."""
    return Answer(
        f'<!doctype html><link rel="icon" href="data:,"><title>Shop</title>{head}<p>Text</p><script>{script}</script>'
    )


@contextmanager
def deployed(answers: Answers) -> Iterator[Deployment]:
    """Serve these answers for as long as the block runs."""

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            host = self.headers.get("host", "").partition(":")[0]
            answer = answers.get((host, self.path.partition("?")[0]), Answer(status=204))
            content = answer.body.replace("{port}", str(port)).encode()
            self.send_response(answer.status)
            self.send_header("content-type", answer.content_type)
            for cookie in answer.cookies:
                self.send_header("set-cookie", cookie)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 204:
                self.send_header("content-length", str(len(content)))
            self.end_headers()
            if answer.status != 204:
                self.wfile.write(content)

        do_GET = do_POST = do_OPTIONS = handle_any

    with listening(Server(Handler)) as server:
        port = server.server_port
        yield Deployment(port)
