"""One list of requests, of what the browser told and what the wire saw."""

from __future__ import annotations

from mitmproxy.websocket import WebSocketData, WebSocketMessage
from wsproto.frame_protocol import Opcode

from consentinel.evidence.records import MESSAGE, Source, Value
from consentinel.evidence.request_merge import merge, note_end
from tests.evidence.builders import (
    HOME,
    answer,
    flow,
    text,
    told,
)

BEACON = "https://metrics.example/collect"
STACK = {"stackTrace": {"callFrames": [{"url": "https://www.shop.example/m.js", "lineNumber": 11, "columnNumber": 4}]}}


def test_what_both_saw_is_one_request_of_the_wire_with_the_browsers_page_and_initiator() -> None:
    sent = told(BEACON, page=HOME, initiator=STACK)
    (request,) = merge([sent], [flow(BEACON, at=100.5)])
    assert (request.source, request.at, request.page) == (Source.WIRE, 100.5, HOME)
    assert request.initiator == "https://www.shop.example/m.js:12"


def test_what_only_the_wire_saw_counts() -> None:
    (request,) = merge([], [flow(BEACON, method="POST", body=b"cid=1")])
    assert (request.method, request.body, request.page) == ("POST", Value("cid=1"), "")


def test_what_only_the_browser_tells_never_left_where_there_is_a_wire() -> None:
    assert merge([told(BEACON)], []) == []


def test_without_a_wire_the_browser_is_believed() -> None:
    (request,) = merge([told(BEACON, answer=answer(204))], None)
    assert (request.source, request.status, request.at) == (Source.BROWSER, 204, 100.0)


def test_an_answer_from_the_cache_was_not_sent() -> None:
    cached = told(BEACON, answer=answer(200, fromCache=True))
    assert merge([cached], None) == []
    (request,) = merge([cached], [flow(BEACON)])
    assert request.page == "", "the cached one must not lend its page to another request"


def test_equal_requests_are_matched_in_the_order_in_which_they_were_sent() -> None:
    sent = [told(BEACON, number="1", page=HOME), told(BEACON, number="2", page=f"{HOME}basket")]
    first, second = merge(sent, [flow(BEACON, at=at) for at in (1.0, 2.0)])
    assert (first.page, second.page) == (HOME, f"{HOME}basket")


def test_a_beacon_on_leaving_that_no_browser_told_of_takes_no_page_from_the_next_equal_request() -> None:
    sent = [told(BEACON, number="1", page=HOME, at=1.1), told(BEACON, number="2", page=f"{HOME}basket", at=3.1)]
    requests = merge(sent, [flow(BEACON, at=at) for at in (1.0, 2.8, 3.0, 5.0)])
    assert [one.page for one in requests] == [HOME, "", f"{HOME}basket", ""]


def test_a_fragment_is_not_sent_and_does_not_keep_the_two_apart() -> None:
    (request,) = merge([told(f"{HOME}#top", page=HOME)], [flow(HOME)])
    assert request.page == HOME


def test_the_method_tells_a_preflight_from_what_it_asks_for() -> None:
    sent = [told(BEACON, method="POST", page=HOME)]
    preflight, post = merge(sent, [flow(BEACON, method="OPTIONS"), flow(BEACON, method="POST")])
    assert (preflight.page, post.page) == ("", HOME)


def test_tunnels_and_the_harness_own_page_are_no_part_of_the_record() -> None:
    elsewhere = "https://control.localhost/elsewhere"
    flows = [flow("https://www.shop.example:443/", method="CONNECT"), flow(elsewhere), flow(HOME)]
    assert [request.url for request in merge([], flows, elsewhere)] == [HOME]
    assert [request.url for request in merge([told(elsewhere), told(HOME)], None, elsewhere)] == [HOME]


def test_the_wire_tells_each_cookie_that_was_sent_and_set() -> None:
    headers = {"Cookie": "a=1; b=2", "Referer": HOME, "Sec-Fetch-Dest": "document"}
    (request,) = merge([], [flow(HOME, headers=headers, set_cookies=["c=3; Max-Age=60", "d=4", "=;"])])
    assert request.cookies == (("a", Value("1")), ("b", Value("2")))
    assert [(cookie.name, cookie.max_age) for cookie in request.set_cookies] == [("c", 60.0), ("d", None)]
    assert request.referer == HOME
    assert request.document


def test_cookies_that_the_browser_joins_by_a_newline_are_told_apart() -> None:
    headers = [{"name": "Cookie", "value": text("a=1")}, {"name": "Referer", "value": text(HOME)}]
    sent = told(HOME, headers=headers, navigation="n1", answer=answer(200, "c=3; Expires=x, y", "d=4; Path=/"))
    (request,) = merge([sent], None)
    assert [cookie.name for cookie in request.set_cookies] == ["c", "d"]
    assert request.cookies == (("a", Value("1")),)
    assert (request.referer, request.document, request.content_type) == (HOME, True, "text/html")


def test_a_frame_is_no_page() -> None:
    (request,) = merge([told(BEACON, navigation="n1", page=HOME)], None)
    assert not request.document


def test_over_plain_http_the_browser_says_which_request_is_a_page() -> None:
    address = "http://staging.shop.example/"
    page = told(f"{address}#top", page=f"{address}#top", navigation="n1")
    frame = told(f"{address}frame", number="2", page=address, navigation="n2")
    own = told(f"{address}data", number="3", page=f"{address}data")
    found = merge([page, frame, own], [flow(one.url.partition("#")[0]) for one in (page, frame, own)])
    assert [request.document for request in found] == [True, False, False]
    (known,) = merge([page], [flow(address, headers={"Sec-Fetch-Dest": "iframe"})])
    assert not known.document


