"""A service that is at work without leave is one cause, with all that it stores and sends as its parts."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from consentinel.fleet.grouping import shared_causes
from consentinel.fleet.result import result_of, with_run
from consentinel.report.annotations import github, gitlab
from consentinel.report.causes import cause_ids, causes, fingerprint
from consentinel.report.failures import failures
from consentinel.report.promises import answers
from consentinel.report.sarif import sarif
from consentinel.report.schema import CauseData, FindingData, Item, RunData, ScenarioData
from consentinel.report.summary import markdown
from consentinel.report.webhook import summary
from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario, step

SITE, METRICS = "www.site.localhost", "metrics.localhost"
TAG = f"https://{METRICS}/tag.js:14"
STORED, WRITTEN = "stored without consent", "written without consent"


def kept(name: str, kind: str = "cookie", rule: str = STORED, **changed: Any) -> FindingData:
    about: dict[str, Any] = {
        "rule": rule,
        "category": "analytics",
        "item": Item(kind=kind, name=name, host=SITE),
        "written_by": TAG,
        "sentence": f"The analytics {kind} {name} of {SITE} {rule}",
        "origin": METRICS,
        "at": 1000.1,
    }
    return finding("P10", **{**about, **changed})


def called(rule: str = "contacted without consent", **changed: Any) -> FindingData:
    item = Item(kind="request", name="/tag.js", host=changed.get("origin", METRICS))
    return kept("/tag.js", "request", rule, **{"item": item, **changed})


def broken(number: int, *findings: FindingData, **changed: Any) -> ScenarioData:
    name = f"scenario-{number}"
    return scenario("failed", "P10", id=name, scenario=f"Scenario {number}", findings=list(findings), **changed)


def service() -> RunData:
    """What a tag that runs before a choice leaves in three scenarios."""
    items = [kept("_ga"), kept("_ga_*"), kept("_gid"), kept("buffer", "indexed_db"), called()]
    return run(broken(1, *items), broken(2, kept("_ga", rule=WRITTEN), kept("_gid", rule=WRITTEN)), broken(3, called()))


def only(made: RunData) -> CauseData:
    (cause,) = made["causes"]
    return cause


def test_a_tag_that_runs_before_a_choice_is_one_cause() -> None:
    cause = only(service())

    assert cause["sentence"] == (
        "The analytics service at metrics.localhost is at work before a choice: it hears from the visitor and stores "
        "3 cookies and 1 database; written by https://metrics.localhost/tag.js"
    )
    assert (cause["rule"], cause["item"]) == ("at work without consent", Item(kind="request", name="", host=METRICS))
    assert [(part["kind"], part["name"], part["rule"]) for part in cause["parts"][-1:]] == [
        ("request", "", "contacted without consent")
    ]
    assert len(cause["parts"]) == 7
    assert cause["scenarios"] == ["scenario-1", "scenario-2", "scenario-3"]


def test_every_finding_leads_to_its_cause_and_keeps_its_own_id() -> None:
    made = service()
    cause = only(made)
    ids = {one["cause"] for each in made["scenarios"] for one in each["findings"]}

    assert ids <= {cause["id"], *cause["also"]}
    assert {part["id"] for part in cause["parts"]} == ids
    assert [cause_ids(each) for each in made["scenarios"]] == [[cause["id"]]] * 3


def test_its_id_is_that_of_the_contact_whatever_was_seen_of_it() -> None:
    """A run that saw the contact alone, or one cookie alone, names the same cause."""
    ids = {only(run(broken(1, one)))["id"] for one in (called(), kept("_ga"), kept("_gid", rule=WRITTEN))}

    assert ids == {called()["cause"]} == {only(service())["id"]}


def test_the_order_of_scenarios_and_findings_makes_no_difference() -> None:
    first = only(service())
    for order in itertools.permutations(service()["scenarios"]):
        (cause,) = causes([{**one, "findings": one["findings"][::-1]} for one in order])
        assert (cause["id"], cause["sentence"]) == (first["id"], first["sentence"])
        assert {part["id"] for part in cause["parts"]} == {part["id"] for part in first["parts"]}


@pytest.mark.parametrize(
    "other",
    [
        kept("_ga", written_by=f"https://{SITE}/", origin=""),  # the site's own answer sets it as well
        kept("_ga", written_by=f"https://{SITE}/js/own.js:1", origin=f"{SITE}/js/own.js"),
        kept("_adn", category="advertising"),
        kept("_ads", written_by="https://ads.localhost/ads.js", origin="ads.localhost"),
        kept("_new", rule="undeclared: stored without consent", category="undeclared"),
        kept("_ga", rule="kept too long", origin=""),
        called(category="advertising"),
    ],
)
def test_another_writer_category_service_or_rule_is_another_cause(other: FindingData) -> None:
    made = service()
    found = causes([*made["scenarios"], broken(4, other)])

    assert len(found) == 2
    one, another = ({cause["id"], *cause["also"]} for cause in found)
    assert not one & another


def test_two_services_with_one_fault_each_are_two_causes() -> None:
    ads = [
        kept(name, category="advertising", written_by="https://ads.localhost/a.js:1", origin="ads.localhost")
        for name in ("_adn", "_adx")
    ]

    assert len(causes([broken(1, kept("_ga"), kept("_gid"), *ads)])) == 2


@pytest.mark.parametrize(
    ("granted", "when"),
    [
        ([None, None], "is at work before a choice: it"),
        ([[], []], "is at work although a choice did not allow it: it"),
        ([None, []], "is at work without consent: it"),
    ],
)
def test_the_sentence_says_when(granted: list[list[str] | None], when: str) -> None:
    steps = [step(at=1000.0, granted=granted[0]), step(at=1000.05, granted=granted[1])]

    assert when in only(run(broken(1, kept("_ga"), kept("_gid"), steps=steps)))["sentence"]


def test_a_service_that_nobody_declared_says_what_to_declare() -> None:
    stray = {"category": "undeclared", "written_by": "https://widget.example/w.js:1", "origin": "widget.example"}
    items = [
        kept("wid", rule="undeclared: stored without consent", **stray),
        kept("w2", "local_storage", "undeclared: not declared", **stray),
    ]
    contact = called("undeclared: contacted without consent", **stray)
    stored, both = only(run(broken(1, *items))), only(run(broken(1, *items, contact)))

    assert stored["sentence"] == (
        "The service at widget.example stores what is in no category of the policy: 1 cookie and 1 local storage entry"
        "; written by https://widget.example/w.js"
    )
    assert both["sentence"].startswith(
        "The service at widget.example is in no category of the policy, and is at work before a choice: it hears"
    )
    assert 'cookies = ["wid"]; local_storage = ["w2"], under [categories.…]' in stored["advice"]
    assert "If the policy covers widget.example" in both["advice"]
    assert 'cookies = ["wid"]' in both["advice"]
    assert (stored["undeclared"], stored["rule"]) == (True, "undeclared")


def test_page_terminal_summary_and_webhook_show_one_cause_and_every_name(tmp_path: Path) -> None:
    made = service()
    cause = only(made)
    page = write_report(made, tmp_path).read_text("utf-8")
    printed = " ".join(" ".join(failures(made)).split())

    assert "1 cause behind 3 broken scenarios" in page
    assert page.count('class="answer s-broken" id="cause-') == 1
    for part in cause["parts"]:
        assert page.count(f'id="cause-{part["id"]}"') == 1, "a link to each finding still leads somewhere"
    assert page.count(part["sentence"]) == 1
    assert "1 cause breaks 3 scenarios" in printed
    assert "What: cookies _ga, _ga_*, _gid; database buffer; requests to metrics.localhost" in printed
    assert markdown(made).count("Cause 1") == 1
    assert [one["items"] for one in summary(made, None, 1)["causes"]] == [
        "cookies _ga, _ga_*, _gid; database buffer; requests to metrics.localhost"
    ]
    assert [len(answer.sightings) for answer in answers(made) if answer.id == "P10"] == [1]


def test_code_hosts_get_one_result_which_a_further_item_makes_a_new_one() -> None:
    made = service()
    (result,) = sarif(made)["runs"][0]["results"]
    (entry,) = gitlab(made)
    more = run(*made["scenarios"], broken(4, kept("_gat")))

    assert "cookies _ga, _ga_*, _gid" in result["message"]["text"]
    assert result["partialFingerprints"] == {"consentinelCause/v1": f"{fingerprint(only(made))}/P10"}
    assert entry["fingerprint"] == fingerprint(only(made)) != fingerprint(only(more))
    assert len([line for line in github(made) if line.startswith("::error")]) == 1
    assert fingerprint(only(run(broken(1, kept("_ga"))))) == kept("_ga")["cause"]


def test_a_record_without_origins_has_a_cause_for_each_item() -> None:
    items = [kept(name, origin="") for name in ("_ga", "_gid")]

    assert len(causes([broken(1, *items)])) == 2


def test_many_sites_share_the_cause_whatever_each_saw_of_it() -> None:
    seen = {"one": service(), "two": run(broken(1, called())), "three": run(broken(1, kept("_ga")))}
    results = [
        with_run(
            result_of(name, code=1, ended="broken", started=1.0, seconds=1.0),
            {**made, "base_url": f"https://www.{name}.example/"},
            name,
        )
        for name, made in seen.items()
    ]
    (cause,) = shared_causes(json.loads(json.dumps(results)))

    assert list(cause.sites) == ["one", "two", "three"]
    assert (cause.rule, cause.host) == ("at work without consent", METRICS)
    assert ["cookie", "_ga"] in [list(one) for one in cause.items]


def partner(host: str, sender: str, **changed: Any) -> FindingData:
    return called(category="advertising", origin=host, written_by=sender, **changed)


def ads(*further: FindingData, browser: str = "chromium") -> list[CauseData]:
    """A tag that stores a cookie, and what else was found."""
    tag = kept("_adn", category="advertising", written_by="https://ads.localhost/a.js:1", origin="ads.localhost")
    return causes([broken(1, tag, browser=browser), broken(2, *further, browser=browser)])


def test_services_that_a_tag_alone_brings_in_are_its_fault() -> None:
    one = partner("sync.localhost", "https://ads.localhost/a.js:7")
    two = partner("far.localhost", "https://sync.localhost/frame.html")
    (first,), (both,) = ads(one), ads(one, two)

    assert first["sentence"] == (
        "The advertising service at ads.localhost is at work before a choice: it calls sync.localhost and stores 1 "
        "cookie; written by https://ads.localhost/a.js"
    )
    assert "calls 2 other hosts" in both["sentence"]
    assert both["id"] == only(run(broken(1, partner("ads.localhost", ""))))["id"]
    assert {one["cause"], two["cause"]} <= {*both["also"]}


@pytest.mark.parametrize(
    "further",
    [
        [partner("sync.localhost", f"https://{SITE}/")],  # a page asks for it
        [partner("sync.localhost", f"https://{SITE}/js/own.js:1")],
        [partner("sync.localhost", "https://ads.localhost/a.js:7"), partner("sync.localhost", f"https://{SITE}/")],
        [partner("sync.localhost", "")],
        [partner("sync.localhost", "https://ads.localhost/a.js:7", rule="undeclared: contacted without consent")],
        [called(origin="stats.localhost", written_by="https://ads.localhost/a.js:7")],  # for another category
    ],
)
def test_what_somebody_else_asks_for_is_a_cause_of_its_own(further: list[FindingData]) -> None:
    assert len(ads(*further)) == 2


def test_a_browser_that_names_no_senders_joins_nothing() -> None:
    assert len(ads(partner("sync.localhost", "https://ads.localhost/frame.html"), browser="firefox")) == 2


def test_what_the_sites_own_script_asks_for_is_no_part_of_what_it_stores() -> None:
    own = kept("_own", written_by=f"https://{SITE}/js/own.js:1", origin=f"{SITE}/js/own.js")

    assert len(causes([broken(1, own, called(written_by=f"https://{SITE}/js/own.js:9"))])) == 2


def test_services_that_call_each_other_are_one_cause() -> None:
    pair = [
        partner("a.localhost", "https://b.localhost/b.js:1"),
        partner("b.localhost", "https://a.localhost/a.js:1"),
    ]
    ids = [[cause["id"] for cause in causes([broken(1, *order)])] for order in (pair, pair[::-1])]

    assert len(ids[0]) == 1
    assert ids[0] == ids[1]


def test_a_promise_names_a_cause_once_also_where_one_service_brought_in_another() -> None:
    made = run(
        broken(
            1, kept("_adn", category="advertising", written_by="https://ads.localhost/a.js:1", origin="ads.localhost")
        ),
        broken(2, partner("sync.localhost", "https://ads.localhost/a.js:7")),
    )

    assert [len(answer.sightings) for answer in answers(made) if answer.id == "P10"] == [1]
