"""Describes what a site's published policy says, as a file that a person has confirmed: one TOML file, one schema.

The schema is the documentation: `python -m consentinel.policy.document` prints each key with its meaning. Nothing here
holds the policy's own sentences: they stand as fingerprints, and the text stays where it is published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    PrivateAttr,
    model_validator,
)

from consentinel.policy.durations import Duration, duration_of
from consentinel.policy.item_names import matcher_of
from consentinel.policy.packs import packs
from consentinel.policy.promises import ID, RULE_ID
from consentinel.site.hosts import normal

Model = Literal["opt-in", "opt-out", "always"]
ItemKind = Literal[
    "any", "cookie", "local_storage", "session_storage", "indexed_db", "cache", "service_worker", "file"
]  # fmt: skip


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _promise(text: str) -> str:
    if RULE_ID.fullmatch(text):
        raise ValueError("is a rule; put it into `rules` at the top of the file, and write `silent` here")
    if not ID.fullmatch(text):
        raise ValueError("is no id of a promise; write letters and a number, such as P12 or SHOP-3")
    return text


def _rule(text: str) -> str:
    if not RULE_ID.fullmatch(text) and text not in packs():
        raise ValueError(
            f"is no pack of rules and no id of one; write a pack ({', '.join(packs())}) or an id, such as R-EASY"
        )
    return text


def _lifetime(text: str) -> str:
    if text and duration_of(text) is None:
        raise ValueError('says no duration; write it like "13 months", "1 an", "session" or "persistent"')
    return text


def _page(text: str) -> str:
    if not text.startswith("/"):
        raise ValueError("is no path of the site; write it like /basket or /articles/*")
    return text


def _host(text: object) -> object:
    return normal(text.removeprefix("*.")) if isinstance(text, str) else text


def _pattern(text: str) -> str:
    if not any(character.isalnum() for character in text) or matcher_of(text)("\0any name"):
        raise ValueError("names every item; write the part of the name that is always there, such as _ga_*")
    return text


def _digest(text: str) -> str:
    return _hexadecimal(text, 64)


def _fingerprint(text: str) -> str:
    return _hexadecimal(text, 16)


def _hexadecimal(text: str, digits: int) -> str:
    if len(text) != digits or set(text) - set("0123456789abcdef"):
        raise ValueError(f"is no digest; it has {digits} hexadecimal digits, as `consentinel policy check` prints them")
    return text


PromiseId = Annotated[str, AfterValidator(_promise)]
RuleId = Annotated[str, AfterValidator(_rule)]


class Source(_Table):
    """Where the policy is published, and what its text was when the file was made."""

    url: HttpUrl = Field(description="the address of the published policy")
    selector: str = Field("", description="where in the page the policy stands, as a CSS selector; empty for all of it")
    date: datetime.date = Field(description="the day on which the text was read, as 2026-03-31")
    sha256: Annotated[str, AfterValidator(_digest)] = Field(
        description="the digest of the normalised text, as `consentinel policy check` prints it",
    )


class Sentence(_Table):
    """One sentence of the published text, in the text's order."""

    id: str = Field(min_length=1, description="its name in this file, such as S14")
    fingerprint: Annotated[str, AfterValidator(_fingerprint)] = Field(
        description="the digest of the normalised sentence, 16 hexadecimal digits"
    )
    promises: tuple[PromiseId, ...] = Field((), description="the promises that it makes, by id")
    silent: str = Field("", description="why it promises nothing")
    untested: str = Field(
        "",
        description="what it promises that no id stands for, such as `that a withdrawal deletes cookies`, alone or "
        "beside `promises`; nothing tests it, and the report counts the sentence among the untested ones",
    )
    confirmed: bool = Field(False, description="whether a person has confirmed this reading")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Sentence:
        if bool(self.promises or self.untested) == bool(self.silent):
            raise ValueError(
                f"{self.id}: give either `promises`, or `silent` with the reason why it makes none, or `untested` with "
                "what it promises that no id stands for"
            )
        return self


