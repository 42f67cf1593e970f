"""Describes how requests leave this machine: through an upstream proxy, to given addresses, with a client certificate.

The recording proxy and every request without a browser use the same route.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urlsplit
from urllib.request import getproxies

from requests.utils import select_proxy, should_bypass_proxies

from consentinel.evidence.access import OPEN, Access
from consentinel.evidence.guarded import ascii_host, host_of, parts_of, port_of
from consentinel.evidence.manners import UNLIMITED, Manners
from consentinel.evidence.route_words import PASSWORD, USER

SCHEMES = {"http": 3128, "https": 443}
"""The kinds of upstream proxy, each with the port that it has unless the address names one."""


PORTS = {"http": 80, "https": 443}
"""The ports of addresses that name none."""

LOOPBACK = "127.0.0.1"


class RouteError(ValueError):
    """An option or a variable that describes the route cannot be used. The message is one line."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """An upstream proxy. `scheme` is that of the connection to it. Neither `repr` nor `str` shows the password."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address with user and password, as `requests` reads it."""
        account = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.user else ""
        return f"{self.scheme}://{account}{self}"

    def refused(self) -> str:
        """Return the line for an answer 407."""
        if self.user:
            return f"the upstream proxy {self} does not accept the user and password; check {USER} and {PASSWORD}"
        return f"the upstream proxy {self} asks for a user and password; set {USER} and {PASSWORD}"

    def down(self, reason: str) -> str:
        """Return the line for a proxy that does not answer."""
        return f"the upstream proxy {self} does not answer ({reason}); check --upstream or HTTPS_PROXY"

    def tunnel_refused(self, host: str, status: str) -> str:
        """Return the line for a host that the proxy does not lead to. `status` is what it answered: `403 Forbidden`."""
        if status.startswith(str(HTTPStatus.PROXY_AUTHENTICATION_REQUIRED.value)):
            return self.refused()
        return f"the upstream proxy {self} did not connect to {host} ({status})"


@dataclass(frozen=True, slots=True)
class Route:
    """The way of each request. An empty route is the direct way.

    `proxies` are addresses by scheme, as `requests` reads them; `no_proxy` lists the hosts that are reached directly.
    `resolved` gives the address of a host and port; the host `*` stands for every host. `access` is what the site asks
    for before it answers, `manners` are how gently it is treated.
    """

    proxies: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    no_proxy: str = ""
    resolved: tuple[tuple[tuple[str, int], str], ...] = ()
    client_certificate: Path | None = None
    access: Access = OPEN
    manners: Manners = UNLIMITED

    @property
    def is_direct(self) -> bool:
        """Whether no request goes through an upstream proxy."""
        return not self.proxies

    def upstream(self, url: str) -> Upstream | None:
        """Return the upstream proxy for an address. None for loopback and for what is reached directly."""
        parts = parts_of(url)
        return _upstream_for(self, f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}") if self.proxies else None

    def address(self, host: str, port: int) -> str | None:
        """Return the address to connect to for a host, or None where the resolver decides.

        Names under localhost are this machine: browsers know it and resolvers often do not (RFC 6761, section 6.3).
        """
        named, name = dict(self.resolved), ascii_host(host.lower().rstrip("."))
        here = LOOPBACK if name.endswith(".localhost") else None
        return named.get((name, port)) or named.get(("*", port)) or here


DIRECT = Route()


