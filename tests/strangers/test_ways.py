"""Whole runs and drafts by unusual ways: an upstream proxy, a client certificate, an IPv6 address, a polite pace."""

from __future__ import annotations

import json
import re
import socket
import ssl
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme

from consentinel.report.exit_codes import KEPT, SETUP_FAILED
from tests.calls import call
from tests.evidence.test_ipv6 import has_ipv6
from tests.serving import QuietHandler, Server, listening
from tests.strangers.odd_sites import PAGE, PARTNER, PROFILE
from tests.upstream import PASSWORD, USER, free_port, upstream_proxy

pytestmark = [pytest.mark.browser, pytest.mark.strangers]

LIMIT = 240.0
ASKS = "asks_before"
BOTH = pytest.mark.parametrize("browser", ["chromium", "firefox"])


@dataclass(slots=True)
class Asked:
    """One request that reached the site. `shown` are the names in the client's certificate."""

    host: str
    path: str
    at: float
    agent: str
    run: str
    shown: tuple[str, ...]


@dataclass(slots=True)
class Site:
    """A running site. `more` is a script that each of its pages runs besides, `robots` its robots.txt."""

    port: int = 0
    more: str = ""
    robots: str = ""
    asked: list[Asked] = field(default_factory=list)

    def by_browsers(self) -> list[Asked]:
        """What browsers asked for."""
        return [one for one in self.asked if "Mozilla" in one.agent]


