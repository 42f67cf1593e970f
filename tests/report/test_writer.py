"""The folder that a run is written into."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from consentinel.report import one_line
from consentinel.report.links import inside, scenario_page
from consentinel.report.signal_schema import SignalData
from consentinel.report.timeline import read
from consentinel.report.timeline_svg import Parties
from consentinel.report.writer import ReportError, write_report
from tests.commands import code_of
from tests.report.builders import (
    finding,
    item,
    run,
    scenario,
    step,
)
from tools.report_demo.files import write_files
from tools.report_demo.invented import HOSTILE, invented


def test_everything_is_there(tmp_path: Path) -> None:
    first = write_report(run(scenario("passed", "P24")), tmp_path)

    assert first == tmp_path / "index.html"
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        "code-quality.json",
        "cucumber.json",
        "index.html",
        "inventory.csv",
        "inventory.html",
        "manifest.json",
        "results.sarif",
        "run.json",
        "scenarios.html",
        "scenarios/a-refusal-holds-chromium.html",
        "static/report.css",
        "static/report.js",
        "summary.md",
    ]


def test_a_run_without_scenarios_is_readable(tmp_path: Path) -> None:
    page = write_report(run(complete=False, promises=[], browsers={}), tmp_path).read_text(encoding="utf-8")

    assert "The run did not reach its end" in page


def test_missing_pictures_and_timelines_are_said_to_be_missing(tmp_path: Path) -> None:
    data = scenario("inconclusive", steps=[step(picture="pictures/a.png")], timelines=["timelines/a.json"])
    write_report(run(data), tmp_path)

    page = (tmp_path / scenario_page(data)).read_text(encoding="utf-8")

    assert "The screenshot is missing." in page
    assert "The timeline is missing" in page
    assert "No file was kept." in page


@pytest.mark.parametrize("content", ["", "{", "[]", '{"visitor": 1}', '{"visitor": "a", "entries": 7}'])
def test_a_torn_timeline_is_no_obstacle(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")

    assert read(tmp_path, "a.json").problem.startswith("The timeline could not be read")


def test_unknown_entries_of_a_timeline_are_passed_over(tmp_path: Path) -> None:
    entries = [7, {"type": "new", "at": 1}, {"type": "action"}, {"type": "action", "at": 2, "sentence": "walks"}]
    (tmp_path / "a.json").write_text(json.dumps({"visitor": "a", "entries": entries}), encoding="utf-8")

    assert [event.name for event in read(tmp_path, "a.json").events] == ["walks"]


def test_no_value_of_a_parameter_is_shown(tmp_path: Path) -> None:
    request = {"type": "request", "at": 1, "url": "https://a.example/collect?cid=714722125&v#me=7", "method": "GET"}
    (tmp_path / "a.json").write_text(json.dumps({"visitor": "a", "entries": [request]}), encoding="utf-8")

    assert [event.name for event in read(tmp_path, "a.json").events] == ["https://a.example/collect?cid&v"]


def test_the_page_names_a_request_that_never_ended(tmp_path: Path) -> None:
    poll = "GET https://shop.example/poll, watched for 5 s"
    write_report(run(scenario(id="loud", stood=[poll]), scenario(id="quiet")), tmp_path)
    pages = {name: next(tmp_path.rglob(f"{name}.html")).read_text(encoding="utf-8") for name in ("loud", "quiet")}
    assert poll in pages["loud"]
    assert "went on without an end" not in pages["quiet"]


def test_the_page_names_what_the_harness_altered(tmp_path: Path) -> None:
    altered = "GET https://shop.example/manager.js: held back by the harness"
    write_report(run(scenario(id="late", altered=[altered]), scenario(id="plain")), tmp_path)
    pages = {name: next(tmp_path.rglob(f"{name}.html")).read_text(encoding="utf-8") for name in ("late", "plain")}
    assert altered in pages["late"]
    assert "altered" not in pages["plain"]


def test_pages_of_an_earlier_run_go(tmp_path: Path) -> None:
    write_report(run(scenario(id="old")), tmp_path)
    write_report(run(scenario(id="new")), tmp_path)

    assert [page.name for page in (tmp_path / "scenarios").iterdir()] == ["new.html"]


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(ReportError, match=r"^The report could not be written to .*/file/report: Not a directory$"):
        write_report(run(), tmp_path / "file" / "report")


def test_a_full_disk_leaves_the_former_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    former = write_report(run(scenario("passed", "P24")), tmp_path).read_bytes()
    whole = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "inventory.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return whole(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(ReportError, match="No space left on device"):
        write_report(run(scenario("failed", "P24")), tmp_path)
    assert (tmp_path / "index.html").read_bytes() == former
    assert not list(tmp_path.glob(".writing-*"))


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    items = [item(name, host=name, written_by=name, category=name) for name in HOSTILE]
    sent = [item(name, kind="request", change="sent", host=name) for name in HOSTILE]
    for number, name in enumerate(HOSTILE):
        made = step(name, keyword=name, items=items + sent)
        told = finding(name, sentence=name, moment=name, written_by=name, category=name)
        data = scenario("failed", name, id=f"s{number}", scenario=name, feature=name, rule=name, findings=[told])
        data["steps"] = [made]
        data["stood"] = data["altered"] = [name]
        data["browser"] = data["worker"] = data["file"] = data["reason"] = name
        promises = [{"id": name, "title": name, "not_provable": ""}]
        write_report(run(data, site=name, base_url=name, tool=name, promises=promises, problems=[name]), tmp_path)
        for page in tmp_path.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            assert text.count("<script") == 1, page
            assert "\u202e" not in text
            assert "\x00" not in text
            assert "49" not in text.split("{{ 7*7 }}")[-1][:4]
            assert "x" * 1_300 not in text


@pytest.mark.parametrize("identity", ["../../etc/passwd", "/absolute", ".hidden", "", "x" * 999, "a b", "ü", "\ud83d"])
def test_no_id_leaves_the_folder(identity: str) -> None:
    page = scenario_page(scenario(id=identity))

    assert inside(page)
    assert page.startswith("scenarios/")
    assert page.isascii()
    assert len(page) < 200


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "a/../../x", "..\\x", "C:\\x", "javascript:alert(1)"])
def test_no_picture_is_taken_from_elsewhere(path: str) -> None:
    assert not inside(path)


def test_an_unknown_host_is_first_party_only_on_the_sites_own_name() -> None:
    parties = Parties("https://www.site.localhost:8443/", {"cdn.localhost": ("third", "functionality")})

    assert parties.of("shop.site.localhost") == ("first", "functionality")
    assert parties.of("notsite.localhost") == ("third", "unknown")
    assert parties.of("cdn.localhost") == ("third", "functionality")


def test_a_finding_stands_at_the_step_during_which_it_happened(tmp_path: Path) -> None:
    data = scenario("failed", "P24", findings=[finding(at=1001.2)])
    write_report(run(data), tmp_path)

    page = (tmp_path / scenario_page(data)).read_text(encoding="utf-8")

    steps = page.index("a new visitor</p>"), page.index("they refuse social cookies</p>")
    assert steps[0] < steps[1] < page.index('class="found"')


def test_each_of_150_scenarios_has_a_page(tmp_path: Path) -> None:
    made = invented(150)
    write_files(made, tmp_path, pictures=False)

    write_report(made, tmp_path)

    assert len(list((tmp_path / "scenarios").iterdir())) == 150


def test_the_page_shows_all_signals_of_the_choice_side_by_side(tmp_path: Path) -> None:
    told: SignalData = {
        "visitor": "visitor",
        "chosen": None,
        "means": "TC string",
        "page": ["no consent"],
        "requests": ["ads.localhost: consent for purposes 1 and <b>3</b>"],
        "stored": [],
        "differs": ["The service at ads.localhost was told of consent"],
    }
    data = scenario("failed", signals=[told])
    write_report(run(data), tmp_path)

    page = (tmp_path / scenario_page(data)).read_text(encoding="utf-8")

    assert "What was said of the choice" in page
    assert "before any choice" in page
    assert "&lt;b&gt;3&lt;/b&gt;" in page
    assert page.count('class="differs"') == page.count('class="difference"') == 1
    silent = scenario("passed", id="silent")
    write_report(run(silent), tmp_path)
    assert "What was said" not in (tmp_path / scenario_page(silent)).read_text(encoding="utf-8")


def test_a_report_is_told_in_a_few_lines_by_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_report(run(scenario("failed", "P24", findings=[finding()])), tmp_path)
    assert code_of(one_line.main, [str(tmp_path / "run.json")]) == 0
    by_file = capsys.readouterr().out
    assert code_of(one_line.main, [str(tmp_path)]) == 0
    assert capsys.readouterr().out == by_file
    assert by_file.splitlines()[1].startswith("P24 broken")
