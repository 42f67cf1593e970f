"""A secret is in no file of a report, whatever was asked for: each is planted wherever it may turn up."""

from __future__ import annotations

import base64
import binascii
import contextlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from mitmproxy.test import tutils
from mitmproxy.websocket import WebSocketData, WebSocketMessage
from wsproto.frame_protocol import Opcode

from consentinel.evidence.records import Kind, SetCookie, Value
from consentinel.evidence.timeline import Timeline
from consentinel.pytest_plugin.options import HAS_ALLURE
from consentinel.pytest_plugin.serialize import as_property, scenario_data
from consentinel.report.causes import causes
from consentinel.report.pack_schema import PromiseData
from consentinel.report.schema import VERSION, RunData
from consentinel.report.writer import write_report
from consentinel.site.profile import Profile
from consentinel.verdicts.finding import Finding
from tests.evidence.builders import flow
from tests.pytest_plugin.builders import scenario_run, visitor
from tests.pytest_plugin.test_export import SETTINGS
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    cookie,
    item,
    request,
    state,
    timeline,
    visit,
    write,
)

if HAS_ALLURE:
    from consentinel.report.allure import write_allure

PASSWORD = 'correct horse & "7" é'
USER = "ada.lovelace"
BASIC = "letmein+9/x"
HEADER = "h34der-v4lue"
SESSION = "5e5510n-0f-ada"
MARKED = "m4rk3d-http-only"
SIGNED_IN = "s1gn3d-1n-w1th-p4ssw0rd"
CSRF = "c5rf-t0k3n"
BEARER = "b34r3r.t0k3n.x"
TICKET = "t1ck3t-0f-pr0f1le"
STORED = "st0r3d-t0k3n"
PACKED = "p4ck3d-p4ssw0rd"
SECRETS = (PASSWORD, USER, BASIC, HEADER, SESSION, MARKED, SIGNED_IN, CSRF, BEARER, TICKET, STORED, PACKED)
PLAIN = "pl41n-v4lue"

ENVIRONMENT = {"S_USER": USER, "S_PASSWORD": PASSWORD, "S_BASIC": BASIC, "S_HEADER": HEADER}
SECRETIVE = Profile.model_validate(
    {
        **PROFILE.model_dump(),
        "account": {"user_env": "S_USER", "password_env": "S_PASSWORD"},
        "access": {
            "basic_user_env": "S_USER",
            "basic_password_env": "S_BASIC",
            "headers_env": {"X-Staging": "S_HEADER"},
            "secrets": ["shop_ticket*"],
        },
    }
)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def held() -> Timeline:
    """What a browser would tell of somebody who signed in; every secret stands in more than one place."""
    form = f"user={quote(USER)}&password={quote_plus(PASSWORD)}&csrf={CSRF}"
    answer = (
        SetCookie("id", Value(SIGNED_IN), "shop.example"),
        SetCookie("lb", Value(MARKED), "shop.example", http_only=True),
    )
    jar = (
        cookie("session", SESSION),
        cookie("lb", MARKED, http_only=True),
        cookie("id", SIGNED_IN),
        cookie("_ga", PLAIN),
        cookie("shop_ticket_1", TICKET),
        item(Kind.LOCAL_STORAGE, "user", json.dumps({"token": STORED, "n": PLAIN})),
    )
    return timeline(
        visit(sentence=f"signs in as {USER}"),
        request(f"{HOME}sign-in", method="POST", body=Value(form), set_cookies=answer),
        request(
            f"{HOME}a?session={SESSION}&n={PLAIN}#x={MARKED}", cookies=tuple((one.name, one.value) for one in jar[:5])
        ),
        request(f"{HOME}reset/{SIGNED_IN}", initiator=f"{HOME}{STORED}.js:1", referer=f"{HOME}?t={quote(PASSWORD)}"),
        request(f"{HOME}packed", method="POST", fields=(("user.password", Value(PACKED)),)),
        write("session", value=SESSION),
        write("shop_ticket_1", value=TICKET),
        write("user", kind=Kind.LOCAL_STORAGE, value=json.dumps({"token": STORED})),
        state(20.0, *jar),
    )