def test_over_plain_http_the_browser_says_what_an_answer_is_for() -> None:
    address = "http://staging.shop.example/data"
    asked = told(address)
    asked.params["request"].update(destination="image")
    (request,) = merge([asked], [flow(address)])
    assert request.destination == "image"
    (request,) = merge([asked], [flow(address, headers={"Sec-Fetch-Dest": "empty"})])
    assert request.destination == "empty"
    asked.params["request"].update(destination="document")
    assert [request.destination for request in (*merge([asked], [flow(address)]), *merge([], [flow(address)]))] == [
        "",
        "",
    ]


def test_a_request_without_an_answer_has_no_status() -> None:
    (wire,) = merge([], [flow(HOME, answered=False)])
    (browser,) = merge([told(HOME)], None)
    assert (wire.status, browser.status) == (None, None)


def test_a_body_is_kept_up_to_a_bound_and_need_not_be_text() -> None:
    (long,) = merge([], [flow(BEACON, method="POST", body=b"x" * 100_000)])
    (odd,) = merge([], [flow(BEACON, method="POST", body=b"\xff\xfe\x00")])
    assert len(long.body) == 65536
    assert len(odd.body) == 3


def test_an_initiator_without_a_stack_is_nobody() -> None:
    (request,) = merge([told(BEACON, initiator={"type": "parser"})], None)
    assert request.initiator == ""


def test_each_message_over_a_socket_is_told_with_its_moment_and_without_the_handshakes_cookies() -> None:
    opening = flow(HOME, headers={"cookie": "a=1", "x-mine": "2"}, set_cookies=["b=2"])
    messages = [
        WebSocketMessage(Opcode.TEXT, True, b'{"who": "me"}', 120.0),
        WebSocketMessage(Opcode.TEXT, False, b"an answer", 121.0),
        WebSocketMessage(Opcode.BINARY, True, b"\x00 a text \x00", 122.0),
    ]
    opening.websocket = WebSocketData(messages=messages)
    asked, *said = merge([], [opening])
    assert asked.headers == (("x-mine", Value("2")),)
    assert [(one.method, one.at, one.cookies, one.set_cookies) for one in said] == [
        (MESSAGE, 120.0, (), ()),
        (MESSAGE, 122.0, (), ()),
    ]
    assert [one.fields for one in said] == [(("who", Value("me")),), (("", Value(" a text ")),)]


def test_a_cookie_says_whether_its_answer_surely_counts_and_which_rule_forbids_it() -> None:
    page = told(HOME, navigation="1")
    frame = told("https://ads.example/", number="2")
    frames = {"sec-fetch-dest": "iframe", "sec-fetch-mode": "navigate"}
    seen = [
        flow(HOME, headers={"sec-fetch-dest": "document"}, set_cookies=["a=1"]),
        flow("https://ads.example/", headers=frames, set_cookies=["b=2", "c=3; SameSite=None; Secure"]),
        flow("https://ads.example/", headers={"sec-fetch-dest": "empty"}, set_cookies=["d=4"]),
    ]
    cookies = [one for request in merge([page, frame], seen, "", "chromium") for one in request.set_cookies]
    assert [(one.name, one.refused != "", one.certain) for one in cookies] == [
        ("a", False, True),
        ("b", True, True),
        ("c", False, True),
        ("d", False, False),
    ]


def test_a_script_that_may_have_gone_without_cookies_does_not_make_an_answer_count() -> None:
    same = {"sec-fetch-site": "same-origin"}
    seen = [
        flow(HOME, headers={**same, "sec-fetch-dest": "empty"}, set_cookies=["a=1"]),
        flow(HOME, headers={**same, "sec-fetch-dest": "empty", "cookie": "sid=1"}, set_cookies=["b=2"]),
        flow(HOME, headers={**same, "sec-fetch-dest": "image", "sec-fetch-mode": "cors"}, set_cookies=["c=3"]),
    ]
    told_of = [told(HOME, number=str(number)) for number in range(3)]
    cookies = [one for request in merge(told_of, seen, "", "chromium") for one in request.set_cookies]
    assert [(one.name, one.certain) for one in cookies] == [("a", False), ("b", True), ("c", True)]


def test_what_a_browser_wishes_for_its_visitor_is_kept() -> None:
    asked = flow(BEACON)
    asked.request.headers["Sec-GPC"] = "1"
    asked.request.headers["Sec-Fetch-Storage-Access"] = "none"
    (request,) = merge([], [asked])
    assert request.wishes == (("sec-gpc", "1"), ("sec-fetch-storage-access", "none"))


def test_a_request_is_read_anew_until_its_answer_has_come_whole() -> None:
    sent = flow(BEACON, headers={"cookie": "a=1", "authorization": "Basic added"})
    assert [name for name, _ in merge([], [sent])[0].headers] == ["authorization"]
    del sent.request.headers["authorization"]
    assert merge([], [sent])[0].headers == ()
    note_end(sent)
    first, again = merge([], [sent])[0], merge([], [sent])[0]
    assert first == again
    assert first.cookies is again.cookies, "what is over is read once"


def test_what_the_browser_tells_later_is_added_to_a_request_that_was_read_before() -> None:
    sent = flow(BEACON)
    note_end(sent)
    assert merge([], [sent])[0].page == ""
    (request,) = merge([told(BEACON, page=HOME, initiator=STACK)], [sent])
    assert (request.page, request.initiator) == (HOME, "https://www.shop.example/m.js:12")
