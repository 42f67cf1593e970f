"""The shapes of messages from browsers and pages, as far as evidence is read from them.

A browser may leave a field out, and a page may stand where only the harness should speak: what does not have its shape
is never half read. It becomes a doubt that names the field. Source: WebDriver BiDi, section 7.5 (network) and 7.6
(script). Further fields may be there, and are of no account.
"""

from __future__ import annotations

from typing import Any, NotRequired

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from consentinel.evidence.guarded import json_of
from consentinel.evidence.records import Kind


class _Bytes(TypedDict):
    type: str
    value: str


class _Header(TypedDict):
    name: str
    value: _Bytes


class _Frame(TypedDict):
    url: str
    lineNumber: int
    columnNumber: int


class _Stack(TypedDict):
    callFrames: NotRequired[list[_Frame] | None]


class _Initiator(TypedDict):
    stackTrace: NotRequired[_Stack | None]


class _Identified(TypedDict):
    request: str


class _Asked(TypedDict):
    request: str
    url: str
    method: str
    headers: list[_Header]
    destination: NotRequired[str | None]
    initiatorType: NotRequired[str | None]


class _Answered(TypedDict):
    status: NotRequired[int | None]
    mimeType: NotRequired[str]
    fromCache: NotRequired[bool]
    headers: NotRequired[list[_Header]]


class _RequestEvent(TypedDict):
    request: _Asked
    timestamp: int | float
    context: str
    navigation: NotRequired[str | None]
    redirectCount: NotRequired[int]
    initiator: NotRequired[_Initiator | None]


class _AnswerEvent(TypedDict):
    request: _Identified
    redirectCount: NotRequired[int]
    response: NotRequired[_Answered]


class _Source(TypedDict):
    context: str | None


class _Message(TypedDict):
    channel: str
    data: dict[str, Any]
    source: _Source


class _Note(TypedDict):
    kind: str
    operation: str
    name: str
    value: str
    stack: str
    frame: str
    at: int | float


class _Item(TypedDict):
    kind: Kind
    name: str
    value: str


class _Reading(TypedDict):
    origin: str
    items: list[_Item]
    denied: list[tuple[Kind, Any]]
    lacking: list[Kind]
    silent: NotRequired[bool]


class _Look(TypedDict):
    moved: float
    next: float | None
    busy: int | float | bool
    ready: str
    refresh: float | None
    workers: str
    open: str
    polls: bool
    thinned: int | float | bool


REQUEST: TypeAdapter[Any] = TypeAdapter(_RequestEvent)
"""`network.beforeRequestSent`."""
ANSWER: TypeAdapter[Any] = TypeAdapter(_AnswerEvent)
"""`network.responseStarted`, `network.responseCompleted` and `network.fetchError`."""
MESSAGE: TypeAdapter[Any] = TypeAdapter(_Message)
"""`script.message`."""
NOTE: TypeAdapter[Any] = TypeAdapter(_Note)
"""What the preload script notes of something that a page did."""
READING: TypeAdapter[Any] = TypeAdapter(_Reading)
"""What the script answers that reads the storage of a document."""
LOOK: TypeAdapter[Any] = TypeAdapter(_Look)
"""What the preload script answers when page time is moved on."""


class Misshapen(ValueError):
    """A message lacks a field, or has one of another type. The error names the first one."""


def check(shape: TypeAdapter[Any], value: object, *, strict: bool = True) -> None:
    """See that something has its shape, unless `strict` up to what JSON cannot say. Raises Misshapen."""
    try:
        shape.validate_python(value, strict=strict)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise Misshapen(f"{where}: {first['msg']}") from None


def from_json(shape: TypeAdapter[Any], text: str) -> dict[str, Any] | None:
    """Return what a text of JSON holds; None unless it has this shape."""
    value: dict[str, Any] | None = json_of(text)
    try:
        check(shape, value, strict=False)
    except Misshapen:
        return None
    return value
