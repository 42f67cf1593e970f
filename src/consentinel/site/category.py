"""The categories of a policy, any number under any name, and what a profile says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, model_validator
from pydantic_core import core_schema

from consentinel.evidence.guarded import ascii_host


class Table(BaseModel):
    """A table of a profile: unknown keys are refused, and nothing changes it once it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_STANDARD = ("functionality", "analytics", "social", "advertising")

KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""What a category's key looks like: lower-case letters, digits, hyphens and underscores."""

LIKENESS = 0.76
"""From this likeness on, a key that is no standard one is taken for a misspelt one."""


class _Standard(type):
    """Iterating over `Category` gives the standard categories."""

    def __iter__(cls) -> Iterator[Category]:
        return iter(Category(key) for key in _STANDARD)


class Category(str, metaclass=_Standard):
    """A category of the policy, by its key: one of the four standard ones, or any other of a site's own.

    There is one object for each key, so that `is` compares two categories. Raises ValueError for what is no key.
    """

    __slots__ = ()

    FUNCTIONALITY: ClassVar[Category]
    ANALYTICS: ClassVar[Category]
    SOCIAL: ClassVar[Category]
    ADVERTISING: ClassVar[Category]
    _made: ClassVar[dict[str, Category]] = {}

    def __new__(cls, key: str) -> Category:
        """Return the one category of this key."""
        found = cls._made.get(key)
        if found is None:
            if not KEY.fullmatch(key):
                raise ValueError(f"{key!r} is no key of a category")
            found = cls._made[key] = super().__new__(cls, key)
        return found

    @property
    def value(self) -> str:
        """The key."""
        return str(self)

    def __str__(self) -> str:
        """Return the key as a plain text."""
        return str.__str__(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Return a text that becomes a category, unless it is a misspelt standard one."""
        return core_schema.no_info_after_validator_function(_spelt, core_schema.str_schema())


def _spelt(key: str) -> Category:
    for known in _STANDARD:
        likeness = SequenceMatcher(None, key, known).ratio()
        if key != known and not known.startswith(key) and likeness >= LIKENESS:
            raise ValueError("no such category")
    return Category(key)


Category.FUNCTIONALITY, Category.ANALYTICS, Category.SOCIAL, Category.ADVERTISING = Category

REFUSABLE = (Category.ANALYTICS, Category.SOCIAL, Category.ADVERTISING)


def categories_named(sentence: str, own: Iterable[str] = ()) -> tuple[Category, ...]:
    """Return the refusable categories that a sentence of the features names, in the policy's order.

    They are the standard ones, and `own`: the further categories of a site.
    """
    known = tuple(dict.fromkeys((*REFUSABLE, *(Category(one) for one in own))))
    named = set(_naming(known).findall(sentence))
    return tuple(category for category in known if category in named)


@cache
def _naming(keys: tuple[Category, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({'|'.join(sorted(keys, key=len, reverse=True))})(?![\w-])")


Pattern = Annotated[str, Field(min_length=1, description="a name; * stands for any run of characters")]

ItemPattern = Annotated[
    str, Field(description='a name; * stands for any run of characters, "" for an item that has no name')
]


def _ascii_pattern(pattern: object) -> object:
    """Return a host pattern as hosts are compared: a name as it is sent, an IPv6 address without its brackets."""
    if not isinstance(pattern, str):
        return pattern
    star = "*." if pattern.startswith("*.") else ""
    host = pattern.removeprefix("*.").removesuffix(".")
    return star + ascii_host(host.strip("[]" if ":" in pattern else ""))


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
    """One category: what the site calls it, and all that belongs to it."""

    label: str = Field(description="what the consent dialog calls this category")
    refusable: bool = Field(True, description="whether the visitor can refuse it; functionality cannot be refused")
    model: Literal["opt-in", "opt-out", "always"] = Field(
        "opt-in",
        description="`opt-in`: it waits for consent. `opt-out`: it is at work until the visitor objects to it. "
        "`always`: it is always on, beside functionality; then refusable = false",
    )
    key: str = Field("", description="the consent manager's own name for it, where it differs from the category's")
    cookies: tuple[ItemPattern, ...] = Field(
        (),
        description="cookies of this category, on the site's own hosts, its partners' and the category's",
    )
    local_storage: tuple[ItemPattern, ...] = Field((), description="local storage keys of this category")
    session_storage: tuple[ItemPattern, ...] = Field((), description="session storage keys of this category")
    indexed_db: tuple[Pattern, ...] = Field((), description="IndexedDB databases of this category")
    caches: tuple[Pattern, ...] = Field((), description="Cache Storage caches of this category")
    service_workers: tuple[Pattern, ...] = Field((), description="paths of service worker scopes of this category")
    files: tuple[Pattern, ...] = Field(
        (),
        description="files of this category in the browser's own file system (OPFS), with their folders: `drafts/*`",
    )
    hosts: tuple[HostPattern, ...] = Field((), description="third-party hosts of this category")
    requests: tuple[Pattern, ...] = Field(
        (),
        description="addresses on the site's own hosts that serve this category, as host/path patterns; one that "
        "begins with a slash begins at the root. A query may follow; only a pattern with `?`, `=` or `&` looks into it",
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

    @model_validator(mode="after")
    def _model_goes_with_refusing(self) -> CategoryTable:
        if self.model == "always" and self.refusable:
            raise ValueError('model = "always" needs refusable = false')
        if self.model == "opt-out" and not self.refusable:
            raise ValueError('model = "opt-out" can be objected to: leave refusable = false out')
        return self

    @property
    def declares_items(self) -> bool:
        """Whether the profile names anything that this category stores."""
        kinds = (self.cookies, self.local_storage, self.session_storage, self.indexed_db, self.caches)
        return any((*kinds, self.service_workers, self.files))

    @property
    def declares_services(self) -> bool:
        """Whether the profile names any service of this category."""
        return bool(self.hosts or self.requests)
