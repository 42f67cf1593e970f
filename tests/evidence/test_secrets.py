"""What is taken for a secret, and where it is found again."""

from __future__ import annotations

import json

import pytest

from consentinel.evidence.secrets import WITHHELD, Secrets, is_named_like_a_secret

KEPT = "Zm9v+aB/3=k9 x"


@pytest.mark.parametrize(
    "name",
    [
        "harbour_session",
        "PHPSESSID",
        "JSESSIONID",
        "connect.sid",
        "sid",
        "ssid",
        "ASP.NET_SessionId",
        "authToken",
        "__Host-auth",
        "access_token",
        "csrf",
        "XSRF-TOKEN",
        "_csrf_token",
        "password",
        "passwd",
        "user[pwd]",
        "jwt",
        "client_secret",
        "X-Api-Key",
        "apikey",
        "otp",
        "remember_me",
        "sso",
        "__RequestVerificationToken",
        "sess",
    ],
)
def test_it_is_known_by_its_name(name: str) -> None:
    assert is_named_like_a_secret(name)


@pytest.mark.parametrize(
    "name", ["_ga", "_gid", "author", "choice", "consent", "residence", "lang", "position", "utm_source", "assembly"]
)
def test_what_a_site_keeps_for_other_reasons_is_none(name: str) -> None:
    assert not is_named_like_a_secret(name)


def test_further_names_come_from_the_profile() -> None:
    secrets = Secrets(also=[lambda name: name.startswith("ticket")])

    assert secrets.is_secret("ticket_7")
    assert not Secrets().is_secret("ticket_7")


@pytest.mark.parametrize(
    "told",
    [
        "a={}",
        "a=Zm9v%2BaB%2F3%3Dk9%20x",
        "a=Zm9v%2baB%2f3%3dk9%20x",
        "a=Zm9v%2BaB%2F3%3Dk9+x",
        "a=Zm9v%2BaB/3%3Dk9%20x",
    ],
)
def test_a_value_that_was_seen_once_is_hidden_in_whatever_way_it_is_written(told: str) -> None:
    secrets = Secrets()
    secrets.learn("session", KEPT)

    assert secrets.without(told.format(KEPT)) == f"a={WITHHELD}"


def test_it_is_hidden_in_json_that_stands_in_json() -> None:
    secrets = Secrets(['quo"te\\d é'])
    inner = json.dumps({"a": 'quo"te\\d é'})

    assert json.loads(secrets.as_json({"body": inner})) == {"body": json.dumps({"a": WITHHELD})}


@pytest.mark.parametrize("value", ["1", "true", "anonymous", "yes"])
def test_a_word_is_hidden_in_its_place_alone(value: str) -> None:
    secrets = Secrets()
    secrets.learn("session", value)

    assert secrets.without(f"{value} here") == f"{value} here"
    assert secrets.names_obeyed(f"session={value}&b={value}") == f"session={WITHHELD}&b={value}"


def test_what_the_harness_was_given_is_hidden_even_if_it_is_a_word() -> None:
    assert Secrets(["horse", "", "abc"]).without("a horse, abc") == f"a {WITHHELD}, abc"


@pytest.mark.parametrize(
    ("told", "hidden"),
    [
        ("user=ada&password=x&next=/a", "user=ada&password=(secret)&next=/a"),
        ("https://a.example/b?token=x1&n=2#id_token=y", "https://a.example/b?token=(secret)&n=2#id_token=(secret)"),
        ('{"csrf": "x", "n": "2"}', '{"csrf": "(secret)", "n": "2"}'),
        (r'{"told": "{\"jwt\": \"x\", \"n\": \"2\"}"}', r'{"told": "{\"jwt\": \"(secret)\", \"n\": \"2\"}"}'),
        (
            '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\n--b',
            '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n(secret)\r\n--b',
        ),
        ("<input type=hidden name='csrf' value='x'>", "<input type=hidden name='csrf' value='(secret)'>"),
        ('<meta content="x" name="csrf-token">', '<meta content="(secret)" name="csrf-token">'),
        ('<input name="q" value="token">', '<input name="q" value="token">'),
    ],
)
def test_names_are_obeyed_in_forms_addresses_json_and_pages(told: str, hidden: str) -> None:
    assert Secrets().names_obeyed(told) == hidden


@pytest.mark.parametrize(
    "body",
    [
        '<input name="csrf_token" value="{}">',
        '<meta name="csrf-token" content="{}">',
        '{{"token": "{}"}}',
        "a=1&password={}",
        'name="password"\r\n\r\n{}\r\n',
    ],
)
def test_a_value_is_learnt_from_a_body(body: str) -> None:
    secrets = Secrets()
    secrets.learn_from(body.format("r4nd0mt0ken"))

    assert secrets.hides("x r4nd0mt0ken x")


def test_cookies_may_be_secret_without_a_name_that_tells() -> None:
    secrets = Secrets()
    secrets.learn_cookie("lb", "a1b2c3d4e5", secret=True)
    secrets.learn_cookie("_ga", "GA1.1.555.777", secret=False)

    assert secrets.is_secret_cookie("lb")
    assert not secrets.is_secret("lb")
    assert secrets.without("a1b2c3d4e5 GA1.1.555.777") == f"{WITHHELD} GA1.1.555.777"
