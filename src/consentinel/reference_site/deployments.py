"""How a deployment of the site differs from the clean one.

The clean code knows nothing of defects. A deployment stands in front of it and may answer a request itself,
put scripts of its own into the pages, change a passage of what is served, and amend an answer.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT_PATH = "/extra/"
"""Path under which a deployment's own scripts are served."""

PATCHABLE = ("text/html", "text/javascript", "text/css")
"""Media types whose text a deployment may change."""

Answer = Callable[[Request], Awaitable[Response | None]]
Amend = Callable[[Request, Response], None]


@dataclass(frozen=True, slots=True)
class Patch:
    """One passage of what is served, replaced by another."""

    path: str
    """Pattern for the path of the answer, as in a shell (``/articles/*``)."""
    old: str
    new: str

    def apply(self, path: str, text: str) -> str:
        """Return the text as this deployment serves it."""
        return text.replace(self.old, self.new) if fnmatchcase(path, self.path) else text


@dataclass(frozen=True, slots=True)
class Deployment:
    """What makes one deployment differ; the clean one has nothing here."""

    patches: tuple[Patch, ...] = ()
    scripts: tuple[tuple[str, str], ...] = ()
    """File name and source of each script that every page loads besides the clean ones."""
    answer: Answer | None = None
    """Asked before the clean site is; ``None`` from it leaves the request to the clean site."""
    amend: Amend | None = None
    """Called with each answer before it is sent."""
    signals: tuple[str, ...] = ()
    """The keys of the profile's table [signals] that hold for it: how it tells services of the choice."""

    def files(self) -> dict[str, str]:
        """Return the deployment's own scripts by path."""
        return {f"{SCRIPT_PATH}{name}": source for name, source in self.scripts}


class Difference:
    """ASGI application: the clean site as one deployment shows it."""

    def __init__(self, clean: ASGIApp, deployment: Deployment) -> None:
        self._clean = clean
        self._deployment = deployment
        self._files = deployment.files()
        tags = "".join(f'<script src="{path}" defer></script>' for path in self._files)
        self._patches = deployment.patches + ((Patch("*", "</head>", f"{tags}</head>"),) if tags else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            await self._clean(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._own_answer(request) or await _collect(self._clean, scope, receive)
        self._patch(request.url.path, response)
        if self._deployment.amend is not None:
            self._deployment.amend(request, response)
        await response(scope, receive, send)

    async def _own_answer(self, request: Request) -> Response | None:
        source = self._files.get(request.url.path)
        if source is not None:
            return Response(source, media_type="text/javascript", headers={"cache-control": "max-age=600"})
        return await self._deployment.answer(request) if self._deployment.answer else None

    def _patch(self, path: str, response: Response) -> None:
        if not response.headers.get("content-type", "").startswith(PATCHABLE):
            return
        text = bytes(response.body).decode()
        for patch in self._patches:
            text = patch.apply(path, text)
        response.body = text.encode()
        response.headers["content-length"] = str(len(response.body))


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Run an application and return its answer as one object."""
    start: Message = {}
    body: list[bytes] = []

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.append(message.get("body", b""))

    await app(scope, receive, collect)
    response = Response(b"".join(body), status_code=start["status"])
    response.raw_headers = list(Headers(raw=start["headers"]).raw)
    return response
