"""A site is treated as gently as its profile asks, and left alone where it asks for that itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any, cast

import pytest
import requests
import urllib3

from consentinel.evidence.manners import UNLIMITED, Manners, seconds_of
from consentinel.evidence.proxy import RecordingProxy
from consentinel.evidence.route import Route
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.pytest_plugin.manners_of_run import check_workers, manners_of, name_run
from consentinel.site.access import access_to
from consentinel.site.load import load_profile
from consentinel.site.profile import Profile
from consentinel.site.ways import Politeness
from consentinel.visitor.answer import check_manners
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.http_session import session
from consentinel.visitor.plain_visitor import PlainVisitor
from consentinel.visitor.robots_txt import RobotsTxt
from tests.serving import QuietHandler, Server, listening

pytest_plugins = ["pytester"]

REFERENCE = load_profile("reference", None, {**REFERENCE_ACCOUNT})
Asked = tuple[str, list[tuple[str, float, str]]]
"""A site's address, and the path, the moment and the run's name of each request that reached it."""

PAGE = {"Accept": "text/html", "Sec-Fetch-Dest": "document"}


class Site(QuietHandler):
    """Answers 429 at `/busy`, and says in its robots.txt that `/private` is not for robots."""

    asked: list[tuple[str, float, str]]

    def do_GET(self) -> None:
        self.asked.append((self.path, time.monotonic(), self.headers.get("X-Test-Run", "")))
        robots = b"User-agent: *\nDisallow: /private\n\nUser-agent: consentinel\nDisallow: /secret\n"
        self.send_response(429 if self.path == "/busy" else 200)
        if self.path == "/busy":
            self.send_header("Retry-After", "120")
        body = robots if self.path == "/robots.txt" else b"page"
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[Asked]:
    asked: list[tuple[str, float, str]] = []
    server = Server(type("Own", (Site,), {"asked": asked}))
    with listening(server):
        yield f"http://127.0.0.1:{server.server_port}", asked


def polite(**asked: object) -> Profile:
    return REFERENCE.model_copy(update={"politeness": Politeness.model_validate(asked)})


def ask_by_proxy(way: Route, *urls: str) -> None:
    """Ask for all of them at the same time, each as a browser asks for a page."""
    proxy = RecordingProxy(route=way)
    try:
        tap = proxy.tap()
        with urllib3.ProxyManager(f"http://{tap.host}:{tap.port}", maxsize=len(urls)) as pool:
            asking = [
                threading.Thread(target=pool.request, args=("GET", url), kwargs={"headers": PAGE, "retries": False})
                for url in urls
            ]
            for one in asking:
                one.start()
            for one in asking:
                one.join()
        assert all("X-Test-Run" not in flow.request.headers for flow in tap.flows)
    finally:
        proxy.close()


def test_each_request_takes_the_next_free_moment_of_its_host() -> None:
    manners = Manners(4)
    assert [manners.wait("a.example", 10.0) for _ in range(3)] == [0.0, 0.25, 0.5]
    assert manners.wait("b.example", 10.0) == 0.0
    assert manners.wait("a.example", 20.0) == 0.0, "what nobody took is not saved up"
    assert [Manners().wait("a.example", 10.0) for _ in range(2)] == [0.0, 0.0]


def test_the_proxy_and_plain_requests_keep_to_the_pace(site: Asked) -> None:
    url, asked = site
    way, begun = Route(manners=Manners(5)), time.monotonic()
    ask_by_proxy(way, f"{url}/1", f"{url}/2", f"{url}/3")
    session(None, way).get(f"{url}/4", timeout=5)
    came = sorted(at - begun for _, at, _ in asked)
    assert len(came) == 4
    assert all(moment >= number / 5 for number, moment in enumerate(came)), came


def test_a_site_that_says_when_to_come_back_is_left_alone(site: Asked) -> None:
    url, asked = site
    manners = Manners()
    way = Route(manners=manners)
    ask_by_proxy(way, f"{url}/busy")
    with pytest.raises(
        SiteUnavailable, match=r"was not visited: .* answered 429 \(Retry-After: 120\), and is left alone"
    ):
        check_manners(f"{url}/", manners)
    with pytest.raises(SiteUnavailable, match="was not visited"):
        PlainVisitor(REFERENCE, session(None, way), {}).get(url)
    assert [path for path, _, _ in asked] == ["/busy"]
    assert manners.refusal(f"{url}/", time.time() + 121) == ""
    assert manners.refusal("http://another.example/") == ""


def test_only_a_refusal_that_says_for_how_long_is_kept_to() -> None:
    manners = Manners()
    manners.answered("https://a.example/", 429, "")
    manners.answered("https://b.example/", 200, "120")
    manners.answered("https://c.example/", 404, "120")
    assert [manners.refusal(f"https://{host}.example/") for host in "abc"] == ["", "", ""]
    manners.answered("https://a.example/", 403, "120")
    assert "answered 403" in manners.refusal("https://a.example/basket")


def test_without_limits_nothing_waits_and_no_refusal_is_remembered(site: Asked) -> None:
    url, asked = site
    ask_by_proxy(Route(), f"{url}/busy")
    for _ in range(2):
        session(None).get(f"{url}/busy", timeout=5)
    check_manners(f"{url}/busy", UNLIMITED)
    assert [path for path, _, _ in asked] == ["/busy"] * 3
    assert [UNLIMITED.wait("a.example", 10.0) for _ in range(2)] == [0.0, 0.0]
    assert Route() == Route(), "the default is one object"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), (" 5 ", 5), ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("soon", 0), ("", 0), ("-3", 0), ("²", 0)],
)
def test_a_retry_after_is_a_number_or_a_date(said: str, seconds: float) -> None:
    assert seconds_of(said, 784111777.0) == seconds


@pytest.mark.parametrize("said", ["9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_retry_after_without_an_end_is_kept_to_for_a_year(said: str) -> None:
    manners = Manners()
    manners.answered("https://shop.example/", 429, said, now=0.0)
    assert manners.refusal("https://shop.example/a", now=0.0).endswith("is left alone for 31622400 seconds more")


@pytest.mark.parametrize("said", ["Mon, 01 Jan 99999999999 00:00:00 GMT", "1 Jan 2026 99999999999999999999:00:00"])
def test_a_retry_after_that_no_clock_holds_is_none(said: str) -> None:
    assert seconds_of(said, 0.0) == 0.0


def test_robots_txt_is_kept_to_where_the_profile_says_so(site: Asked) -> None:
    url, asked = site
    robots = RobotsTxt(session(None))
    manners = Manners(forbidden=robots.forbidden)
    assert manners.refusal(f"{url}/private") == "", "what is said to consentinel goes before what is said to all"
    assert "robots.txt forbids /secret to robots" in manners.refusal(f"{url}/secret?a=1")
    assert [path for path, _, _ in asked] == ["/robots.txt"], "it is read once"
    assert "robots.txt forbids" in manners.refusal("http://127.0.0.1:1/"), "without an answer nothing is allowed"
    assert Manners().refusal(f"{url}/secret") == "", "by default it is not asked for"


def test_a_run_is_named_to_the_sites_own_hosts_alone(site: Asked) -> None:
    url, asked = site
    own = polite(run_header="X-Test-Run")
    own = own.model_copy(update={"site": own.site.model_copy(update={"hosts": ("127.0.0.1",)})})
    access = access_to(own, {"CONSENTINEL_RUN": "night\r\n7"})
    ask_by_proxy(Route(access=access), f"{url}/")
    session(None, Route(access=access)).get(f"{url}/", timeout=5)
    assert [told for _, _, told in asked] == ["night 7", "night 7"]
    assert access.headers_for("another.example") == {}
    assert access_to(REFERENCE, {}).headers == ()


def test_a_run_without_a_name_gets_one() -> None:
    environ: dict[str, str] = {}
    name_run(REFERENCE, environ)
    assert environ == {}
    name_run(polite(run_header="X-Test-Run"), environ)
    named = environ["CONSENTINEL_RUN"]
    assert named.startswith("consentinel-")
    name_run(polite(run_header="X-Test-Run"), environ)
    assert environ["CONSENTINEL_RUN"] == named, "a worker keeps the name that its run has"


def test_workers_share_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = polite(requests_per_second=8)
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "4")
    shared = manners_of(profile, cast("Any", None), Route())
    assert [shared.wait("a.example", 1.0) for _ in range(2)] == [0.0, 0.5]


@pytest.mark.parametrize(
    ("args", "workers"),
    [([], 1), (["-n", "2"], 2), (["-n", "3"], 3), (["--tx", "3*popen", "--dist", "load"], 3), (["--tx", "3*popen"], 1)],
)
def test_no_more_scenarios_play_at_once_than_the_profile_allows(
    pytester: pytest.Pytester, args: list[str], workers: int
) -> None:
    config = pytester.parseconfig(*args)
    plugin: Any = config.pluginmanager.get_plugin("xdist")
    plugin.pytest_cmdline_main(config)  # settles what these options mean together
    check_workers(REFERENCE, config)
    profile = polite(scenarios_at_once=2)
    if workers <= 2:
        check_workers(profile, config)
        return
    with pytest.raises(pytest.UsageError, match=r"lets 2 scenarios play at the same time .* has 3 workers; use -n 2"):
        check_workers(profile, config)


def test_by_default_nothing_waits(site: Asked) -> None:
    assert manners_of(REFERENCE, cast("Any", None), Route()).wait("a.example") == 0.0
    with pytest.raises(requests.RequestException):
        session(None, Route(manners=Manners(forbidden=lambda url: "no"))).get(site[0], timeout=5)
