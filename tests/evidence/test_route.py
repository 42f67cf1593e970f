"""The route of requests: which proxy an address goes by, what is reached directly, and what bad input comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.evidence.route import DIRECT, Route, RouteError, route

ACCOUNT = {"CONSENTINEL_UPSTREAM_USER": "mia", "CONSENTINEL_UPSTREAM_PASSWORD": "p@ss:word"}


def by(made: Route, url: str) -> str:
    return str(made.upstream(url) or "")


def test_without_options_and_variables_every_request_is_direct() -> None:
    assert route(environ={}) == DIRECT
    assert by(DIRECT, "https://shop.example/") == ""


def test_an_option_holds_for_both_schemes_and_for_all_but_loopback() -> None:
    made = route("http://proxy.example:8080", environ={})
    assert by(made, "https://shop.example/a?b") == by(made, "http://shop.example/") == "proxy.example:8080"
    for near in ("http://localhost:3000", "https://harbour.localhost", "http://127.0.0.1", "http://[::1]:80/"):
        assert by(made, near) == ""


def test_a_proxy_without_a_port_has_the_usual_one() -> None:
    assert by(route("proxy.example", environ={}), "http://a.example") == "proxy.example:3128"


def test_the_variables_are_read_as_requests_reads_them() -> None:
    environ = {"HTTPS_PROXY": "http://one.example:1", "http_proxy": "http://two.example:2", "HTTP_PROXY": "ignored:9"}
    made = route(environ=environ)
    assert by(made, "https://shop.example") == "one.example:1"
    assert by(made, "http://shop.example") == "two.example:2"
    everything = route(environ={"ALL_PROXY": "http://all.example:3"})
    assert by(everything, "https://shop.example") == "all.example:3"


@pytest.mark.parametrize("url", ["https://shop.example", "https://a.shop.example:8443/x", "http://10.1.2.3/"])
def test_what_no_proxy_names_is_reached_directly(url: str) -> None:
    made = route("http://proxy.example:8080", environ={"NO_PROXY": ".shop.example, 10.0.0.0/8"})
    assert by(made, url) == ""
    assert by(made, "https://notshop.example") == "proxy.example:8080"


def test_the_account_comes_from_the_environment_and_shows_nowhere() -> None:
    made = route("http://proxy.example:8080", environ=ACCOUNT)
    upstream = made.upstream("https://shop.example")
    assert upstream is not None
    assert (upstream.user, upstream.password) == ("mia", "p@ss:word")
    assert upstream.url == "http://mia:p%40ss%3Aword@proxy.example:8080"
    assert "p@ss" not in repr(upstream) + str(upstream) + repr(made)
    assert "word" not in repr(made)


def test_the_account_of_a_variable_counts_more_than_that_of_the_environment() -> None:
    made = route(environ={**ACCOUNT, "HTTPS_PROXY": "http://leo:secret@proxy.example:8080"})
    upstream = made.upstream("https://shop.example")
    assert upstream is not None
    assert upstream.user == "leo"


def test_a_host_that_is_resolved_by_hand_is_reached_directly() -> None:
    given = ["shop.example:443:192.0.2.7", "[2001:db8::1]:80:[::1]", "*:8443:127.0.0.1", "bücher.example:443:192.0.2.8"]
    made = route("http://proxy.example:8080", given, environ={})
    assert made.address("shop.example", 443) == "192.0.2.7"
    assert made.address("SHOP.example", 443) == "192.0.2.7"
    assert made.address("shop.example", 80) is None
    assert made.address("2001:db8::1", 80) == "::1"
    assert made.address("any.example", 8443) == "127.0.0.1"
    assert made.address("xn--bcher-kva.example", 443) == "192.0.2.8"
    assert made.address("shop.localhost", 443) == "127.0.0.1"
    assert made.address("shop.localhost.", 443) == "127.0.0.1"
    assert made.address("localhost.example", 443) is None
    assert by(made, "https://shop.example/") == ""
    assert by(made, "http://shop.example/") == "proxy.example:8080"


@pytest.mark.parametrize(
    ("upstream", "told"),
    [
        ("socks5://proxy.example:1080", "only http and https proxies are supported"),
        ("http://", "no address of a proxy"),
        ("http://proxy.example:port", "no address of a proxy"),
        ("http://[2001:db8::proxy", "no address of a proxy"),
        ("http://[no-address]:3128", "no address of a proxy"),
        ("http://mia:secret@proxy.example:1", "no place for a password"),
    ],
)
def test_an_upstream_that_cannot_be_used_is_one_line_without_its_password(upstream: str, told: str) -> None:
    with pytest.raises(RouteError, match=told) as error:
        route(upstream, environ={})
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_variable_that_cannot_be_used_is_named() -> None:
    with pytest.raises(RouteError, match=r"HTTPS_PROXY=socks5://proxy\.example") as error:
        route(environ={"HTTPS_PROXY": "socks5://mia:secret@proxy.example"})
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "given", ["shop.example", "shop.example:443", "shop.example:443:there", "shop.example:x:1.2.3.4"]
)
def test_a_resolution_that_cannot_be_used_is_one_line(given: str) -> None:
    with pytest.raises(RouteError, match="write --resolve HOST:PORT:ADDRESS"):
        route(resolve=[given], environ={})


def test_a_client_certificate_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(RouteError, match="no such file"):
        route(client_certificate=tmp_path / "missing.pem", environ={})
    other = tmp_path / "other.pem"
    other.write_text("nothing")
    with pytest.raises(RouteError, match="certificate and its key"):
        route(client_certificate=other, environ={})
