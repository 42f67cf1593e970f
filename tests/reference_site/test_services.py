"""The third parties: who sets a cookie, who does not, and what the log knows of it."""

import json

import pytest

from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.reference_site.store import DEMO
from tests.reference_site.client import Client


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (hosts.CDN, "/kit/1/kit.css"),
        (hosts.PAY, "/frame?amount=5"),
        (hosts.METRICS, "/tag.js?id=HARBOUR1"),
        (hosts.WIDGETS, "/embed.js"),
        (hosts.ADNET, "/tag.js"),
        (hosts.ADNET, "/creative"),
        (hosts.CIRCLE, "/privacy"),
        (hosts.SYMMETRICS, "/kit/1/mark.svg"),
    ],
)
def test_these_answer_and_set_no_cookie(running: RunningSite, host: str, path: str) -> None:
    client = Client(running, host)
    assert client.get(path).status == 200
    assert client.cookies == {}


@pytest.mark.parametrize(
    ("host", "path", "name"),
    [(hosts.WIDGETS, "/button", "circle_id"), (hosts.ADNET, "/pixel", "adnet_id")],
)
def test_these_recognise_a_browser(running: RunningSite, host: str, path: str, name: str) -> None:
    client = Client(running, host)
    client.get(path)
    first = client.cookies[name]
    client.get(path)
    assert client.cookies[name] == first
    for attribute in ("HttpOnly", "Max-Age=7776000", "SameSite=none", "Secure"):
        assert attribute in client.attributes[name]


def test_an_open_session_is_recognised_without_a_click(running: RunningSite) -> None:
    network = Client(running, hosts.CIRCLE)
    assert network.post("/sign-in", email=DEMO.email, password=DEMO.password).status == 303
    widgets = Client(running, hosts.WIDGETS)
    assert "Ada" not in widgets.get("/button").data.decode()
    widgets.cookies["circle_session"] = network.cookies["circle_session"]
    assert "Ada, share this" in widgets.get("/button").data.decode()


def test_the_network_only_vouches_towards_its_customers(running: RunningSite) -> None:
    network = Client(running, hosts.CIRCLE)
    assert network.get("/authorise?return=https://evil.localhost/").status == 400
    assert network.get(f"/authorise?return=https://{hosts.SITE}/account").status == 303


@pytest.mark.parametrize("method", ["get", "post"])
def test_events_are_taken_without_an_answer(running: RunningSite, method: str) -> None:
    assert getattr(Client(running, hosts.METRICS), method)("/g/collect").status == 204


def test_the_log_knows_every_request_and_not_its_own(running: RunningSite) -> None:
    control = Client(running, hosts.CONTROL)
    before = json.loads(control.get("/log").data)
    last = before[-1]["seq"] if before else 0
    Client(running, hosts.METRICS).post("/g/collect?v=2", tid="HARBOUR1")
    entry = json.loads(control.get(f"/log?after={last}&host={hosts.METRICS}").data)[-1]
    assert (entry["method"], entry["path"], entry["query"]) == ("POST", "/g/collect", "v=2")
    assert (entry["body_length"], entry["status"]) == (len("tid=HARBOUR1"), 204)
    assert all(entry["path"] != "/log" for entry in json.loads(control.get("/log").data))
