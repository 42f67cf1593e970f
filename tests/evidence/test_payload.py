"""What a request's body, headers and address say, in whatever form."""

from __future__ import annotations

import base64
import gzip
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mitmproxy import http
from mitmproxy.net import encoding

from consentinel.evidence.payload import (
    DEEPEST,
    LARGEST,
    address_fields,
    body_fields,
    body_of,
    message_fields,
    own_headers,
)
from consentinel.evidence.records import Request, Source, Value

SESSION = "7c9e6679f3a14b02"
TOLD = {"event": "pageview", "who": {"session": SESSION}, "seen": [1795732859101, None, True]}
FIELDS = (("event", "pageview"), ("who.session", SESSION), ("seen", "1795732859101"))
PACKED = json.dumps(TOLD).encode()


def asked(content: bytes, kind: str = "", **headers: str) -> http.Request:
    made = http.Request.make("POST", "https://cdn.example/e", b"", {})
    for name, value in {**headers, **({"content_type": kind} if kind else {})}.items():
        made.headers[name.replace("_", "-")] = value
    made.raw_content = content
    return made


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(asked(PACKED, "application/json"), id="JSON"),
        pytest.param(asked(PACKED, "text/plain;charset=UTF-8"), id="JSON as text"),
        pytest.param(asked(PACKED), id="JSON as nothing"),
        pytest.param(asked(gzip.compress(PACKED)), id="gzip that no header names"),
        pytest.param(asked(gzip.compress(PACKED), content_encoding="gzip"), id="gzip"),
        pytest.param(asked(zlib.compress(PACKED), content_encoding="deflate"), id="deflate"),
        pytest.param(asked(zlib.compress(PACKED)[2:-4], content_encoding="deflate"), id="deflate without its frame"),
        pytest.param(asked(encoding.encode(PACKED, "br"), content_encoding="br"), id="Brotli"),
        pytest.param(asked(encoding.encode(PACKED, "zstd"), content_encoding="zstd"), id="Zstandard"),
        pytest.param(asked(base64.b64encode(PACKED)), id="base64"),
        pytest.param(asked(base64.b64encode(gzip.compress(PACKED))), id="gzip in base64"),
    ],
)
def test_json_is_read_in_every_packing(request_: http.Request) -> None:
    assert body_fields(request_) == FIELDS


def test_forms_are_read_and_what_is_packed_into_their_values() -> None:
    form = f"uid={SESSION}&empty=&data=".encode() + base64.b64encode(PACKED)
    found = body_fields(asked(form, "application/x-www-form-urlencoded"))
    assert found == (("uid", SESSION), *((f"data.{name}", value) for name, value in FIELDS))
    lines = body_fields(asked(f"en=view&ep.uid={SESSION}\nen=scroll".encode(), "text/plain"))
    assert lines == (("en", "view"), ("ep.uid", SESSION), ("en", "scroll"))


BOUNDARY = "----WebKitFormBoundary8fJ2kLmN0pQ4rS6t"


def multipart(*parts: tuple[str, str, bytes]) -> bytes:
    body = b""
    for name, kind, value in parts:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{kind}\r\n\r\n'
        body += head.encode() + value + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


@pytest.mark.parametrize("kind", [f"multipart/form-data; boundary={BOUNDARY}", ""])
def test_a_multipart_body_says_its_fields_and_not_its_boundary(kind: str) -> None:
    body = multipart(
        ("choice", "", b"no"),
        ("blob", '; filename="b"\r\nContent-Type: application/json', PACKED),
        ("id", "", b"a\r\nb"),
    )
    found = body_fields(asked(body, kind))
    assert found == (("choice", "no"), *((f"blob.{name}", value) for name, value in FIELDS), ("id", "a"), ("id", "b"))
    assert all("Boundary" not in name + value for name, value in found)


def test_texts_in_binary_bodies_and_messages_are_read() -> None:
    binary = b"\x0a\x10" + SESSION.encode() + b"\x12\x04\xff\xfe\x00\x01"
    assert SESSION in [value for _, value in body_fields(asked(binary, "application/x-protobuf"))]
    assert SESSION in [value for _, value in message_fields(binary)]
    assert message_fields(PACKED) == FIELDS


def test_headers_of_a_scripts_own_are_told_apart_from_the_browsers() -> None:
    sent = asked(b"", "text/plain", x_visitor=SESSION, sec_fetch_site="cross-site", accept="*/*", if_none_match='"1"')
    assert own_headers(sent) == (("x-visitor", SESSION),)
    socket = asked(b"", "", sec_websocket_protocol=f"v2.{SESSION}", sec_websocket_key="dGhlIHNhbXBsZSBub25jZQ==")
    assert own_headers(socket) == (("sec-websocket-protocol", f"v2.{SESSION}"),)


def test_an_address_says_its_query_its_path_and_the_paths_parameters() -> None:
    found = address_fields(f"https://cdn.example/a%20b/{SESSION};v=1/e?uid=2")
    assert found == [("uid", "2"), ("its path", "a b"), ("v", "1"), ("its path", SESSION), ("its path", "e")]
    assert address_fields("http://[oops]/?a=1") == [("a", "1")]


def test_a_record_whose_fields_nobody_has_read_says_what_its_text_does() -> None:
    plain = Request(1.0, "https://cdn.example/", "POST", Source.BROWSER, body=Value("a=1&b=2"))
    assert body_of(plain) == (("a", "1"), ("b", "2"))


@given(st.binary(max_size=400), st.text(max_size=60), st.sampled_from(["", "gzip", "br", "zstd", "deflate, gzip", "x"]))
def test_no_hostile_body_raises(content: bytes, kind: str, coding: str) -> None:
    for beginning in (b"", b"\x1f\x8b", b"--b\r\ncontent-disposition: x\r\n", b"{", b"a="):
        clean = kind.encode("ascii", "replace").decode().replace("\n", " ").replace("\r", " ")
        sent = asked(beginning + content, clean, content_encoding=coding)
        body_fields(sent)
        message_fields(beginning + content)


@given(st.text(max_size=80))
def test_no_hostile_address_raises(text: str) -> None:
    address_fields(f"http://{text}")


def test_what_is_packed_deep_or_inflates_without_end_is_left_alone() -> None:
    deep = b"[" * 100_000
    assert body_fields(asked(deep)) != ()
    bomb = gzip.compress(b"a" * 50_000_000)
    assert sum(len(value) for _, value in body_fields(asked(bomb))) <= LARGEST
    packed = PACKED
    for _ in range(DEEPEST + 2):
        packed = base64.b64encode(gzip.compress(packed))
    assert len(body_fields(asked(packed))) == 1
