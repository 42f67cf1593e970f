"""HTTP sessions for requests without a browser. They follow the same route as the recording proxy."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import LocationParseError

from consentinel.evidence.guarded import host_of, parts_of
from consentinel.evidence.route import DIRECT, PORTS, Route, Upstream
from consentinel.evidence.trust import SHOWS, about_certificate

IN_FULL = "write it in full, as in https://www.example.com"
"""What helps where an address is none."""

NO_CONNECTION = f"no secure connection; it may ask for a client certificate ({SHOWS})"
"""A server that gives no reason may have this one: it can end the connection before it is heard."""

NO_TLS = "no secure connection; what answers speaks no TLS there, so the address may begin with http://"

PROBE_LIMIT = 5.0
"""Seconds that a server may take to say which protocol it speaks."""


class UpstreamFailure(requests.exceptions.ProxyError):
    """The upstream proxy did not answer, refused to sign in, or led nowhere. The message is one line."""


class OtherProtocol(requests.exceptions.ConnectionError):
    """The site speaks another protocol than requests without a browser do. The message is one line."""


class Spared(requests.exceptions.RequestException):
    """The site has asked to be spared this request. The message is one line."""


class FinalAnswer(HTTPResponse):
    """An answer without the interim ones before it, of which the standard library leaves out `100 Continue` alone."""

    def begin(self) -> None:
        """Read the head, and the next one after an interim answer, such as 103 (Early Hints)."""
        super().begin()
        while self.status < HTTPStatus.OK and self.status != HTTPStatus.SWITCHING_PROTOCOLS:
            for name in ("headers", "msg"):
                setattr(self, name, None)
            super().begin()


class _Connection(HTTPConnection):
    response_class = FinalAnswer


class _SecureConnection(HTTPSConnection):
    response_class = FinalAnswer


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


class RouteAdapter(HTTPAdapter):
    """Sends each request along a route, and keeps name and certificate check where the address is another."""

    def __init__(self, route: Route = DIRECT) -> None:
        self._route = route
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **keywords: Any) -> None:
        """Make the connections of this adapter."""
        super().init_poolmanager(*arguments, **keywords)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **keywords: Any) -> Any:
        """Make the connections to an upstream proxy."""
        manager = super().proxy_manager_for(proxy, **keywords)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send with the host as the address has it. `proxies` are not used. Raises UpstreamFailure and Spared."""
        url, manners = request.url or "", self._route.manners
        request = request.copy()  # a redirect to another host repeats the original, which has none of these headers
        for name, value in self._route.access.headers_for(host_of(url)).items():
            request.headers.setdefault(name, value)
        request.headers["Host"] = parts_of(url).netloc.rpartition("@")[2]
        upstream = self._route.upstream(url)
        by_scheme = dict.fromkeys(("http", "https"), upstream.url) if upstream else {}
        if refusal := manners.refusal(url):
            raise Spared(refusal, request=request)
        if seconds := manners.wait(host_of(url)):
            threading.Event().wait(seconds)
        try:
            answer = super().send(request, stream, timeout, verify, cert, by_scheme)
        except LocationParseError as error:  # a host of which `requests` itself has not seen that it is none
            raise requests.exceptions.InvalidURL(str(error), request=request) from error
        except requests.exceptions.ProxyError as error:
            raise UpstreamFailure(_line(upstream, url, error), request=request) from error
        except requests.exceptions.ConnectionError as error:
            is_mute = upstream is None and not about_certificate(str(error))
            if is_mute and (spoken := self._protocol(url)):
                raise OtherProtocol(spoken, request=request) from error
            raise
        manners.answered(url, answer.status_code, answer.headers.get("retry-after", ""))
        if upstream and answer.status_code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            answer.close()
            raise UpstreamFailure(upstream.refused(), request=request)
        return answer

    def _protocol(self, url: str) -> str:
        """Return what a secure server that did not answer speaks instead of HTTP/1.1, in words.

        It is empty unless it is HTTP/2.
        """
        parts = parts_of(url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is sent to it
        context.set_alpn_protocols(["h2"])
        try:
            with (
                socket.create_connection((self._route.address(host, port) or host, port), PROBE_LIMIT) as plain,
                context.wrap_socket(plain, server_hostname=host) as secure,
            ):
                is_h2 = parts.scheme == "https" and secure.selected_alpn_protocol() == "h2"
        except OSError:
            return ""
        return "it speaks HTTP/2 and no HTTP/1.1, by which requests without a browser go" if is_h2 else ""

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: Any = None
    ) -> Any:
        """Connect to the address that the route has for the name."""
        place, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        name = place["host"]
        port = place["port"] or PORTS.get(place["scheme"], 0)
        address = self._route.address(name, port)
        if address is None:
            return place, pool
        return {**place, "host": address}, {**pool, "server_hostname": name, "assert_hostname": name}


def why_no_answer(url: str, error: requests.RequestException) -> str:
    """Return why an address was not answered, in one line."""
    match error:
        case UpstreamFailure():
            said = f"could not be reached: {error}"
        case Spared():
            said = f"was not visited: {error}"
        case requests.exceptions.InvalidURL():
            said = "leads on to what is no address" if _is_address(url) else f"is no address; {IN_FULL}"
        case requests.TooManyRedirects():
            said = "redirects without end"
        case OtherProtocol():
            said = f"did not answer: {error}"
        case requests.exceptions.SSLError():
            plain = NO_TLS if "WRONG_VERSION_NUMBER" in str(error) else NO_CONNECTION
            said = f"did not answer: {about_certificate(str(error)) or plain}"
        case requests.Timeout():
            said = "did not answer in time"
        case requests.ConnectionError():
            said = f"did not answer: no connection ({_reason(error)})"
        case _:
            said = f"did not answer: {type(error).__name__}"
    return f"{url} {said}"


def _is_address(url: str) -> bool:
    try:
        requests.Request("GET", url).prepare()
        host_of(url).encode("idna")
    except (requests.exceptions.InvalidURL, UnicodeError):
        return False
    return True


def session(trust: Path | None, route: Route = DIRECT) -> requests.Session:
    """Return an HTTP session; `trust` is one more certificate authority as a PEM file, `route` its requests' way."""
    made = requests.Session()
    made.mount("https://", RouteAdapter(route))
    made.mount("http://", RouteAdapter(route))
    if trust is not None:
        made.verify = str(trust)
    if route.client_certificate is not None:
        made.cert = str(route.client_certificate)
    made.trust_env = False
    return made


def _line(upstream: Upstream | None, url: str, error: Exception) -> str:
    assert upstream is not None  # only an upstream proxy makes a ProxyError
    said = str(error)
    _, refused, status = said.partition("Tunnel connection failed: ")
    status = status.partition("'")[0].rstrip('")')
    if refused:
        return upstream.tunnel_refused(host_of(url), status)
    return upstream.down(_reason(error))


def _reason(error: BaseException) -> str:
    """Return what the innermost error says."""
    reason = getattr(error, "reason", None) or (error.args[0] if error.args else None)
    inner = reason if isinstance(reason, BaseException) else error.__cause__ or error.__context__
    is_last = isinstance(error, OSError) and not isinstance(error, requests.RequestException)
    if isinstance(inner, BaseException) and inner is not error and not is_last:
        return _reason(inner)
    return getattr(error, "strerror", None) or type(error).__name__
