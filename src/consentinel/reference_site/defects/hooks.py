"""Answers and amendments that several defects share."""

from collections.abc import Callable
from fnmatch import fnmatchcase

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from consentinel.reference_site import consent
from consentinel.reference_site.deployments import Amend, Answer

Condition = Callable[[Request], bool]


def always(_request: Request) -> bool:
    """Whatever is asked."""
    return True


def is_page(response: Response) -> bool:
    """Return whether an answer is a page."""
    return response.headers.get("content-type", "").startswith("text/html")


def replace_in_page(response: Response, part: str, other: str) -> None:
    """Write something else in the place of a part of an answer's page."""
    response.body = bytes(response.body).replace(part.encode(), other.encode())
    response.headers["content-length"] = str(len(response.body))


def add_to_page(response: Response, html: str) -> None:
    """Write this at the end of a page's content."""
    replace_in_page(response, "</main>", f"{html}</main>")


def pixel(request: Request, host: str, target: str) -> str:
    """Return a picture of one pixel at another host, on the port of this request."""
    port = f":{request.url.port}" if request.url.port else ""
    return f'<img src="https://{host}{port}{target}" alt="" width="1" height="1">'


def unasked(request: Request) -> bool:
    """Before the visitor has chosen."""
    return consent.of(request.cookies) is None


def refuses(category: str) -> Condition:
    """A visitor who has chosen, and refused this category."""

    def condition(request: Request) -> bool:
        choice = consent.of(request.cookies)
        return choice is not None and not choice.allows(category)

    return condition


def serve(files: dict[str, tuple[str, str]]) -> Answer:
    """Serve further files: by path, their media type and content."""

    async def answer(request: Request) -> Response | None:
        file = files.get(request.url.path)
        if file is None:
            return None
        return Response(file[1], media_type=file[0], headers={"cache-control": "no-store"})

    return answer


def redirect(path: str, host: str, target: str) -> Answer:
    """Lead requests for one path on to another host."""

    async def answer(request: Request) -> Response | None:
        if request.url.path != path:
            return None
        return RedirectResponse(f"https://{host}:{request.url.port or 443}{target}", status_code=302)

    return answer


def fail(path: str, status: int, condition: Condition = always) -> Answer:
    """Fail on paths of a pattern, with nothing that would help a visitor."""

    async def answer(request: Request) -> Response | None:
        if not (fnmatchcase(request.url.path, path) and condition(request)):
            return None
        return PlainTextResponse("Internal error" if status >= 500 else "No", status_code=status)

    return answer


def set_cookie(
    name: str, value: str, max_age: int | None, condition: Condition = always, *, http_only: bool = False
) -> Amend:
    """Set a cookie with every page, as long as the browser has not got it."""

    def amend(request: Request, response: Response) -> None:
        if is_page(response) and name not in request.cookies and condition(request):
            response.set_cookie(name, value, max_age=max_age, secure=True, httponly=http_only, samesite="lax")

    return amend
