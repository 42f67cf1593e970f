"""Recognises what services for statistics and for advertising are told by its shape, whoever takes it.

A site may take it itself and pass it on, under any path. The names and the values together tell: a shop may well call a
view, a type and a category `v`, `tid` and `cid`. Statistics that keep nothing and run on the site's own server, such as
Plausible's, are not told apart from the site's own affairs.

Sources: the Measurement Protocol of Google Analytics; "Tracking HTTP API" (developer.matomo.org); "Meta Pixel",
"Reference" (developers.facebook.com); "Conversion Tracking with the UET API" (learn.microsoft.com); "Pinterest tag"
(help.pinterest.com); "Insight Tag" (LinkedIn); what the tags of TikTok, Snap and LinkedIn send.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from consentinel.evidence.payload import body_of, query_of
from consentinel.evidence.records import Request
from consentinel.evidence.signals import Purpose
from consentinel.verdicts.decodings import read_base64
from consentinel.verdicts.identifiers import is_identifier

_CLIENT = re.compile(r"\d+\.\d+")
"""The usual number of a client of Google's, without the prefix that a cookie has; scripts may make up others."""

_SHORTEST_PACKED = 24
"""Characters below which no value holds a packed hit."""

_PAGE = r"https?://.+"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

_Shape = Mapping[str, re.Pattern[str]]


def _shape(**patterns: str) -> _Shape:
    return {name.replace("__", "."): re.compile(pattern, re.ASCII | re.DOTALL) for name, pattern in patterns.items()}


_GOOGLE = _shape(v="[12]", tid=r"[A-Z][A-Z\d]*(?:-[A-Z\d]+)*", cid=".+")
"""A version, a property, such as `G-AB12CD34EF` or `UA-1234-1`, and a client."""

_SHAPES: tuple[tuple[Purpose, _Shape], ...] = (
    (Purpose.ANALYTICS_STORAGE, _shape(idsite=r"\d{1,7}", rec="1", url=_PAGE)),  # Matomo
    (
        Purpose.AD_STORAGE,  # Meta: the pixel, one of the most usual events, the page
        _shape(
            id=r"\d{14,17}",
            ev="PageView|ViewContent|Search|AddToCart|InitiateCheckout|Purchase|Lead|Contact|Subscribe",
            dl=_PAGE,
        ),
    ),
    (Purpose.AD_STORAGE, _shape(ti=r"\d{5,10}", Ver="2", mid=_UUID, evt="pageLoad|pageHide|custom")),  # Microsoft
    (Purpose.AD_STORAGE, _shape(context__pixel__code=r"[A-Z\d]{20}", context__page__url=_PAGE, event=".+")),  # TikTok
    (Purpose.AD_STORAGE, _shape(tid=r"\d{13}", event="[a-z]+", ad=r"\{.*\}")),  # Pinterest
    (Purpose.AD_STORAGE, _shape(pid=r"\d{4,9}", fmt="js|gif", v="2", url=_PAGE)),  # LinkedIn
    (Purpose.AD_STORAGE, _shape(pid=_UUID, ev="[A-Z]+(?:_[A-Z]+)+", pl=_PAGE)),  # Snap
)


def purpose_of_hit(request: Request) -> Purpose | None:
    """Return what a service wants to know a visit for, None where a request is in none of the known shapes."""
    said = _said(request)
    if _asks_google_to_count(said):
        return Purpose.ANALYTICS_STORAGE
    return next((purpose for purpose, shape in _SHAPES if _has(said, shape)), None)


def asks_to_count(request: Request) -> bool:
    """Return whether it is a hit of Google Analytics, whoever takes it."""
    return _asks_google_to_count(_said(request))


def _asks_google_to_count(said: Mapping[str, str]) -> bool:
    client = said.get("cid", "")
    return _has(said, _GOOGLE) and bool(_CLIENT.fullmatch(client) or is_identifier(client))


def _has(said: Mapping[str, str], shape: _Shape) -> bool:
    return all(name in said and pattern.fullmatch(said[name]) for name, pattern in shape.items())


def _said(request: Request) -> Mapping[str, str]:
    """Return what a request says by name, also in a query that is packed into a value, as servers for tags take it."""
    said = [*query_of(request.url), *body_of(request)]
    unpacked = (read_base64(value) for _, value in said if len(value) >= _SHORTEST_PACKED)
    packed = [query_of(f"http://packed/?{text}") for text in unpacked if "&" in text]
    return dict([*(pair for pairs in packed for pair in pairs), *said])
