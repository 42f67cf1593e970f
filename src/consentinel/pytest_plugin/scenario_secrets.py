"""Collects a scenario's secrets: credentials from the environment, and credentials that its visitors received."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import pytest
from mitmproxy import http

from consentinel.evidence.access import basic_token
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.records import Kind, Request, Write
from consentinel.evidence.secrets import Secrets
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import matcher
from consentinel.site.profile import Profile
from consentinel.visitor.visitor import Visitor


def secrets_of(profile: Profile, visitors: Iterable[Visitor], *, values_shown: bool = False) -> Secrets:
    """Return the scenario's secrets so far. If values are shown, bodies and addresses are searched too."""
    secrets = Secrets(_from_environment(profile), map(matcher, (*profile.access.secrets, *profile.access.headers_env)))
    password = _variable(profile.account.password_env) if profile.account else ""
    for visitor in visitors:
        timeline, tap = visitor.timeline, visitor.recorder.tap
        _learn_stored(secrets, timeline, Secrets([password]))
        for flow in list(tap.flows) if tap else ():
            _learn_headers(secrets, flow)
            if values_shown:
                _learn_bodies(secrets, flow)
        if values_shown:
            _learn_values(secrets, timeline)
    return secrets


def keep_secrets(report: pytest.TestReport, secrets: Secrets) -> None:
    """Remove the secrets from a report's error and captured logs, which the terminal and JUnit print."""
    report.sections = [(name, secrets.without(text)) for name, text in report.sections]
    match report.longrepr:
        case (path, line, text):
            report.longrepr = (path, line, secrets.without(text))
        case error if secrets.hides(str(error)):
            report.longrepr = secrets.without(str(error))


def _from_environment(profile: Profile) -> Iterator[str]:
    """Return the values of the environment variables that the profile names, and the basic authentication token."""
    access, account = profile.access, profile.account
    names = [access.basic_user_env, access.basic_password_env, *access.headers_env.values()]
    names += [account.user_env, account.password_env] if account else []
    yield from map(_variable, names)
    if access.basic_user_env and access.basic_password_env:
        yield basic_token(_variable(access.basic_user_env), _variable(access.basic_password_env))


def _variable(name: str | None) -> str:
    return os.environ.get(name, "") if name else ""


def _learn_stored(secrets: Secrets, timeline: Timeline, password: Secrets) -> None:
    """Learn items whose name marks them as secret, HttpOnly cookies, and cookies set in answer to the password."""
    for item in {item for state in timeline.states for item in state.items}:
        if item.kind is Kind.COOKIE:
            secrets.learn_cookie(item.name, item.value.text, secret=item.http_only)
        else:
            secrets.learn(item.name, item.value.text)
        secrets.learn_from(item.value.text)
    for request in timeline.requests:
        signing_in = bool(request.set_cookies) and password.hides(request.body.text)
        for cookie in request.set_cookies:
            secrets.learn_cookie(cookie.name, cookie.value.text, secret=cookie.http_only or signing_in)


def _learn_headers(secrets: Secrets, flow: http.HTTPFlow) -> None:
    for message in (flow.request, flow.response):
        for name, value in message.headers.items(multi=True) if message else ():
            secrets.learn(name, value)
            secrets.learn(name, value.rpartition(" ")[2])  # the token after "Bearer"


def _learn_bodies(secrets: Secrets, flow: http.HTTPFlow) -> None:
    secrets.learn_from(url_of(flow.request))
    for message in (flow.request, flow.response):
        secrets.learn_from((message.get_text(strict=False) or "") if message else "")


def _learn_values(secrets: Secrets, timeline: Timeline) -> None:
    for record in timeline.records:
        if isinstance(record, Write):
            secrets.learn_cookie(record.name, record.value.text, secret=False)
            secrets.learn_from(record.value.text)
        elif isinstance(record, Request):
            secrets.learn_from(record.url)
            secrets.learn_from(record.body.text)
            for name, value in (*record.fields, *record.headers):
                secrets.learn(name.rpartition(".")[2], value.text)
            for name, value in record.cookies:
                secrets.learn_cookie(name, value.text, secret=False)
