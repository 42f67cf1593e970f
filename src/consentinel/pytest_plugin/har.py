"""Writes a visitor's traffic as HAR 1.2, without secrets, and without values unless `--show-values` is given."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from mitmproxy import http

from consentinel.evidence.addresses import HIDDEN, with_values_hidden
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.mitmproxy_addons import savehar
from consentinel.evidence.proxy import Tap
from consentinel.evidence.secrets import WITHHELD, Secrets

ALWAYS_HIDDEN = frozenset({"authorization", "proxy-authorization"})
VALUE_HEADERS = frozenset({"cookie", "set-cookie", "etag", "if-none-match", "last-modified", "if-modified-since"})
ADDRESS_HEADERS = frozenset({"referer", "location", "content-location", "refresh", "link"})
SAFE_HEADERS = "access-control-"
"""The prefix of CORS headers. They list names of other headers, so their own names can look like secrets."""


def traffic(tap: Tap, secrets: Secrets, show_values: bool) -> dict[str, Any]:
    """Return all exchanges that have a response as the HAR that mitmproxy makes."""
    flows = [flow for flow in tap.flows if flow.response is not None]
    har = _har(flows)
    redact = _keep_values(secrets) if show_values else _hide_values
    for entry, flow in zip(har["log"]["entries"], flows, strict=True):
        entry["request"]["url"] = url_of(flow.request)
        if flow.response is not None and flow.response.is_http2:
            _take_out_chunks(entry["response"])
        for message in (entry["request"], entry["response"]):
            _hide_secret_headers(message, secrets)
            redact(message)
        if show_values:
            _unpack_sockets(entry, secrets)
        else:
            entry.pop("_webSocketMessages", None)
    return har


def _har(flows: list[http.HTTPFlow]) -> dict[str, Any]:
    try:
        return savehar.SaveHar().make_har(flows)
    except ValueError:  # a Content-Encoding header names an unknown encoding
        return savehar.SaveHar().make_har([_without_bad_encoding(flow) for flow in flows])


def _without_bad_encoding(flow: http.HTTPFlow) -> http.HTTPFlow:
    """Return a copy of the flow in which a body that cannot be decoded counts as not encoded."""
    copy: http.HTTPFlow = flow.copy()
    _keep_packed(copy.request)
    if copy.response is not None:
        _keep_packed(copy.response)
    return copy


def _keep_packed(message: http.Message) -> None:
    try:
        message.get_content(strict=True)
    except ValueError:
        del message.headers["content-encoding"]


def _take_out_chunks(answer: dict[str, Any]) -> None:
    """Take out what the proxy added to pass an answer by HTTP/2 on: that has no such header (RFC 9113, 8.2.2)."""
    answer["headers"] = [header for header in answer["headers"] if header["name"].lower() != "transfer-encoding"]


def _hide_secret_headers(message: dict[str, Any], secrets: Secrets) -> None:
    for header in message.get("headers", ()):
        name = header["name"].lower()
        if name in ALWAYS_HIDDEN or (secrets.is_secret(header["name"]) and not name.startswith(SAFE_HEADERS)):
            header["value"] = WITHHELD


def _hide_values(message: dict[str, Any]) -> None:
    for header in message.get("headers", ()):
        if header["name"].lower() in VALUE_HEADERS:
            header["value"] = HIDDEN
        elif header["name"].lower() in ADDRESS_HEADERS:
            header["value"] = with_values_hidden(header["value"])
    for address in ("url", "redirectURL"):
        if message.get(address):
            message[address] = with_values_hidden(message[address])
    for named in (*message.get("cookies", ()), *message.get("queryString", ())):
        named["value"] = HIDDEN
    if "postData" in message:
        message["postData"] = {"mimeType": message["postData"].get("mimeType", ""), "text": HIDDEN, "params": []}
    if "content" in message:
        message["content"] = {key: message["content"].get(key) for key in ("size", "compression", "mimeType")}


def _keep_values(secrets: Secrets) -> Callable[[dict[str, Any]], None]:
    def keep(message: dict[str, Any]) -> None:
        for header in message.get("headers", ()):
            header["value"] = _header(header["name"].lower(), header["value"], secrets)
        for address in ("url", "redirectURL"):
            if message.get(address):
                message[address] = secrets.names_obeyed(message[address])
        for cookie in message.get("cookies", ()):
            if secrets.is_secret_cookie(cookie["name"]):
                cookie["value"] = WITHHELD
        posted = message.get("postData", {})
        for named in (*message.get("queryString", ()), *posted.get("params", ())):
            if secrets.is_secret(named["name"]):
                named["value"] = WITHHELD
        for body in (posted, message.get("content", {})):
            _keep_body(body, secrets)

    return keep


def _header(name: str, value: str, secrets: Secrets) -> str:
    if name == "cookie":
        return "; ".join(_cookie(pair.strip(), secrets) for pair in value.split(";"))
    if name == "set-cookie":
        pair, semicolon, attributes = value.partition(";")
        http_only = any(attribute.strip().lower() == "httponly" for attribute in attributes.split(";"))
        return f"{_cookie(pair, secrets, http_only)}{semicolon}{attributes}"
    return secrets.names_obeyed(value) if name in ADDRESS_HEADERS else value


def _cookie(pair: str, secrets: Secrets, http_only: bool = False) -> str:
    name, equals, value = pair.partition("=")
    secret = http_only or secrets.is_secret_cookie(name.strip())
    return f"{name}={WITHHELD}" if equals and value and secret else pair


def _keep_body(body: dict[str, Any], secrets: Secrets) -> None:
    """Hide the secrets in a body. A base64 body that contains a secret is left out as a whole."""
    if body.get("encoding") == "base64":
        body["text"] = _unpacked(body["text"], secrets)
    elif body.get("text"):
        body["text"] = secrets.names_obeyed(body["text"])


def _unpack_sockets(entry: dict[str, Any], secrets: Secrets) -> None:
    for message in entry.get("_webSocketMessages", ()):
        text = _unpacked(message["data"], secrets) if message["opcode"] == 2 else message["data"]
        message["data"] = secrets.names_obeyed(text)


def _unpacked(text: str, secrets: Secrets) -> str:
    try:
        plain = base64.b64decode(text, validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return text
    return WITHHELD if secrets.hides(plain) or secrets.names_obeyed(plain) != plain else text