class CategoryParameters(_Table):
    """One category of the policy, under any key; the keys of the profile's categories connect the two."""

    name: str = Field(description="what the policy calls it")
    label: str = Field("", description="what the consent dialog calls it, where that differs")
    model: Model = Field("opt-in", description="whether it waits for consent, can be objected to, or is always on")
    services: tuple[str, ...] = Field((), description="the services that the policy names for it")
    renew_months: float | None = Field(None, gt=0, description="after how many months consent to it is asked for again")
    choice_months: float | None = Field(None, gt=0, description="for how many months a choice about it is kept")
    max_days: float | None = Field(None, gt=0, description="the longest time for which an item of it is kept, in days")
    cookieless_pings: bool = Field(
        False,
        description="whether the policy announces that its service hears from visitors who have not "
        "allowed it, as long as nothing recognises them; once confirmed, it counts as the profile's key of this name",
    )
    account_wide: bool = Field(False, description="whether a choice about it holds for the visitor's account")
    confirmed: bool = Field(False, description="whether a person has confirmed these values")


class Parameters(_Table):
    """The figures and names of the policy's promises."""

    categories: dict[str, CategoryParameters] = Field(
        default_factory=dict, description="each category, as a table [parameters.categories.<category>]"
    )


class RegisterRow(_Table):
    """One row of what the policy says is stored."""

    item: Annotated[str, AfterValidator(_pattern)] = Field(
        description="the item's name as the policy writes it, such as `_ga_<container>`, `_ga_*` or `_hjSession…`"
    )
    host: Annotated[str, BeforeValidator(_host)] = Field(
        "", description="the host that it lies on; empty where the policy names none"
    )
    party: Literal["", "first", "third"] = Field(
        "", description="whether the policy says that the site itself or somebody else sets it; empty: it does not say"
    )
    kind: ItemKind = Field("any", description="the kind of item; any where the policy does not say")
    category: str = Field("", description="its category, as a key of [parameters.categories]; empty: none is said")
    lifetime: Annotated[str, AfterValidator(_lifetime)] = Field(
        "", description="how long it is kept, as the policy says: `13 months`, `1 an`, `session`, `persistent`"
    )
    pages: tuple[Annotated[str, AfterValidator(_page)], ...] = Field(
        (),
        description="the pages of the site that set it once its category is allowed, as paths, such as `/articles/*`; "
        "without them nobody can tell whether what no run has seen is still set",
    )
    provider: str = Field("", description="who provides it, as the policy says")
    purpose: str = Field("", description="what it is for, as the policy says")
    confirmed: bool = Field(False, description="whether a person has confirmed this row")

    @property
    def duration(self) -> Duration | None:
        """The lifetime as a span, None where the policy says none."""
        return duration_of(self.lifetime) if self.lifetime else None


class PolicyFile(_Table):
    """A published policy, as a person has read it."""

    rules: tuple[RuleId, ...] | None = Field(
        None,
        description="rules beyond the policy that the site is held to: packs by name, single rules by id (R-…). Unless "
        "given, those that docs/rules.md marks as default. They never break a promise",
    )
    source: Source
    parameters: Parameters = Parameters()
    sentence: tuple[Sentence, ...] = Field((), description="the sentences of the policy")
    rows: tuple[RegisterRow, ...] = Field((), alias="register", description="what the policy says is stored")
    _texts: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _names_once(self) -> PolicyFile:
        for fault in _faults(self):
            raise ValueError(fault)
        return self

    def with_texts(self, texts: Mapping[str, str]) -> PolicyFile:
        """Return the same file, which knows these sentences by their fingerprints, from its comments."""
        known = self.model_copy()
        known._texts = texts
        return known

    def text_of(self, sentence: Sentence) -> str:
        """Return the sentence itself, as a comment of the file has it; empty where none does."""
        return self._texts.get(sentence.fingerprint, "")


def _faults(policy: PolicyFile) -> Iterator[str]:
    seen: set[str] = set()
    for one in policy.sentence:
        if one.id in seen:
            yield f"two sentences have the id {one.id}"
        seen.add(one.id)
    known = policy.parameters.categories
    for row in policy.rows:
        if row.category and known and row.category not in known:
            yield f'the register puts "{row.item}" into "{row.category}", which [parameters.categories] does not have'
