"""Reads what a site asks for before it answers, from its profile and the environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from consentinel.evidence.access import OPEN, Access, basic
from consentinel.site.hosts import covered
from consentinel.site.profile import Access as AccessTable
from consentinel.site.profile import Profile

RUN = "CONSENTINEL_RUN"
"""The variable that names the run, for a site that is told of it."""


def access_to(profile: Profile, environ: Mapping[str, str]) -> Access:
    """Return the headers for the site's own hosts. The loaded profile has made sure that the variables are set."""
    access = access_of(profile.access, profile.site.hosts, environ)
    header = profile.politeness.run_header
    if not header:
        return access
    named = (header, " ".join(environ.get(RUN, "").split()))  # a header has one line
    return Access((*access.headers, named), partial(covered, profile.site.hosts))


def access_of(asked: AccessTable, patterns: Iterable[str], environ: Mapping[str, str]) -> Access:
    """Return the headers that a table of a profile asks for, for the hosts that the patterns cover."""
    headers = [(name, environ.get(variable, "")) for name, variable in asked.headers_env.items()]
    if asked.basic_user_env:
        password = environ.get(asked.basic_password_env, "") if asked.basic_password_env else ""
        headers.append(basic(environ.get(asked.basic_user_env, ""), password))
    return Access(tuple(headers), partial(covered, tuple(patterns))) if headers else OPEN