def passed() -> Iterator[Any]:
    """The same on the wire."""
    basic = base64.b64encode(f"{USER}:{BASIC}".encode()).decode()
    headers = {
        "Cookie": f"session={SESSION}; lb={MARKED}; id={SIGNED_IN}; _ga={PLAIN}; shop_ticket_1={TICKET}",
        "Authorization": f"Basic {basic}",
        "X-Staging": HEADER,
        "X-CSRF-Token": CSRF,
        "Referer": f"{HOME}?a={SESSION}",
    }
    body = f"user={USER}&password={quote_plus(PASSWORD)}&csrf={CSRF}&n={PLAIN}".encode()
    cookies = [f"session={SESSION}; HttpOnly", f"odd={MARKED}; httponly", f"id={SIGNED_IN}; Path=/", f"_ga={PLAIN}"]
    asked = flow(f"{HOME}sign-in?session={SESSION}", method="POST", headers=headers, body=body, set_cookies=cookies)
    assert asked.response is not None
    asked.request.headers["content-type"] = "application/x-www-form-urlencoded"
    asked.response.text = f'<input name="csrf" value="{CSRF}"><p>{USER}, {PASSWORD}, {PLAIN}</p>'
    asked.response.headers["location"] = f"{HOME}?to={BASIC}&id={SIGNED_IN}"
    yield asked
    told = flow(
        f"{HOME}api",
        headers={"Authorization": f"Bearer {BEARER}"},
        method="POST",
        body=json.dumps({"told": json.dumps({"token": BEARER, "jar": [SESSION, MARKED]})}).encode(),
    )
    assert told.response is not None
    told.response.content = b"\x00\x01\xff" * 40 + STORED.encode() + b"\x00\xfe" * 40
    yield told
    socket = flow(f"{HOME}socket")
    messages = [
        WebSocketMessage(Opcode.TEXT, True, f'{{"token":"{BEARER}","n":"{PLAIN}"}}'.encode()),
        WebSocketMessage(Opcode.BINARY, False, b"\x00\xff" + SESSION.encode()),
    ]
    socket.websocket = WebSocketData(messages=messages)
    yield socket
    free = flow(f"{HOME}open?page={PLAIN}")
    free.response = tutils.tresp(content=f"nothing but {PLAIN}".encode())
    yield free


def report(folder: Path, *, show_values: bool) -> Path:
    """A whole report, Allure included, of a scenario in whose every corner secrets stand."""
    made = scenario_run(visitor(held(), list(passed())), visitor(held()))
    made.judge.findings.append(
        Finding(
            rule="a rule",
            category="",
            kind=Kind.COOKIE,
            name=f"odd_{SESSION}",
            host="shop.example",
            at=12.0,
            moment=f"signs in as {USER}",
            written_by=f"{HOME}{SIGNED_IN}.js:1",
            sentence=f"The cookie odd_{SESSION} was stored",
        )
    )
    made.problems.append(f"the browser said {PASSWORD}")
    settings = replace(SETTINGS, report=folder, show_values=show_values)
    reason = f"the browser refused: {PASSWORD} {CSRF}"
    data = scenario_data(made, SECRETIVE, settings, "chromium", 1, "failed", reason)
    told = as_property(made, data)[1]
    run = RunData(
        version=VERSION,
        tool="consentinel",
        site="Shop",
        base_url=HOME,
        started=0.0,
        seconds=1.0,
        complete=True,
        browsers=told["versions"],
        wire=True,
        horizon_s=5.0,
        blindness=told["blindness"],
        scenarios=[told["scenario"]],
        causes=causes([told["scenario"]]),
        promises=[PromiseData(id="P10", title="Preferences rule", not_provable="")],
        problems=told["problems"],
    )
    write_report(run, folder)
    if HAS_ALLURE:
        write_allure(run, folder, folder / "allure", clean=True)
    return folder


