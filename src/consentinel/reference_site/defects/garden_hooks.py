"""Answers and amendments that make defects of the garden: what its server does wrong with a choice."""

import re
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from consentinel.reference_site.deployments import Amend, Answer
from consentinel.reference_site.garden import choice as choices
from consentinel.reference_site.garden.application import SESSION, TOLD
from consentinel.reference_site.harbour.visit import form, local_path

_EARLIER = f"p{choices.VERSION - 1}."
_NOW = f"p{choices.VERSION}."


def refusing_allows(category: str) -> Answer:
    """Who refuses everything by the notice has one category allowed."""

    async def answer(request: Request) -> Response | None:
        if (request.method, request.url.path) != ("POST", "/choice"):
            return None
        fields = await form(request)
        allowed = choices.OPTIONAL if fields.get("allow") == "all" else (category,)
        return _chosen(allowed, local_path(fields.get("next"), "/"))

    return answer


def saving_refuses_all() -> Answer:
    """The settings keep a refusal of everything, whatever is switched on."""

    async def answer(request: Request) -> Response | None:
        saves = (request.method, request.url.path) == ("POST", "/settings")
        return _chosen((), "/settings?saved") if saves else None

    return answer


def earlier_choice_holds(part: str = "") -> Answer:
    """A choice of an earlier version that has this part is read as one of today's."""

    async def answer(request: Request) -> Response | None:
        kept = request.cookies.get(choices.COOKIE, "")
        if kept.startswith(_EARLIER) and part in kept:
            _change_header(request, b"cookie", kept, _NOW + kept.removeprefix(_EARLIER))
        return None

    return answer


def take_over_choice(request: Request, response: Response) -> None:
    """Write a choice that was read anew, as one of today's policy."""
    kept = choices.of(request.cookies)
    if kept is not None:
        _keep(response, kept.value())


def choose_signed_out() -> Answer:
    """A choice that is saved is not kept for the account."""

    async def answer(request: Request) -> Response | None:
        token = request.cookies.get(SESSION)
        if token and request.method == "POST" and request.url.path in ("/choice", "/settings"):
            _change_header(request, b"cookie", token, "nobody")
        return None

    return answer


def forget_told_choice() -> Answer:
    """The choice that the link to the sister site brings along is dropped."""

    async def answer(request: Request) -> Response | None:
        request.scope["query_string"] = b"" if TOLD in request.query_params else request.scope["query_string"]
        return None

    return answer


def told_choice_allows_all() -> Answer:
    """The sister site takes a choice that it is told of for consent to everything."""

    async def answer(request: Request) -> Response | None:
        return _chosen(choices.OPTIONAL, "/") if TOLD in request.query_params else None

    return answer


def drop_header(name: bytes) -> Answer:
    """The server does not see a header of the browser's."""

    async def answer(request: Request) -> Response | None:
        request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != name]
        return None

    return answer


def drop_on(path: str, name: str) -> Amend:
    """An answer does not set a cookie that it should."""

    def amend(request: Request, response: Response) -> None:
        if request.url.path == path:
            response.raw_headers = [pair for pair in response.raw_headers if not _sets(pair, name)]

    return amend


def allow_on_sign_in(*categories: str) -> Amend:
    """The account's choice comes along with more allowed than the visitor allowed."""

    def amend(request: Request, response: Response) -> None:
        kept = _kept_by_account(request, response)
        if kept is not None:
            _keep(response, choices.chosen({*kept.allowed, *categories}).value())

    return amend


def refuse_on_sign_in(request: Request, response: Response) -> None:
    """The account's choice comes along as a refusal of everything."""
    if _kept_by_account(request, response) is not None:
        _keep(response, choices.chosen(()).value())


def keep_for(path: str, name: str, max_age: int) -> Amend:
    """An answer keeps a cookie for another time, in seconds."""

    def amend(request: Request, response: Response) -> None:
        if request.url.path == path:
            term = f"Max-Age={max_age}".encode()
            response.raw_headers = [
                (key, re.sub(rb"Max-Age=\d+", term, value)) if _sets((key, value), name) else (key, value)
                for key, value in response.raw_headers
            ]

    return amend


def set_on(path: str, name: str, value: str, max_age: int) -> Amend:
    """An answer to one path sets a further cookie."""

    def amend(request: Request, response: Response) -> None:
        if request.url.path == path and request.method == "POST":
            response.set_cookie(name, value, max_age=max_age, secure=True, samesite="lax")

    return amend


def _chosen(allowed: Collection[str], then: str) -> Response:
    response = RedirectResponse(then, status_code=303)
    _keep(response, choices.chosen(allowed).value())
    return response


def _keep(response: Response, value: str) -> None:
    response.raw_headers = [pair for pair in response.raw_headers if not _sets(pair, choices.COOKIE)]
    response.set_cookie(choices.COOKIE, value, max_age=choices.MAX_AGE, secure=True, httponly=True, samesite="lax")


def _kept_by_account(request: Request, response: Response) -> choices.Choice | None:
    """Return the choice that an answer to a sign-in brings to this browser."""
    if request.url.path != "/sign-in":
        return None
    found = (value for key, value in response.raw_headers if _sets((key, value), choices.COOKIE))
    header = next(found, b"").decode("latin-1")
    return choices.parse(header.partition("=")[2].partition(";")[0])


def _sets(pair: tuple[bytes, bytes], name: str) -> bool:
    return pair[0] == b"set-cookie" and pair[1].startswith(f"{name}=".encode())


def _change_header(request: Request, name: bytes, old: str, new: str) -> None:
    request.scope["headers"] = [
        (key, value.replace(old.encode(), new.encode()) if key == name else value)
        for key, value in request.scope["headers"]
    ]
