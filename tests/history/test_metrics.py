"""The metrics of a history: the library's own parser reads them, and the dashboard asks for nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from consentinel.report.history import Store
from consentinel.report.history.__main__ import main
from consentinel.report.history.metrics import NAMES, metrics_of
from tests.calls import ROOT
from tests.commands import code_of
from tests.report.builders import finding, run, scenario

Samples = dict[tuple[str, ...], float]


def parsed(text: str) -> dict[str, Samples]:
    """Each metric's samples by the values of their labels, sorted by the labels' names."""
    assert text.endswith("# EOF\n")
    found: dict[str, Samples] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(value for _, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


@pytest.fixture
def history(tmp_path: Path) -> Path:
    file = tmp_path / "history.sqlite"
    broken = run(scenario("failed", "P24", findings=[finding()]), scenario("inconclusive", "P10", id="two"), site="One")
    with Store(file) as store:
        store.save(run(scenario("passed", "P24"), site="One", started=1000.0))
        store.save({**broken, "started": 2000.0, "complete": False})
        store.save(run(scenario("passed", "P24"), site='Two "\n\\ \u202e', started=1500.0))
    return file


def test_each_sites_newest_run_is_told(history: Path) -> None:
    with Store(history) as store:
        found = parsed(metrics_of(store))
    assert set(found) == set(NAMES)
    assert found["consentinel_promise_state"][("P24", "One")] == 2
    assert found["consentinel_promise_state"][("P10", "One")] == 1
    assert ("P08", "One") not in found["consentinel_promise_state"], "it cannot be proved, so it has no state"
    assert found["consentinel_promises"][("One", "broken")] == 1
    assert found["consentinel_scenarios"][("failed", "One")] == 1
    assert found["consentinel_could_not_tell_ratio"][("One",)] == 0.5
    assert found["consentinel_run_complete"][("One",)] == 0
    assert found["consentinel_run_started_timestamp_seconds"][("One",)] == 2000.0
    assert found["consentinel_run_duration_seconds"][("One",)] == 60.0
    assert found["consentinel_history_runs"][("One",)] == 2


def test_a_hostile_name_is_one_label(history: Path) -> None:
    with Store(history) as store:
        found = parsed(metrics_of(store))
    assert [labels for labels in found["consentinel_run_complete"] if "Two" in labels[0]] == [('Two " \\ [U+202E]',)]


def test_an_empty_history_is_an_empty_text(tmp_path: Path) -> None:
    with Store(tmp_path / "history.sqlite") as store:
        assert not any(parsed(metrics_of(store)).values())


def test_the_file_is_written_at_once(history: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "consentinel.prom"
    assert code_of(main, ["metrics", "--history", str(history), "-o", str(output)]) == 0
    assert set(parsed(output.read_text("utf-8"))) == set(NAMES)
    assert sorted(path.name for path in tmp_path.glob("*.prom*")) == ["consentinel.prom"]
    assert code_of(main, ["metrics", "--history", str(history), "-o", str(tmp_path / "no" / "where")]) == 4
    assert capsys.readouterr().err.count("\n") == 1


def test_the_dashboard_asks_for_metrics_that_there_are_by_labels_that_they_have(history: Path) -> None:
    with Store(history) as store:
        families = list(text_string_to_metric_families(metrics_of(store)))
    labels = {sample.name: set(sample.labels) for family in families for sample in family.samples}
    dashboard = json.loads((ROOT / "docs/recipes/grafana-dashboard.json").read_text("utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [one["query"]["query"] for one in dashboard["templating"]["list"] if isinstance(one["query"], dict)]
    named = {name for expression in asked for name in re.findall(r"consentinel_\w+", expression)}
    assert named <= set(NAMES)
    assert len(named) >= 6, "a dashboard that asks for nothing would pass"
    for expression in asked:
        for name, selector in re.findall(r"(consentinel_\w+)\{([^}]*)\}", expression):
            assert set(re.findall(r"(\w+)\s*=", selector)) <= labels[name], expression
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
    assert all(panel["datasource"]["uid"] == "${source}" for panel in dashboard["panels"])