def found_in(folder: Path, text: str) -> list[str]:
    """The files that hold the text, in whatever way it may be written."""
    in_json = json.dumps(text)[1:-1]
    ways = [
        text,
        quote(text),
        quote(text, safe=""),
        quote_plus(text),
        html.escape(text),
        in_json,
        json.dumps(in_json)[1:-1],
    ]
    shapes = [way.encode() for way in ways]
    return [
        file.relative_to(folder).as_posix()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(shape in told for told in _read(file) for shape in shapes)
    ]


def _read(file: Path) -> Iterator[bytes]:
    """What the file holds, and what stands in it in base64."""
    content = file.read_bytes()
    yield content
    for packed in re.findall(rb"[A-Za-z0-9+/]{20,}={0,2}", content):
        with contextlib.suppress(binascii.Error):
            yield base64.b64decode(packed)


@pytest.mark.parametrize("show_values", [False, True])
def test_no_file_of_a_report_holds_a_secret(tmp_path: Path, show_values: bool) -> None:
    report(tmp_path, show_values=show_values)

    assert {secret: found_in(tmp_path, secret) for secret in SECRETS} == {secret: [] for secret in SECRETS}


def test_the_search_would_find_one(tmp_path: Path) -> None:
    """Values that are no secret are found where they were asked for, in every way in which secrets were planted."""
    report(tmp_path / "shown", show_values=True)
    report(tmp_path / "hidden", show_values=False)

    name = scenario_run().id
    assert found_in(tmp_path / "hidden", PLAIN) == []
    shown = [file for file in found_in(tmp_path / "shown", PLAIN) if not file.startswith("allure")]
    assert shown == [f"hars/{name}.har", f"timelines/{name}-2.json", f"timelines/{name}.json"]


def test_without_the_profile_and_the_environment_secrets_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody marks as a secret is a value like any other: each of these marks counts."""
    monkeypatch.setattr("tests.pytest_plugin.test_secrets.SECRETIVE", PROFILE)
    report(tmp_path, show_values=True)

    assert all(found_in(tmp_path, secret) for secret in (USER, HEADER, TICKET, SIGNED_IN))
    assert not any(found_in(tmp_path, secret) for secret in (SESSION, MARKED, CSRF, BEARER, STORED))


def test_what_is_shown_stays_readable(tmp_path: Path) -> None:
    report(tmp_path, show_values=True)

    har = json.loads((tmp_path / "hars" / f"{scenario_run().id}.har").read_text("ascii"))
    first, _, socket, free = har["log"]["entries"]
    assert first["request"]["postData"]["text"] == f"user=(secret)&password=(secret)&csrf=(secret)&n={PLAIN}"
    headers = {one["name"].lower(): one["value"] for one in first["request"]["headers"]}
    assert headers["cookie"] == f"session=(secret); lb=(secret); id=(secret); _ga={PLAIN}; shop_ticket_1=(secret)"
    assert {headers[name] for name in ("authorization", "x-staging", "x-csrf-token")} == {"(secret)"}
    set_cookies = [one["value"] for one in first["response"]["headers"] if one["name"].lower() == "set-cookie"]
    assert set_cookies == [
        "session=(secret); HttpOnly",
        "odd=(secret); httponly",
        "id=(secret); Path=/",
        f"_ga={PLAIN}",
    ]
    assert f"(secret), (secret), {PLAIN}" in first["response"]["content"]["text"]
    assert [one["data"] for one in socket["_webSocketMessages"]] == [
        f'{{"token":"(secret)","n":"{PLAIN}"}}',
        "(secret)",
    ]
    assert free["response"]["content"]["text"] == f"nothing but {PLAIN}"
