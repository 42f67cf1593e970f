"""A shop that breaks one promise, and what such shops share."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.shop import Shop

IDENTIFIER = "[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16)).join('')"

URL = "http://count.localhost:[[port]]"


class Breach(Shop):
    """A shop with one fault. `broken`: words of one finding; `seen_in`: the scenarios that must see it."""

    broken: ClassVar[str] = "count.localhost"
    seen_in: ClassVar[str] = "every_page"
