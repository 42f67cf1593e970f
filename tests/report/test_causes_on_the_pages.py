"""The report shows each cause once, under an address that the next run keeps, and leads to it from everywhere."""

from __future__ import annotations

from pathlib import Path

from consentinel.report.causes import causes
from consentinel.report.schema import RunData
from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario
from tests.report.test_causes import TOKEN, broken

SENTENCE = "The cookie csrftoken is in no category."


def written(made: RunData, folder: Path) -> str:
    return write_report(made, folder).read_text("utf-8")


def test_a_cause_of_forty_scenarios_is_one_card_with_all_of_them_in_it(tmp_path: Path) -> None:
    token = finding("P10", **TOKEN)
    page = written(run(*(broken(number, token) for number in range(40))), tmp_path)

    card = page.partition(f'id="cause-{token["cause"]}"')[2].partition("</article>")[0]
    assert "1 cause behind 40 broken scenarios" in page
    assert "In no category of the policy" in page
    assert "Known, and not allowed" not in page
    assert "cookies = [&#34;csrftoken&#34;]" in card
    assert card.count("cause 1 only") == 40
    assert page.count(SENTENCE) == 2  # in the card, and at the one promise that it breaks


def test_the_anchor_survives_into_the_next_run(tmp_path: Path) -> None:
    """Other causes come and go, the number changes; links in tickets still lead to the card."""
    token = finding("P10", **TOKEN)
    first = written(run(broken(1, token)), tmp_path / "first")
    second = written(run(broken(1, finding("P10", **TOKEN, at=2_000.0)), broken(2, finding())), tmp_path / "second")

    assert f'id="cause-{token["cause"]}"' in first
    assert f'id="cause-{token["cause"]}"' in second
    assert '<span class="id">Cause 2</span> The cookie csrftoken' in second


def test_an_id_that_was_joined_to_another_still_leads_somewhere(tmp_path: Path) -> None:
    unseen = finding("P10", **{**TOKEN, "written_by": ""})
    page = written(run(broken(1, finding("P10", **TOKEN)), broken(2, unseen)), tmp_path)

    assert f'<span id="cause-{unseen["cause"]}"></span>' in page


def test_a_scenario_says_that_it_broke_for_a_cause_that_others_show(tmp_path: Path) -> None:
    token = finding("P10", **TOKEN)
    written(run(*(broken(number, token) for number in range(3))), tmp_path)
    page = (tmp_path / "scenarios" / "scenario-1-chromium.html").read_text("utf-8")

    assert "only.\nThe same cause shows in 2 other scenarios." in page
    assert page.count(f'href="../index.html#cause-{token["cause"]}"') == 2
    assert "cause 1 only</a>" in (tmp_path / "scenarios.html").read_text("utf-8")


def test_a_scenario_that_holds_names_no_cause(tmp_path: Path) -> None:
    page = written(run(scenario("passed", "P10", findings=[finding("", rule="drift")])), tmp_path)

    assert "cause-" not in page
    assert "Broken by" not in (tmp_path / "scenarios" / "a-refusal-holds-chromium.html").read_text("utf-8")


def test_a_cause_with_hostile_names_stays_text(tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>\u202e\x1b'
    item = {"kind": "local_storage", "name": evil, "host": evil}
    one = finding("P10", **{**TOKEN, "item": item, "written_by": evil, "sentence": evil * 300})
    page = written(
        run(broken(1, one), broken(2, finding("P10", **{**TOKEN, "item": item, "written_by": "b"}))), tmp_path
    )

    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert len(page) < 60_000


def test_findings_of_a_cause_that_the_record_lacks_are_shown_all_the_same(tmp_path: Path) -> None:
    made = run(broken(1, finding("P10", **TOKEN)))
    made["causes"] = causes([])

    assert SENTENCE in written(made, tmp_path)
