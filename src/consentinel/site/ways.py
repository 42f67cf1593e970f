"""The tables of the profile about the way to the site: how gently a run goes, and from where visitors come."""

from __future__ import annotations

import re
from typing import Literal
from zoneinfo import available_timezones

from pydantic import Field, field_validator

from consentinel.site.category import Table

Expected = Literal["asks", "opt-out"]
"""What a region's visitors are to find: they are asked first, or they can opt out."""


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)


def is_header_name(name: str) -> bool:
    """Return whether a header can have this name (RFC 9110, section 5.1)."""
    return _TOKEN.fullmatch(name) is not None


_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


def language_tag(value: str | None) -> str | None:
    """Return what has the form of a BCP 47 tag (RFC 5646, section 2.1), or nothing. Raises ValueError for all else."""
    if value is not None and not _LANGUAGE.fullmatch(value):
        raise ValueError("is no BCP 47 tag, such as fr-FR")
    return value


class Politeness(Table):
    """How gently a run treats the site. Without entries, nothing but the scenarios themselves limits it."""

    requests_per_second: float | None = Field(
        None,
        gt=0,
        description="the most requests a second to each host, in the whole run; the others wait in the recording proxy",
    )
    scenarios_at_once: int | None = Field(
        None, ge=1, description="how many scenarios may play at the same time: a run with more workers is refused"
    )
    visitors_at_once: int | None = Field(
        None,
        ge=1,
        description="how many visitors may have the site open at the same time, over all runs of one user on this "
        "machine; the others wait. Some scenarios need several at once",
    )
    run_header: str | None = Field(
        None,
        description="the name of a header, such as `X-Test-Run`, which tells the site's own hosts what the variable "
        "`CONSENTINEL_RUN` says; where it is not set, a name that is made anew for each run",
    )
    robots_txt: bool = Field(
        False, description="pages that a robots.txt forbids to `consentinel` or to every robot are not visited"
    )

    @field_validator("run_header")
    @classmethod
    def _is_a_header(cls, value: str | None) -> str | None:
        if value is not None and not is_header_name(value):
            raise ValueError("is no name of a header")
        return value


class Region(Table):
    """A region from which visitors come, and what they are to find there."""

    name: str = Field(min_length=1, description="what the report calls it, such as `France`")
    upstream: str = Field(description="the address of an HTTP or HTTPS proxy there, without an account")
    expects: Expected = Field(
        description="`asks`: nothing optional before a choice; `opt-out`: what the visitor refuses rests from then on"
    )
    user_env: str | None = Field(
        None, description="the environment variable with that proxy's user (default: `CONSENTINEL_UPSTREAM_USER`)"
    )
    password_env: str | None = Field(
        None, description="the environment variable with its password (default: `CONSENTINEL_UPSTREAM_PASSWORD`)"
    )
    locale: str | None = Field(None, description="the language of its visitors, as a BCP 47 tag")
    timezone: str | None = Field(None, description="their time zone (IANA), such as `Europe/Paris`")

    _locale_is_one = field_validator("locale")(language_tag)

    @field_validator("timezone")
    @classmethod
    def _is_a_time_zone(cls, value: str | None) -> str | None:
        known = available_timezones()  # empty on a machine that has no list of them
        if value is not None and known and value not in known:
            raise ValueError("is no time zone (IANA), such as Europe/Paris")
        return value
