"""What leaves the harness: no value of a site's, unless asked for, in timelines, traffic, findings and run.json."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from consentinel.evidence.records import Kind, Picture, Stood, Value
from consentinel.evidence.request_merge import merge
from consentinel.evidence.secrets import Secrets
from consentinel.evidence.timeline import Timeline
from consentinel.pytest_plugin.export import write_har, write_timeline
from consentinel.pytest_plugin.options import Settings
from consentinel.pytest_plugin.scenario_secrets import secrets_of
from consentinel.pytest_plugin.serialize import THINNED, as_property, scenario_data
from consentinel.pytest_plugin.step_changes import steps_of
from consentinel.report.causes import causes
from consentinel.report.schema import VERSION, RunData
from consentinel.verdicts import sent, stored
from consentinel.verdicts.judge import PromiseBroken
from tests.evidence.builders import flow
from tests.pytest_plugin.builders import scenario_run, visitor
from tests.verdicts.builders import (
    BLIND,
    HOME,
    PROFILE,
    choice,
    cookie,
    request,
    rest,
    setting,
    state,
    timeline,
    visit,
    write,
)

VALUE = "v4lu3of0ne4da"
KEY = "k3yof0ne4da"
SCHEMA = Path(__file__).parents[2] / "src/consentinel/report" / "run.schema.json"
SETTINGS = Settings(
    site="shop", base_url=None, engines=(), headed=False, slow_ms=0, report=Path(), wire=True, horizon=None,
    pictures=False, show_values=False, fail_on_inconclusive=False, repeat=1, grid=None,
    proxy_host="127.0.0.1", second_engine=None,
    authority=None, history=None, baseline=False, exceptions=None, webhook=None, deployments=(), evidence=True,
)  # fmt: skip


def full_of_values() -> Timeline:
    """A record in which every place that may hold a value holds one."""
    script = f"{HOME}m.js?u={VALUE}:12"
    return timeline(
        replace(visit(), page=f"{HOME}?u={VALUE}"),
        choice(2.0, "analytics"),
        write("_adn", value=VALUE, script=script, frame=f"{HOME}?u={VALUE}"),
        write(f"https://ads.example/b?u={VALUE}#{VALUE}", kind=Kind.REQUEST, script=script, at=11.0),
        write(f"/worker.js?run={VALUE}", kind=Kind.SERVICE_WORKER, at=12.0),
        setting("_ga", VALUE, at=13.0, url=f"{HOME}set?u={VALUE}"),
        request(
            f"https://ads.example/b;v={VALUE}?u={VALUE}&{VALUE}",
            at=14.0,
            page=f"{HOME}?u={VALUE}",
            referer=f"{HOME}?u={VALUE}",
            initiator=script,
            cookies=(("_adn", Value(VALUE)),),
            body=Value(VALUE),
        ),
        state(20.0, cookie("_adn", VALUE), cookie("_ga", VALUE)),
        Picture(21.0, "pictures/a.jpg"),
        rest(complete=False, page=f"{HOME}?u={VALUE}", reason=f"a request never ended: {HOME}?u={VALUE}"),
    )


def traffic() -> list[Any]:
    headers = {"Cookie": f"a={VALUE}", "Referer": f"{HOME}?u={VALUE}", "Authorization": f"Bearer {KEY}",
               "If-None-Match": VALUE}  # fmt: skip
    asked = flow(f"{HOME}x?u={VALUE}&v={VALUE}", method="POST", headers=headers, body=VALUE.encode(), status=302,
                 set_cookies=[f"a={VALUE}"])  # fmt: skip
    assert asked.response is not None
    asked.response.headers["Location"] = f"{HOME}y?u={VALUE}"
    asked.response.headers["Etag"] = VALUE
    asked.response.text = VALUE
    return [asked, flow(HOME, answered=False)]


def exported(folder: Path, show_values: bool) -> tuple[str, str]:
    somebody = visitor(full_of_values(), traffic())
    secrets = secrets_of(PROFILE, [somebody], values_shown=show_values)
    har = write_har(somebody, folder, "one", secrets, show_values)
    assert har == "hars/one.har"
    path = write_timeline(somebody, folder, "one", secrets, show_values)
    assert path == "timelines/one.json"
    return (folder / path).read_text(encoding="ascii"), (folder / har).read_text(encoding="ascii")


def test_no_value_leaves_unasked(tmp_path: Path) -> None:
    told, har = exported(tmp_path, show_values=False)
    assert VALUE not in told
    assert VALUE not in har


def test_names_stay_so_that_the_record_can_be_read(tmp_path: Path) -> None:
    told, har = exported(tmp_path, show_values=False)
    entries = json.loads(told)["entries"]
    (beacon,) = [entry for entry in entries if entry["type"] == "request" and "ads.example" in entry["url"]]
    assert beacon["url"] == "https://ads.example/b;v=(hidden)?u=(hidden)&(hidden)"
    assert beacon["cookies"] == [["_adn", f"{len(VALUE)} characters"]]
    assert beacon["body"] == f"{len(VALUE)} characters"
    assert entries[-1]["reason"] == f"a request never ended: {HOME}?u=(hidden)"
    (entry,) = json.loads(har)["log"]["entries"]
    assert entry["request"]["url"] == f"{HOME}x?u=(hidden)&v=(hidden)"
    assert entry["request"]["queryString"] == [{"name": "u", "value": "(hidden)"}, {"name": "v", "value": "(hidden)"}]
    headers = {
        header["name"].lower(): header["value"]
        for message in ("request", "response")
        for header in entry[message]["headers"]
    }
    assert (headers["location"], headers["referer"]) == (f"{HOME}y?u=(hidden)", f"{HOME}?u=(hidden)")
    assert {headers[name] for name in ("cookie", "set-cookie", "etag", "if-none-match")} == {"(hidden)"}
    assert headers["authorization"] == "(secret)"
    assert entry["response"]["redirectURL"] == f"{HOME}y?u=(hidden)"
    assert "text" not in entry["response"]["content"]


def test_values_are_shown_when_asked_for(tmp_path: Path) -> None:
    told, har = exported(tmp_path, show_values=True)
    assert told.count(VALUE) > 10
    assert f"{HOME}x?u={VALUE}" in har
    assert f"Bearer {KEY}" not in har


@pytest.mark.parametrize("show_values", [False, True])
def test_the_traffic_names_addresses_as_browsers_write_them(tmp_path: Path, show_values: bool) -> None:
    urls = ["http://[::1]:8000/a", "https://[2001:db8::1]/b", "https://xn--bcher-kva.example/c"]
    flows = [flow(url) for url in urls]
    for url, one in zip(urls, flows, strict=True):
        one.request.headers["Host"] = urlsplit(url).netloc  # as a browser sends it
    path = write_har(visitor(timeline(), flows), tmp_path, "one", Secrets(), show_values)
    assert path is not None
    entries = json.loads((tmp_path / path).read_text("ascii"))["log"]["entries"]
    assert [entry["request"]["url"] for entry in entries] == urls


def test_without_a_wire_there_is_no_traffic_to_write(tmp_path: Path) -> None:
    assert write_har(visitor(timeline()), tmp_path, "one", Secrets(), False) is None


def heard(*verdicts: object) -> Any:
    """A scenario whose judge found all this."""
    made = scenario_run(visitor(full_of_values(), traffic()), visitor(timeline(visit(), state(2.0), rest())))
    made.judge.blind = BLIND
    for verdict in verdicts:
        with pytest.raises(PromiseBroken):
            made.judge.require(verdict)  # type: ignore[arg-type]
    return made


def test_neither_findings_nor_steps_name_a_writer_with_values(tmp_path: Path) -> None:
    seen = full_of_values()
    found = heard(stored.only(seen, PROFILE, (), ()), sent.only_allowed(seen, PROFILE, (), ()))
    data = scenario_data(found, PROFILE, replace(SETTINGS, report=tmp_path), "chromium", 1, "failed", "")
    assert len(data["findings"]) == 4
    writers = {finding["written_by"] for finding in data["findings"]} | {
        item["written_by"] for item in data["steps"][0]["items"]
    }
    assert f"{HOME}m.js:12" in writers
    assert not any("?" in writer for writer in writers)
    assert VALUE not in json.dumps(data)


def test_run_json_is_as_its_schema_says(tmp_path: Path) -> None:
    made = heard(stored.only(full_of_values(), PROFILE, (), ()))
    data = scenario_data(made, PROFILE, replace(SETTINGS, report=tmp_path), "chromium", 1, "failed", "")
    name, told = as_property(made, data)
    assert name == "consentinel"
    assert told["versions"] == {"chromium": "Browser 1"}
    assert "a picture could not be taken" in told["problems"]
    run = RunData(
        version=VERSION, tool="consentinel", site="Shop", base_url=HOME, started=0.0, seconds=1.0, complete=True,
        browsers=told["versions"], wire=True, horizon_s=5.0, promises=[], blindness=told["blindness"],
        scenarios=[told["scenario"]], causes=causes([told["scenario"]]), problems=told["problems"],
    )  # fmt: skip
    jsonschema.validate(json.loads(json.dumps(run)), json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert data["timelines"] == [f"timelines/{made.id}.json", f"timelines/{made.id}-2.json"]
    assert data["hars"] == [f"hars/{made.id}.har"]
    assert data["bound_s"] == 5.0


def test_a_folder_that_cannot_be_written_is_a_problem_and_not_a_verdict(tmp_path: Path) -> None:
    (tmp_path / "timelines").write_text("in the way", encoding="ascii")
    made = heard()
    data = scenario_data(made, PROFILE, replace(SETTINGS, report=tmp_path), "chromium", 1, "passed", "")
    assert (data["timelines"], data["outcome"]) == ([], "passed")
    assert made.problems[0].startswith("evidence could not be written to")


def test_a_step_tells_what_it_added_changed_removed_and_sent() -> None:
    before = state(-5.0, cookie("session", "1"), cookie("_ga", "1"), cookie("choice", "1"))
    after = state(20.0, cookie("session", "1"), cookie("_ga", "2"), cookie("_adn", "1", expires=80.0))
    seen = timeline(before, visit(), choice(2.0, "social"), request(f"{HOME}x?u=1"), request(f"{HOME}x?u=2"), after,
                    Picture(21.0, "pictures/a.jpg"), request("https://zz.example/", at=99.0))  # fmt: skip
    first, second = steps_of(scenario_run(), [seen], PROFILE)
    assert [(item["name"], item["change"], item["category"], item["lifetime_s"]) for item in first["items"]] == [
        ("_adn", "added", "advertising", 60.0),
        ("_ga", "changed", "analytics", None),
        ("choice", "gone", "functionality", None),
        ("/x", "sent", "functionality", None),
    ]
    assert (first["picture"], first["granted"]) == ("pictures/a.jpg", ["social"])
    assert (second["items"], second["picture"]) == ([], "")


def test_traffic_of_the_wire_keeps_what_the_timeline_keeps() -> None:
    assert [one.url for one in merge([], traffic())] == [f"{HOME}x?u={VALUE}&v={VALUE}", HOME]


def test_what_stood_is_told_once_with_the_shortest_time(tmp_path: Path) -> None:
    stood = [rest(standing=(Stood(f"GET {HOME}poll", seconds),), thinned=seconds > 1) for seconds in (5.0, 1.0)]
    made = scenario_run(visitor(timeline(visit(), *stood)))
    data = scenario_data(made, PROFILE, replace(SETTINGS, report=tmp_path), "chromium", 1, "passed", "")
    assert data["stood"] == [f"GET {HOME}poll, watched for 1 s", THINNED]
