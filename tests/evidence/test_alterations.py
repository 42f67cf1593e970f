"""Answers that the proxy alters on purpose: for one visitor, at the addresses that are meant, and noted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
import urllib3

from consentinel.browser.wait import wait_until
from consentinel.evidence.alterations import BROKEN_SCRIPT, CONNECTIONS, Alteration, Manner, alteration_of
from consentinel.evidence.proxy import RecordingProxy, Tap
from consentinel.evidence.request_merge import merge
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from tests.deployed import site

__all__ = ["site"]

pytestmark = pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")

LIMIT = 10.0
SCRIPT = "/static/consent.js"


@pytest.fixture(scope="module")
def proxy(site: RunningSite) -> Iterator[RecordingProxy]:
    proxy = RecordingProxy(trust=Path(site.ca_pem))
    yield proxy
    proxy.close()


@pytest.fixture
def tap(proxy: RecordingProxy) -> Iterator[Tap]:
    tap = proxy.tap()
    yield tap
    tap.close()
    proxy.untap(tap)


def ask(tap: Tap, url: str, **headers: str) -> urllib3.BaseHTTPResponse:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib3.ProxyManager(f"http://{tap.host}:{tap.port}", cert_reqs="CERT_NONE") as pool:
        return pool.request("GET", url, headers=told, timeout=LIMIT, retries=False)


def altered(tap: Tap, manner: Manner) -> Alteration:
    alteration = Alteration(lambda url: SCRIPT in url, manner)
    tap.alteration = alteration
    return alteration


def test_an_error_and_a_broken_script_are_the_harness_s_own_answers(site: RunningSite, tap: Tap) -> None:
    for manner, status, body in ((Manner.FAILED, 500, b""), (Manner.BROKEN, 200, BROKEN_SCRIPT)):
        alteration = altered(tap, manner)
        answer = ask(tap, site.url(hosts.SITE, SCRIPT))
        assert (answer.status, answer.data) == (status, body)
        assert alteration.applied == 1
        assert alteration_of(tap.flows[-1]) == manner.value
    assert [request.altered for request in merge((), tap.flows)] == [Manner.FAILED.value, Manner.BROKEN.value]


def test_other_addresses_documents_and_visitors_get_what_the_site_answers(
    site: RunningSite, proxy: RecordingProxy, tap: Tap
) -> None:
    alteration = altered(tap, Manner.FAILED)
    assert ask(tap, site.url(hosts.SITE, "/legal")).status == 200
    assert ask(tap, site.url(hosts.SITE, SCRIPT), sec_fetch_dest="document").status == 200
    other = proxy.tap()
    assert ask(other, site.url(hosts.SITE, SCRIPT)).status == 200
    proxy.untap(other)
    assert alteration.applied == 0
    assert not any(request.altered for request in merge((), tap.flows))


def test_a_connection_that_is_ended_gives_no_answer(site: RunningSite, tap: Tap) -> None:
    altered(tap, Manner.ENDED)
    with pytest.raises(urllib3.exceptions.HTTPError):
        ask(tap, site.url(hosts.SITE, SCRIPT))
    assert merge((), tap.flows)[0].status is None


@pytest.mark.parametrize("manner", [Manner.HELD_BACK, Manner.WITHHELD])
def test_what_is_held_back_comes_or_ends_when_it_is_let_go(site: RunningSite, tap: Tap, manner: Manner) -> None:
    alteration, url, landed = altered(tap, manner), site.url(hosts.SITE, SCRIPT), threading.Event()
    tap.on_change = lambda what, _: landed.set() if what == "answer" else None
    with ThreadPoolExecutor(1) as pool:
        asked: Future[urllib3.BaseHTTPResponse] = pool.submit(ask, tap, url)
        wait_until("the request to be held", lambda: alteration.holds(url), LIMIT)
        assert alteration.holds()
        assert not alteration.holds(site.url(hosts.SITE, "/legal"))
        assert not landed.is_set()
        assert not asked.done()
        alteration.let_go()
        assert not alteration.holds()
        if manner is Manner.HELD_BACK:
            assert b"consent" in asked.result(LIMIT).data
        else:
            assert isinstance(asked.exception(LIMIT), urllib3.exceptions.HTTPError)
    assert alteration_of(tap.flows[-1]) == manner.value


def test_what_was_let_go_is_not_held_again_until_it_is_to_be(site: RunningSite, tap: Tap) -> None:
    alteration = altered(tap, Manner.HELD_BACK)
    alteration.let_go()
    assert ask(tap, site.url(hosts.SITE, SCRIPT)).status == 200
    assert alteration.applied == 0
    alteration.manner = Manner.WITHHELD
    with pytest.raises(urllib3.exceptions.HTTPError):
        ask(tap, site.url(hosts.SITE, SCRIPT))
    assert alteration.applied == 1


def test_a_visitor_who_leaves_lets_go(site: RunningSite, tap: Tap) -> None:
    alteration, url = altered(tap, Manner.WITHHELD), site.url(hosts.SITE, SCRIPT)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, tap, url)
        wait_until("the request to be held", lambda: alteration.holds(url), LIMIT)
        tap.close()
        assert isinstance(asked.exception(LIMIT), urllib3.exceptions.HTTPError)


def test_what_is_slow_is_passed_on_one_after_the_other_in_the_order_of_addresses(site: RunningSite, tap: Tap) -> None:
    alteration = Alteration(lambda _url: True, Manner.SLOWED)
    tap.alteration = alteration
    urls = [site.url(hosts.SITE, path) for path in ("/static/harbour.css", SCRIPT)]
    with ThreadPoolExecutor(2) as pool:
        asked = {url: pool.submit(ask, tap, url) for url in urls}
        wait_until("both to be held", lambda: len(alteration.held()) == 2, LIMIT)
        for url in sorted(urls):
            assert not asked[url].done()
            alteration.pass_on(alteration.held()[0])
            assert asked[url].result(LIMIT).status == 200
    assert not alteration.holds()
    assert {request.altered for request in merge((), tap.flows)} == {Manner.SLOWED.value}


def test_what_is_held_back_is_known_by_the_moment_at_which_it_was_found(site: RunningSite, tap: Tap) -> None:
    tap.alteration = alteration = Alteration(lambda _url: True, Manner.SLOWED)
    assert alteration.first() is None
    with ThreadPoolExecutor(3) as pool:
        asked = []
        for number, moment in enumerate((3.0, 7.0, None)):
            asked.append(pool.submit(ask, tap, site.url(hosts.SITE, f"/legal?{number}")))
            wait_until("the request to be held", lambda: len(alteration.held()) == len(asked), LIMIT)
            if moment is not None:
                alteration.found(moment)
        assert [len(alteration.held(until)) for until in (2.9, 3.0, 7.0, 99.0)] == [0, 1, 2, 2]
        assert alteration.first() == 3.0
        alteration.pass_on(alteration.held(3.0)[0])
        assert asked[0].result(LIMIT).status == 200
        assert alteration.first() == 7.0
        alteration.let_go()
        assert {one.result(LIMIT).status for one in asked} == {200}
    assert alteration.first() is None


def test_what_was_held_back_and_ended_is_held_once_however_often_the_browser_repeats_it(
    site: RunningSite, tap: Tap
) -> None:
    alteration, url = altered(tap, Manner.WITHHELD), site.url(hosts.SITE, SCRIPT)
    for other in ("", "?other", ""):
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(ask, tap, url + other)
            wait_until("the request to be held", alteration.holds, LIMIT)
            alteration.pass_on(alteration.held()[0])
            assert isinstance(asked.exception(LIMIT), urllib3.exceptions.HTTPError)
        with pytest.raises(urllib3.exceptions.HTTPError):
            ask(tap, url + other)
        assert not alteration.holds()
        if other:
            alteration.hold_back()  # the visitor acts again
    assert alteration.applied == 6


@pytest.mark.parametrize(
    ("headers", "is_slow"),
    [
        ({"sec_fetch_dest": "document"}, False),
        ({"upgrade_insecure_requests": "1"}, False),  # a page over plain HTTP
        ({"upgrade_insecure_requests": "1", "sec_fetch_dest": "iframe"}, True),
        ({"accept": "text/html"}, True),
    ],
)
def test_a_page_itself_is_never_slow(site: RunningSite, tap: Tap, headers: dict[str, str], is_slow: bool) -> None:
    tap.alteration = Alteration(lambda _url: True, Manner.SLOWED)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, tap, site.url(hosts.SITE, "/legal"), **headers)
        if is_slow:
            wait_until("the request to be held", tap.holds, LIMIT)
            tap.alteration.let_go()
        assert asked.result(LIMIT).status == 200
    assert tap.alteration.applied == is_slow


def test_a_host_is_full_when_as_many_answers_are_held_as_a_browser_opens_connections(
    site: RunningSite, tap: Tap
) -> None:
    tap.alteration = alteration = Alteration(lambda _url: True, Manner.SLOWED)
    first, other = site.url(hosts.SITE, "/legal"), site.url(hosts.METRICS, "/tag.js")
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        asked = []
        for number in range(CONNECTIONS):
            assert not tap.is_full(first)
            asked.append(pool.submit(ask, tap, f"{first}?{number}"))
            wait_until("the request to be held", partial(alteration.holds, f"{first}?{number}"), LIMIT)
        assert tap.is_full(first)
        assert not tap.is_full(other)
        tap.alteration.let_go()
        assert {one.result(LIMIT).status for one in asked} == {200}
    assert not tap.is_full(first)