def route(
    upstream: str | None = None,
    resolve: Sequence[str] = (),
    client_certificate: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Route:
    """Read the options and the environment. Raises RouteError.

    Without `--upstream`, the proxies are those of HTTP_PROXY, HTTPS_PROXY and ALL_PROXY. NO_PROXY holds for both.
    """
    environ = os.environ if environ is None else environ
    proxies = dict.fromkeys(("http", "https"), _with_account(upstream, environ)) if upstream else _proxies(environ)
    certificate = Path(client_certificate).absolute() if client_certificate else None
    if certificate:
        _check_certificate(certificate)
    return Route(
        tuple(proxies.items()),
        environ.get("no_proxy") or environ.get("NO_PROXY", ""),
        tuple(_resolution(one) for one in resolve),
        certificate,
    )


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine. As in browsers, no proxy is asked for it (RFC 6761, section 6.3)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _with_account(upstream: str, environ: Mapping[str, str]) -> str:
    parsed = _parsed(upstream, f"--upstream {_shown(upstream)}")
    if parsed.user:
        raise RouteError(
            f"--upstream {_shown(upstream)}: a command line is no place for a password; set {USER} and {PASSWORD}"
        )
    return _completed(parsed, environ).url


def _proxies(environ: Mapping[str, str]) -> dict[str, str]:
    found = getproxies() if environ is os.environ else _of_variables(environ)
    proxies = {}
    for scheme in ("http", "https", "all"):
        if found.get(scheme):
            name = f"{scheme.upper()}_PROXY"
            parsed = _parsed(found[scheme], f"{name}={_shown(found[scheme])}")
            proxies[scheme] = _completed(parsed, environ).url
    return proxies


def _of_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what `urllib` reads: a name in small letters counts more than one in capitals."""
    ordered = sorted(environ.items(), key=lambda entry: entry[0].islower())
    return {name.lower().removesuffix("_proxy"): value for name, value in ordered if name.lower().endswith("_proxy")}


def _completed(upstream: Upstream, environ: Mapping[str, str]) -> Upstream:
    if upstream.user or not environ.get(USER):
        return upstream
    return Upstream(upstream.scheme, upstream.host, upstream.port, environ[USER], environ.get(PASSWORD, ""))


def _parsed(address: str, where: str) -> Upstream:
    none = f"{where}: this is no address of a proxy; write it as in http://proxy.example:3128"
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port
    except ValueError as error:
        raise RouteError(none) from error
    scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
    if parts.scheme != scheme:
        raise RouteError(f"{where}: only http and https proxies are supported, as in http://proxy.example:3128")
    if not parts.hostname:
        raise RouteError(none)
    port = port or SCHEMES[scheme]
    return Upstream(
        scheme, ascii_host(parts.hostname), port, unquote(parts.username or ""), unquote(parts.password or "")
    )


def _shown(address: str) -> str:
    """Return the address of a proxy without its account."""
    before, at, after = address.rpartition("@")
    scheme = before.partition("://")[0] + "://" if "://" in before else ""
    return f"{scheme}{after}" if at else address


def _resolution(text: str) -> tuple[tuple[str, int], str]:
    """Return one `HOST:PORT:ADDRESS`. Host and address may be IPv6 addresses in brackets; the host may be `*`."""
    host, port, address = _three(text)
    try:
        ipaddress.ip_address(address)
    except ValueError as error:
        raise RouteError(f'--resolve {text}: "{address}" is no IP address; {_RESOLVE_FORM}') from error
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise RouteError(f'--resolve {text}: "{port}" is no port; {_RESOLVE_FORM}')
    return (ascii_host(host.lower()), int(port)), address


_RESOLVE_FORM = "write --resolve HOST:PORT:ADDRESS, as in shop.example:443:192.0.2.7"


def _three(text: str) -> tuple[str, str, str]:
    if text.startswith("["):
        host, _, rest = text[1:].partition("]:")
    else:
        host, _, rest = text.partition(":")
    port, _, address = rest.partition(":")
    if not host or not port or not address:
        raise RouteError(f"--resolve {text}: {_RESOLVE_FORM}")
    return host, port, address.strip("[]")


def _check_certificate(file: Path) -> None:
    try:
        ssl.create_default_context().load_cert_chain(file, password=lambda: "")
    except FileNotFoundError as error:
        raise RouteError(f"--client-cert {file}: no such file; {_CERTIFICATE_FORM}") from error
    except (OSError, ValueError) as error:
        raise RouteError(f"--client-cert {file}: it cannot be used ({_said(error)}); {_CERTIFICATE_FORM}") from error


_CERTIFICATE_FORM = "give one PEM file with a certificate and its key, without a passphrase"


def _said(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "it does not hold both"
    return getattr(error, "strerror", None) or str(error)


@cache
def _upstream_for(route: Route, url: str) -> Upstream | None:
    host, port = host_of(url), port_of(url) or PORTS.get(parts_of(url).scheme, 0)
    if is_loopback(host) or route.address(host, port) or should_bypass_proxies(url, route.no_proxy or None):
        return None
    found = select_proxy(url, dict(route.proxies))
    return _parsed(found, found) if found else None
