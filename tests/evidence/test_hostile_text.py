"""Whatever strangers write, no exception leaves: addresses, headers, bodies, events, by hypothesis.

`make fuzz` asks each property 20,000 times, which is 100,000 examples and more; `make test` a hundred times each.
"""

from __future__ import annotations

import json
from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st
from mitmproxy import http
from mitmproxy.test import tflow, tutils

from consentinel.browser.context import UserContext
from consentinel.browser.events import SPOKEN, EventHub
from consentinel.evidence import guarded
from consentinel.evidence.addresses import addresses_hidden, with_values_hidden, without_query
from consentinel.evidence.classic_jar import from_classic
from consentinel.evidence.cookies import from_jar, parse_cookie_header, parse_set_cookie
from consentinel.evidence.dates import cookie_date
from consentinel.evidence.proxy import Tap
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import (
    Kind,
    StoredItem,
    Value,
    Write,
)
from consentinel.evidence.request_merge import merge
from consentinel.evidence.secrets import Secrets
from consentinel.evidence.storage import StorageLedger
from consentinel.evidence.timeline import Timeline
from consentinel.pytest_plugin.har import traffic
from consentinel.site.classify import categories_of, category_of_request, party
from consentinel.site.hosts import covers, registrable
from consentinel.site.profile import REFUSABLE, Profile
from consentinel.verdicts import anonymity, sent, stored
from consentinel.verdicts.identifiers import identifiers_in

HOME = "https://www.shop.example/"
PROFILE = Profile.model_validate(
    {
        "site": {"name": "shop", "base_url": HOME, "hosts": ["*.shop.example"]},
        "consent": {"manager": "auto", "stored": {"name": "choice"}},
        "categories": {
            name: {"label": name, "refusable": name != "functionality"}
            for name in ("functionality", "analytics", "social", "advertising")
        },
    }
)

PIECES = (
    *(
        "http://",
        "https://",
        "//",
        "[",
        "]",
        "[CLICK_HOST]",
        "[::1]",
        "[::1%25eth0]",
        ":",
        ":99999",
        ":x",
        "@",
        "user:pw@",
    ),
    *(
        "a.example",
        "xn--",
        "xn--a",
        "b\u00fccher",
        "\u2100",
        "\u3002",
        "..",
        ".",
        "-",
        "*.",
        "localhost",
        "1.2.3.4",
        "0x7f",
    ),
    *("/", "\\", "?", "#", "&", "=", ";", "%", "%zz", "%ff", "%00", "+", " ", "\t", "\r\n", "\x00", "\ud800", "\udcff"),
    *(
        "{",
        "}",
        '"',
        "'",
        "null",
        "NaN",
        "1e999",
        "[" * 50,
        '{"a":',
        "session=",
        "token=abcdef123456",
        "charset=",
        "utf-7",
    ),
    *("Set-Cookie", "Max-Age=", "9" * 50, "Expires=", "Thu, 31 Feb 2026 25:61:61 GMT", "Domain=", "Path=", "SameSite="),
    *("2026-02-31T00:00", "9999-12-31", "0001-01-01", "1700000000000", "lkq2x9f0", "data:", "blob:", "javascript:"),
)
TEXT = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.none())
ANYTHING = st.recursive(
    st.one_of(TEXT, NUMBERS), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)


@given(TEXT, TEXT, st.binary(max_size=40), ANYTHING)
@example("http://[CLICK_HOST]/", "//[", b"\xff", "9" * 400)
@example("http://a\u2100.example/", "http://[::1]:99999/", b"", [[[]]])
def test_a_guarded_reader_answers_whatever_it_is_given(first: str, second: str, data: bytes, value: Any) -> None:
    for text in (first, second):
        parts = guarded.parts_of(text)
        assert all(isinstance(part, str) for part in (*parts, guarded.host_of(text), guarded.origin_of(text)))
        assert 0 <= (guarded.port_of(text) or 0) < 65536
        assert isinstance(guarded.without_fragment(text), str)
        assert isinstance(guarded.as_requested(text), str)
        assert isinstance(guarded.ascii_address(text), str)
        assert isinstance(guarded.ascii_host(text), str)
        assert isinstance(guarded.registrable(text), str)
        assert isinstance(guarded.is_public_suffix(text), bool)
        assert isinstance(guarded.bytes_of(text), bytes)
        assert guarded.quoted(text).isascii()
        assert all(isinstance(name, str) for name, _ in (*guarded.fields_of(text), *guarded.query_of(text)))
        guarded.json_of(text)
    guarded.json_of(data)
    assert isinstance(guarded.joined(first, second), str)
    assert isinstance(guarded.text_of(data, first), str)
    number = guarded.number_of(value)
    assert number is None or abs(number) < float("inf")


@given(TEXT, TEXT, ANYTHING)
def test_a_cookie_is_a_cookie_or_none(header: str, url: str, value: Any) -> None:
    parse_set_cookie(header, url, 0.0)
    parse_cookie_header(header)
    cookie_date(header)
    raw = {"name": header, "value": {"type": "base64", "value": url}, "domain": url, "expiry": value, "sameSite": value}
    from_jar(raw)
    from_jar({"name": value, "domain": value, "value": {"type": "string", "value": value}, "goog:partitionKey": value})
    from_classic({"name": header, "value": url, "domain": url, "expiry": value, "sameSite": value})


