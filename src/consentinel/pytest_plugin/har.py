"""A visitor's traffic as HAR 1.2, without secrets, and without values unless they were asked for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from mitmproxy import http

from consentinel.evidence.addresses import HIDDEN, with_values_hidden
from consentinel.evidence.mitmproxy_addons import savehar
from consentinel.evidence.proxy import Tap
from consentinel.evidence.secrets import WITHHELD, Secrets

ALWAYS_HIDDEN = frozenset({"authorization", "proxy-authorization"})
VALUE_HEADERS = frozenset({"cookie", "set-cookie", "etag", "if-none-match"})
ADDRESS_HEADERS = frozenset({"referer", "location", "content-location", "refresh", "link"})
SAFE_HEADERS = "access-control-"
"""How headers begin that name others, and so are named like secrets without being any."""


def traffic(tap: Tap, secrets: Secrets, show_values: bool) -> dict[str, Any]:
    """All that was answered, as the HAR of mitmproxy."""
    har = _har([flow for flow in tap.flows if flow.response is not None])
    redact = _keep_values(secrets) if show_values else _hide_values
    for entry in har["log"]["entries"]:
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
    except ValueError:  # somebody names an encoding of the body that is none
        return savehar.SaveHar().make_har([_as_it_came(flow) for flow in flows])


def _as_it_came(flow: http.HTTPFlow) -> http.HTTPFlow:
    """The flow; a body that cannot be unpacked stands as it came."""
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
        marked = any(one.strip().lower() == "httponly" for one in attributes.split(";"))
        return f"{_cookie(pair, secrets, marked)}{semicolon}{attributes}"
    return secrets.names_obeyed(value) if name in ADDRESS_HEADERS else value


def _cookie(pair: str, secrets: Secrets, marked: bool = False) -> str:
    name, equals, value = pair.partition("=")
    secret = marked or secrets.is_secret_cookie(name.strip())
    return f"{name}={WITHHELD}" if equals and value and secret else pair


def _keep_body(body: dict[str, Any], secrets: Secrets) -> None:
    """A body with its secrets hidden; one in base64 is left out as a whole if it holds one."""
    if body.get("encoding") == "base64":
        body["text"] = _unpacked(body["text"], secrets)
    elif body.get("text"):
        body["text"] = secrets.names_obeyed(body["text"])


def _unpack_sockets(entry: dict[str, Any], secrets: Secrets) -> None:
    for message in entry.get("_webSocketMessages", ()):
        told = _unpacked(message["data"], secrets) if message["opcode"] == 2 else message["data"]
        message["data"] = secrets.names_obeyed(told)


def _unpacked(text: str, secrets: Secrets) -> str:
    try:
        plain = base64.b64decode(text, validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return text
    return WITHHELD if secrets.hides(plain) or secrets.names_obeyed(plain) != plain else text
