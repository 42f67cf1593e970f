"""The typed, immutable records that a timeline is made of.

Every record carries `at`: seconds since the Unix epoch on the harness's clock. A record says what was seen and by
whom (`Source`), never what it means: meaning is the business of `src/consentinel/verdicts/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from consentinel.evidence.dialog_audit import LayerShown
from consentinel.evidence.guarded import host_of
from consentinel.evidence.signal_records import ConsentCommand, ConsentString, PrivacyPreference
from consentinel.evidence.value import EMPTY
from consentinel.evidence.value import Value as Value  # noqa: PLC0414 - it is part of every record


class Kind(StrEnum):
    """The kinds of thing that a browser stores or sends."""

    COOKIE = "cookie"
    LOCAL_STORAGE = "local_storage"
    SESSION_STORAGE = "session_storage"
    INDEXED_DB = "indexed_db"
    CACHE = "cache"
    SERVICE_WORKER = "service_worker"
    FILE = "file"
    REQUEST = "request"
    PAGE = "page"


STORED_KINDS = (
    Kind.COOKIE,
    Kind.LOCAL_STORAGE,
    Kind.SESSION_STORAGE,
    Kind.INDEXED_DB,
    Kind.CACHE,
    Kind.SERVICE_WORKER,
    Kind.FILE,
)


class Source(StrEnum):
    """Who saw it: the browser by BiDi, the proxy on the wire, or the script in the page."""

    BROWSER = "browser"
    WIRE = "wire"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class StoredItem:
    """One thing kept on the device.

    `host` is the cookie's domain without its leading dot, or the host of the origin that owns the storage.
    `expires` is in seconds since the epoch, None for what ends with the session or has no term of its own.
    `partition` is the top-level site under which a partitioned item is kept, None for an unpartitioned one.
    """

    kind: Kind
    host: str
    name: str
    value: Value = EMPTY
    path: str = "/"
    expires: float | None = None
    http_only: bool = False
    secure: bool = False
    same_site: str = "unknown"
    partition: str | None = None

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What makes it the same item at another moment, whatever its value."""
        return (self.kind, self.host, self.name, self.path, self.partition or "")

    @property
    def key(self) -> tuple[Kind, str, str]:
        """What tells it from others in findings: a script's write lacks the path and the partition that the jar has."""
        return (self.kind, self.host, self.name)


