"""The categories of the policy, and their tables in a profile."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from consentinel.evidence.guarded import ascii_host


class Table(BaseModel):
    """A table of a profile: unknown keys are refused, and nothing changes it once it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Category(StrEnum):
    """The categories of the policy."""

    FUNCTIONALITY = "functionality"
    ANALYTICS = "analytics"
    SOCIAL = "social"
    ADVERTISING = "advertising"


REFUSABLE = (Category.ANALYTICS, Category.SOCIAL, Category.ADVERTISING)

_NAMED = re.compile(rf"\b({'|'.join(REFUSABLE)})\b")


def categories_named(sentence: str) -> tuple[Category, ...]:
    """The refusable categories that a sentence of the features names, in the policy's order."""
    named = _NAMED.findall(sentence)
    return tuple(category for category in REFUSABLE if category in named)


Pattern = Annotated[str, Field(min_length=1, description="a name; * stands for any run of characters")]


def _ascii_pattern(pattern: object) -> object:
    """A host pattern as hosts are compared: a name as it is sent, an IPv6 address without its brackets."""
    if not isinstance(pattern, str):
        return pattern
    star = "*." if pattern.startswith("*.") else ""
    return star + ascii_host(pattern.removeprefix("*.").strip("[]" if ":" in pattern else ""))


HostPattern = Annotated[
    str,
    BeforeValidator(_ascii_pattern),
    Field(
        pattern=r"^(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$|^[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*$",
        description="a host name; a leading *. also covers its sub-domains. Whole labels only: "
        "bing.com never matches shopbing.com",
    ),
]

Expected = Literal["stored", "sent", "errors"]


class CategoryTable(Table):
    """One category: how the site calls it, and all that belongs to it."""

    label: str = Field(description="what the consent dialog calls this category")
    refusable: bool = Field(True, description="whether the visitor can refuse it; functionality cannot be refused")
    key: str = Field("", description="the consent manager's own name for it, where it differs from the category's")
    cookies: tuple[Pattern, ...] = Field(
        (), description="cookies of this category, on the site's own hosts, its partners' and the category's"
    )
    local_storage: tuple[Pattern, ...] = Field((), description="local storage keys of this category")
    session_storage: tuple[Pattern, ...] = Field((), description="session storage keys of this category")
    indexed_db: tuple[Pattern, ...] = Field((), description="IndexedDB databases of this category")
    caches: tuple[Pattern, ...] = Field((), description="Cache Storage caches of this category")
    service_workers: tuple[Pattern, ...] = Field((), description="paths of service worker scopes of this category")
    hosts: tuple[HostPattern, ...] = Field((), description="third-party hosts of this category")
    requests: tuple[Pattern, ...] = Field(
        (), description="addresses on the site's own hosts that serve this category, as host/path patterns"
    )
    expected: tuple[Expected, ...] = Field(
        (),
        description="what must be seen once the category is allowed: `stored` (an item of it), `sent` (a request to "
        "its service, which counts page views and campaigns too), `errors` (a request that counts an error page). "
        "What is expected and missing is a finding; otherwise a category of which nothing was seen was not judged",
    )
    cookieless_pings: bool = Field(
        False,
        description="whether the policy announces that the category's service hears from visitors who have not allowed "
        "it, as long as nothing recognises them: a request with a cookie or a lasting identifier is still a finding",
    )

    @property
    def declares_items(self) -> bool:
        """Whether the profile names anything that this category stores."""
        kinds = (self.cookies, self.local_storage, self.session_storage, self.indexed_db, self.caches)
        return any((*kinds, self.service_workers))

    @property
    def declares_services(self) -> bool:
        """Whether the profile names any service of this category."""
        return bool(self.hosts or self.requests)