@contextmanager
def serving(context: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    site = Site()

    class Answers(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            peer: Any = self.connection.getpeercert() if isinstance(self.connection, ssl.SSLSocket) else None
            shown = tuple(name for _, name in (peer or {}).get("subjectAltName", ()))
            host, told = re.sub(r":\d+$", "", self.headers["Host"]), self.headers.get("X-Test-Run", "")
            agent = self.headers.get("User-Agent", "")
            site.asked.append(Asked(host, self.path, time.monotonic(), agent, told, shown))
            page = PAGE % {"odd": ["/pixel"] if site.more else [], "port": site.port, "more": site.more}
            is_robots = self.path == "/robots.txt"
            body = (site.robots if is_robots else page).encode()
            self.send_response(404 if is_robots and not body else 200)
            self.send_header("Content-Type", "text/plain" if is_robots else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    class Own(Server):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

        def __init__(self) -> None:
            super(Server, self).__init__((address, 0), Answers)

    server = Own()
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with listening(server):
        site.port = server.server_port
        yield site


def profile_of(folder: Path, base_url: str, host: str, more: str = "") -> Path:
    text = PROFILE.replace("http://bücher.localhost:%(port)d", base_url).replace("bücher.localhost", host)
    file = folder / "books.toml"
    file.write_text(text + more, encoding="utf-8")
    return file


def played(folder: Path, profile: Path, browser: str, *more: str, scenarios: str = ASKS) -> tuple[dict[str, str], str]:
    """The outcome of each scenario with why, by its name, and all that was printed."""
    done = call(
        *("pytest", "features/first_visit.feature", "features/regions.feature", "-k", scenarios, "-q"),
        *("-p", "no:cacheprovider", "--no-pictures", "--no-evidence", "--site", str(profile), "--browser", browser),
        *("--report", str(folder / "report"), *more),
        limit=LIMIT,
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    if done.returncode == SETUP_FAILED:
        return {}, said
    assert done.returncode == KEPT, said
    run = json.loads((folder / "report" / "run.json").read_text("ascii"))
    scenarios_of_run = [one for one in run["scenarios"] if one["outcome"] != "skipped"]
    return {one["scenario"]: f"{one['outcome']}: {one['reason']}" for one in scenarios_of_run}, said


def secured(folder: Path, *names: str, asks: ssl.VerifyMode = ssl.CERT_NONE) -> tuple[ssl.SSLContext, Path, Path]:
    """How a site speaks TLS, the file of its authority, and a client certificate of the same authority."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust, client = folder / "ca.pem", folder / "client.pem"
    authority.cert_pem.write_to_path(trust)
    authority.issue_cert("mia@shop.test").private_key_and_cert_chain_pem.write_to_path(client)
    authority.issue_cert(*names).configure_cert(context)
    context.verify_mode = asks
    context.load_verify_locations(trust)
    return context, trust, client


@pytest.fixture(autouse=True)
def accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSENTINEL_UPSTREAM_USER", USER)
    monkeypatch.setenv("CONSENTINEL_UPSTREAM_PASSWORD", PASSWORD)
    monkeypatch.setenv("WRONG", "wr0ng-w0rd")
    monkeypatch.setenv("CONSENTINEL_RUN", "night 7")


def region(name: str, port: int, password: str) -> str:
    return (
        f'[[regions]]\nname = "{name}"\nupstream = "http://127.0.0.1:{port}"\nexpects = "asks"\n'
        f'user_env = "CONSENTINEL_UPSTREAM_USER"\npassword_env = "{password}"\n'
    )


@BOTH
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_browsers_go_by_a_real_upstream_proxy(tmp_path: Path, browser: str, scheme: str) -> None:
    context, trust, _ = secured(tmp_path, "books.test")
    with serving() as plain, serving(context) as secure, upstream_proxy(tmp_path, plain.port, secure.port) as upstream:
        regions = region("France", upstream.port, "CONSENTINEL_UPSTREAM_PASSWORD")
        regions += region("Italy", upstream.port, "WRONG") + region("Malta", free_port(), "WRONG")
        profile = profile_of(tmp_path, f"{scheme}://books.test", "books.test", regions)
        way = ("--upstream", upstream.url, "--ca", str(trust))
        outcomes, said = played(tmp_path, profile, browser, *way, scenarios=f"{ASKS} or asked")
        passed = upstream.passed()
    assert len(outcomes) == 4, said
    assert outcomes["The site asks before it does anything else"] == "passed: "
    assert outcomes["Visitors from France are asked"] == "passed: "
    assert re.match("inconclusive: .*does not accept the user and password", outcomes["Visitors from Italy are asked"])
    assert re.match("inconclusive: .*does not answer", outcomes["Visitors from Malta are asked"])
    came = (secure if scheme == "https" else plain).by_browsers()
    assert came
    assert {one.host for one in came} == {"books.test"}
    tunnels, pages = passed.count("CONNECT books.test:443"), passed.count("GET http://books.test/")
    assert (tunnels if scheme == "https" else pages) >= 2, "a visitor's of the run and one from France"
    written = b"".join(file.read_bytes() for file in (tmp_path / "report").rglob("*") if file.is_file())
    assert b"wr0ng-w0rd" not in written + said.encode()


@BOTH
def test_a_site_that_insists_on_a_client_certificate_is_visited_by_who_has_one(tmp_path: Path, browser: str) -> None:
    context, trust, client = secured(tmp_path, "shop.localhost", asks=ssl.CERT_REQUIRED)
    with serving(context) as site:
        profile = profile_of(tmp_path, f"https://shop.localhost:{site.port}", "shop.localhost")
        outcomes, said = played(tmp_path, profile, browser, "--ca", str(trust), "--client-cert", str(client))
        assert outcomes == {"The site asks before it does anything else": "passed: "}, said
        assert {one.shown for one in site.by_browsers()} == {("mia@shop.test",)}
        outcomes, said = played(tmp_path, profile, browser, "--ca", str(trust))
    assert outcomes == {}
    assert "--client-cert FILE shows one" in said


def test_a_draft_shows_the_client_certificate(tmp_path: Path) -> None:
    context, trust, client = secured(tmp_path, "shop.localhost", asks=ssl.CERT_REQUIRED)
    with serving(context) as site:
        assert drafted(
            tmp_path, f"https://shop.localhost:{site.port}/", "--ca", str(trust), "--client-cert", str(client)
        )
    assert {one.shown for one in site.by_browsers()} == {("mia@shop.test",)}


def drafted(folder: Path, url: str, *more: str) -> dict[str, Any]:
    """The profile that a draft of this address makes; the dialog in it is the site's."""
    file = folder / "drafted.toml"
    done = call("consentinel", "draft", url, "-o", str(file), *more, limit=LIMIT)
    assert done.returncode == 0, done.stdout + done.stderr
    profile = tomllib.loads(file.read_text(encoding="utf-8"))
    dialog = profile["consent"]["dialog"]
    assert (dialog["accept"], dialog["refuse"]) == (["#all"], ["#none"])
    return profile


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
@BOTH
def test_a_site_at_an_ipv6_address_is_drafted_and_judged(tmp_path: Path, browser: str) -> None:
    with serving(address="::1") as site:
        profile = drafted(tmp_path, f"http://[::1]:{site.port}/", "--browser", browser)
        assert profile["site"]["base_url"] == f"http://[::1]:{site.port}"
        assert profile["site"]["hosts"] == ["::1"]
        outcomes, said = played(tmp_path, tmp_path / "drafted.toml", browser)
    assert outcomes == {"The site asks before it does anything else": "passed: "}, said
    assert {one.host for one in site.by_browsers()} == {"[::1]"}


PICTURES = 'for (const n of [1, 2, 3, 4, 5]) new Image().src = "/dot?" + n;'
PER_SECOND = 4
POLITE = f"""
[politeness]
requests_per_second = {PER_SECOND}
visitors_at_once = 1
run_header = "X-Test-Run"
robots_txt = true
"""


@BOTH
def test_a_polite_run_keeps_to_its_pace_says_who_it_is_and_leaves_out_what_is_forbidden(
    tmp_path: Path, browser: str
) -> None:
    with serving() as site:
        site.more, site.robots = PICTURES, "User-agent: *\nDisallow: /two\n"
        profile = profile_of(tmp_path, f"http://shop.localhost:{site.port}", "shop.localhost", POLITE)
        outcomes, said = played(tmp_path, profile, browser, scenarios=f"{ASKS} or same_holds_on_every_page")
    assert outcomes["The site asks before it does anything else"] == "passed: ", said
    assert re.match(r"inconclusive: .*robots\.txt forbids /two to robots", outcomes["The same holds on every page"])
    own = sorted(one.at for one in site.by_browsers() if one.host == "shop.localhost")
    pages = Counter(one.path for one in site.by_browsers() if "?" not in one.path)
    assert (pages["/one"], pages["/two"]) == (1, 0)
    assert len(own) >= 2 * 6
    assert own[-1] - own[0] >= (len(own) - 1) / PER_SECOND / 2  # the first may have been slow to come
    told = {one.host: {run.run for run in site.asked if run.host == one.host} for one in site.asked}
    assert told == {"shop.localhost": {"night 7"}, PARTNER: {""}}