class Deed(StrEnum):
    """An action that a rule looks for, whatever its words."""

    OTHER = ""
    TRIES_PAGE = "tries a page"
    SENDS_FORM = "sends a form"
    SIGNS_IN = "signs in"
    SIGNS_OUT = "signs out"
    SEES_KEPT_PAGE = "sees a page that the browser had kept"
    CLOSES_BROWSER = "closes the browser"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the visitor did, in the words of the scenario.

    `way` says how they came to the page that they asked for, empty where they asked for none.
    """

    at: float
    sentence: str
    page: str = ""
    way: str = ""
    deed: Deed = Deed.OTHER


@dataclass(frozen=True, slots=True)
class Choice:
    """What the visitor has allowed from this moment on. `granted` is None while no choice has been made."""

    at: float
    granted: frozenset[str] | None


DATE_STEP = 1.0
"""Seconds between two dates that a cookie can name."""


def is_removal(max_age: float | None, expires: float | None = None) -> bool:
    """Return whether a cookie of this lifetime is over at once.

    A date of "now" names a whole second, and its sender's.
    """
    return max_age is not None and max_age <= (0.0 if expires is None else DATE_STEP)


@dataclass(frozen=True, slots=True)
class SetCookie:
    """A `Set-Cookie` header as the server sent it (RFC 6265, section 4.1). `max_age` in seconds, as asked for.

    `expires` is the date asked for, in seconds since the epoch, None where Max-Age or nothing was. `refused` says by
    which rule the browser takes no such cookie, empty where none forbids it. `certain` is true where the browser
    takes cookies from this kind of answer: not every answer to a script counts.
    """

    name: str
    value: Value
    host: str
    path: str = "/"
    max_age: float | None = None
    http_only: bool = False
    expires: float | None = None
    refused: str = ""
    certain: bool = False

    @property
    def removes(self) -> bool:
        """Whether it asks for the cookie to be removed."""
        return is_removal(self.max_age, self.expires)


MESSAGE = "MESSAGE"
"""The method of a message that a page sends over a socket that is open."""

HELD = "answered by the harness in place of the service"
"""What the harness did with a request that was kept from a service: `[allow] services` in the profile."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request and, when it came, its answer.

    `status` is None when no answer was seen. `cookies` are the names and values that it carried. `page` is the
    address of the top-level document that caused it, empty where it is unknown. `document` is true for a
    page itself, false for what a page asks for. `named_by` is the style sheet or script that names the address, where
    the browser tells of no `initiator` (naming.py). `destination` is what the answer is for (Fetch, section 2.2.5),
    `asked` the address that was asked for in the first place where the request follows redirections; both are empty
    where it is unknown. `answered` is when the answer's head came. `fields` are what its body and its socket's
    messages say, by name; `headers` those that no browser sends by itself. `wishes` are the headers by which a browser
    says what it asks for besides (`WISHES` in request_merge.py): their names in lower case, with values. `etag` is the
    entity tag of its answer, `if_none_match` the one of an earlier answer that the browser had kept and named;
    `last_modified` and `if_modified_since` are the same of the date when something last changed.
    `altered` is what the harness did with it on purpose, in words; empty for what passed as it was.
    """

    at: float
    url: str
    method: str
    source: Source
    page: str = ""
    cookies: tuple[tuple[str, Value], ...] = ()
    referer: str = ""
    body: Value = EMPTY
    status: int | None = None
    content_type: str = ""
    set_cookies: tuple[SetCookie, ...] = ()
    initiator: str = ""
    named_by: str = ""
    document: bool = False
    destination: str = ""
    asked: str = ""
    answered: float | None = None
    fields: tuple[tuple[str, Value], ...] = ()
    headers: tuple[tuple[str, Value], ...] = ()
    wishes: tuple[tuple[str, str], ...] = ()
    altered: str = ""
    etag: Value = EMPTY
    if_none_match: Value = EMPTY
    last_modified: Value = EMPTY
    if_modified_since: Value = EMPTY

    @property
    def host(self) -> str:
        """The host that it was sent to."""
        return host_of(self.url)

    @property
    def asks_for_privacy(self) -> bool:
        """Whether the browser asked not to sell or share (W3C, "Global Privacy Control")."""
        return dict(self.wishes).get("sec-gpc") == "1"

    @property
    def is_page(self) -> bool:
        """Whether it is a page that the visitor came to, and none that the browser has fetched ahead."""
        return self.document and not dict(self.wishes).get("sec-purpose", "").startswith("prefetch")


@dataclass(frozen=True, slots=True)
class Write:
    """A script wrote to a store or called a sender. `script` is `url:line` of the code that did it.

    `operation` is "set" for what the browser took, "refused" for what it did not, "delete" for what removes, and "drop"
    for what removes a whole database.
    `fleeting` is true for what was removed by scripts in the task that wrote it.
    """

    at: float
    kind: Kind
    name: str
    host: str
    operation: str
    value: Value = EMPTY
    script: str = ""
    frame: str = ""
    max_age: float | None = None
    fleeting: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All that was on the device at this moment. `seen` are the kinds that could be read.

    `unread` says whose storage of a kind refused to be read, as pairs of kind and host; such a kind is not seen.
    """

    at: float
    items: tuple[StoredItem, ...]
    seen: frozenset[Kind]
    unread: tuple[tuple[Kind, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stood:
    """What went on all the while a page was watched, and was waited for no longer than `seconds` of wall time."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Settled:
    """The page came to rest: for `bound` seconds of page time after the last action nothing more happened.

    `thinned` is true where timers that send over and over were let run less often than they ask for. `tab` is where the
    page was open, `loads` how many documents had come there; 0 where that is not known.
    """

    at: float
    bound: float
    page: str = ""
    complete: bool = True
    reason: str = ""
    standing: tuple[Stood, ...] = ()
    thinned: bool = False
    tab: str = ""
    loads: int = 0

    def follows(self, earlier: Settled) -> bool:
        """Return whether another page had come to rest before: another address, or the same that was loaded anew."""
        return self.page != earlier.page or (self.tab == earlier.tab and self.loads != earlier.loads)


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot, as a path relative to the run's folder."""

    at: float
    path: str


Signal = ConsentCommand | ConsentString | PrivacyPreference
Record = Action | Choice | Signal | Request | Write | State | Settled | Picture | LayerShown
