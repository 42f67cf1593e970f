"""The content of a request: address, body, socket messages, headers that a script set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from consentinel.evidence.payload import HOST, address_fields, body_of
from consentinel.evidence.records import MESSAGE, Request
from consentinel.site.hosts import covered
from consentinel.site.profile import Profile

_AGAINST_FORGERY = re.compile(
    r"csrf|xsrf|authenticity|verificationtoken|antiforgery|^_?token$|nonce|^crumb$|^form_(key|token|build_id)$",
    re.IGNORECASE,
)
"""Names of the tokens by which a site knows that a form is its own."""


def is_against_forgery(name: str) -> bool:
    """Return whether a parameter or an item is called like a token by which a site knows that a form is its own."""
    return bool(_AGAINST_FORGERY.search(name))


def is_own(host: str, profile: Profile) -> bool:
    """Return whether a host is one of the site's."""
    return covered(profile.site.hosts, host)


def parameters(request: Request, profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what a request says of the visitor, by name: its address, its body, its own headers.

    To the site itself, a token against forgery is no identifier of the visitor's, and a header is no address. The
    address of a socket was told when it was opened, and by none of its messages again.
    """
    if request.method != MESSAGE:
        yield HOST, request.host
        yield from address_fields(request.url)
    to_site = is_own(request.host, profile)
    for name, value in body_of(request):
        if not (to_site and is_against_forgery(name)):
            yield name or "its body", value
    if not to_site:
        yield from ((name, value.text) for name, value in request.headers)


def spoken(request: Request) -> Iterator[str]:
    """Yield what was put into a request, as texts.

    What the browser adds by itself, cookies and referrer, is none of it.
    """
    yield request.url
    yield unquote(request.url)
    yield from (value for _, value in address_fields(request.url))
    yield request.body.text
    yield from (value for _, value in body_of(request))
    yield from (value.text for _, value in request.headers)


def carried(request: Request) -> Iterator[str]:
    """Return everything that a request carries to its receiver, as texts."""
    yield from spoken(request)
    yield request.referer
    yield from (value.text for _, value in request.cookies)