@given(TEXT)
def test_what_hides_values_and_secrets_hides_in_any_text(text: str) -> None:
    for hide in (without_query, with_values_hidden, addresses_hidden):
        assert isinstance(hide(text), str)
    secrets = Secrets([text])
    secrets.learn("session", text)
    secrets.learn_from(text)
    assert isinstance(secrets.names_obeyed(secrets.without(text)), str)
    assert secrets.as_json({"text": text}).isascii()
    identifiers_in(text)
    covers(text, text)
    registrable(text)


def flow(url: str, headers: list[tuple[str, str]], body: bytes, answered: list[tuple[str, str]], status: int) -> Any:
    """An exchange as the wire would hand it over; the address was asked for by a browser, so it is one."""

    def raw(fields: list[tuple[str, str]]) -> http.Headers:
        return http.Headers(
            [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in fields]
        )

    request = http.Request.make("POST", HOME, body)
    request.path = f"/{url}".encode("ascii", "replace").decode()
    request.headers = raw(headers)
    request.timestamp_start = 1.0
    response = tutils.tresp(status_code=status, headers=raw(answered), content=body)
    return tflow.tflow(req=request, resp=response)


NAMES = st.sampled_from(
    ["location", "set-cookie", "content-type", "cookie", "referer", "host", "content-encoding", "x"]
)
HEADERS = st.lists(st.tuples(NAMES, TEXT), max_size=4)


@given(TEXT, HEADERS, st.binary(max_size=60), HEADERS, st.sampled_from([200, 204, 302, 307, 404]), TEXT)
@example("px", [], b"", [("location", "http://[CLICK_HOST]/px.gif")], 302, "")
@example("px", [("cookie", "session=\udcff")], b"\xff", [("content-type", "text/html; charset=\x00")], 200, "")
def test_an_exchange_is_recorded_judged_and_written_down(
    url: str, headers: list[tuple[str, str]], body: bytes, answered: list[tuple[str, str]], status: int, name: str
) -> None:
    made = flow(url, headers, body, answered, status)
    write = Write(2.0, Kind.COOKIE, name, "www.shop.example", "set", Value(name), name, name)
    worker = Write(2.0, Kind.SERVICE_WORKER, name, name, "set", Value(url), name, url)
    timeline = Timeline.of("visitor", "chromium", [*merge([], [made]), write, worker])
    for verdict in (
        sent.only_allowed(timeline, PROFILE, (), ()),
        sent.all_declared(timeline, PROFILE, ()),
        stored.only(timeline, PROFILE, (), ()),
        anonymity.left_unread(timeline, PROFILE, REFUSABLE, (), 0.0),
    ):
        assert all(isinstance(finding.sentence, str) for finding in verdict.findings)
    for request in timeline.requests:
        timeline.attribution.sender_of(request)
        category_of_request(request, PROFILE)
        party(request.host, PROFILE)
    categories_of(StoredItem(Kind.SERVICE_WORKER, url, name), PROFILE)
    tap = Tap("127.0.0.1", 1, 0.0, [made])
    assert Secrets().as_json(traffic(tap, Secrets(), show_values=True)).isascii()


class Context:
    """As much of a user context as a recorder looks at."""

    def __init__(self) -> None:
        self.tab, self.browser, self.hub = "tab", self, EventHub(hears_of_realms=True)

    def listen(self, listener: Any) -> None:
        self.hub.listeners["user"] = listener

    def add_preload(self, function: str, channel: str = "") -> None:
        self.hub.channels[channel] = "user"


METHODS = st.sampled_from(
    [
        *("browsingContext.contextCreated", "browsingContext.contextDestroyed", "browsingContext.load"),
        *("browsingContext.navigationStarted", "network.beforeRequestSent", "network.responseStarted"),
        *("network.responseCompleted", "network.fetchError", "script.message", "script.realmCreated", SPOKEN),
    ]
)
REQUEST = st.fixed_dictionaries(
    {"request": TEXT, "url": TEXT, "method": TEXT, "headers": st.just([])}, optional={"destination": ANYTHING}
)
PARAMS = st.one_of(
    ANYTHING,
    st.fixed_dictionaries(
        {"context": st.sampled_from(["tab", "inner", None])},
        optional={
            "url": TEXT,
            "parent": ANYTHING,
            "request": REQUEST,
            "timestamp": NUMBERS,
            "response": ANYTHING,
            "data": st.fixed_dictionaries({"type": st.just("string"), "value": TEXT}),
            "channel": st.just("__handle"),
            "source": st.just({"context": "tab"}),
            "navigation": ANYTHING,
        },
    ),
)


@given(st.lists(st.tuples(METHODS, PARAMS), max_size=4), TEXT)
def test_events_of_any_shape_leave_a_timeline(events: list[tuple[str, Any]], answer: str) -> None:
    context = Context()
    recorder: Recorder = Recorder("visitor", "chromium", cast("UserContext", context), None, "__handle")
    recorder.attach()
    created = {"context": "tab", "url": HOME, "userContext": "user", "parent": None}
    context.hub("browsingContext.contextCreated", created)
    for method, params in events:
        context.hub(method, params)
    context.hub("browsingContext.contextCreated", created)
    asked = {"request": "last", "url": f"{HOME}last", "method": "GET", "headers": []}
    context.hub("network.beforeRequestSent", {"context": "tab", "request": asked, "timestamp": 2000})
    timeline = recorder.timeline()
    assert f"{HOME}last" in [request.url for request in timeline.requests]
    recorder.status_of_page()
    recorder.traffic.going_on()
    ledger = StorageLedger()
    reading = {"origin": answer, "items": [], "denied": [], "lacking": []}
    ledger.update([(answer, HOME), (json.dumps(reading), HOME)])
