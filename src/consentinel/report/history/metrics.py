"""The history as metrics: an OpenMetrics text of each site's newest run, which Prometheus and its kin read.

A state is a number, so that it can be drawn and compared: 0 kept, 1 could not tell, 2 broken. A promise that the run
did not test has no sample. Times are in seconds. https://prometheus.io/docs/specs/om/open_metrics_spec/
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import generate_latest

from consentinel.report.history.store import RunRow, Store
from consentinel.report.outcomes import undecided_share
from consentinel.report.text import plain

STATES = {"kept": 0, "could not tell": 1, "broken": 2}

NAMES = (
    "consentinel_promise_state",
    "consentinel_promises",
    "consentinel_scenarios",
    "consentinel_could_not_tell_ratio",
    "consentinel_run_complete",
    "consentinel_run_started_timestamp_seconds",
    "consentinel_run_duration_seconds",
    "consentinel_history_runs",
)
"""The names of all metrics."""

LABEL = 120
"""The limit of a label's text, in characters."""


def metrics_of(store: Store) -> str:
    """Return the OpenMetrics text. Raises HistoryError where the history cannot be read."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(store))
    text: bytes = generate_latest(registry)
    return text.decode("utf-8")


class _Collector:
    """What the library asks for metrics."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the metrics of the newest run of each site."""
        newest = self._store.newest()
        yield from self._promises(newest)
        scenarios = _family("scenarios", "Scenarios of the newest run by outcome.", "site", "outcome")
        undecided = _family("could_not_tell_ratio", "Share of the scenarios that could not be decided.", "site")
        complete = _family("run_complete", "Whether the newest run reached its end.", "site")
        started = _family("run_started_timestamp_seconds", "When the newest run began.", "site")
        took = _family("run_duration_seconds", "How long the newest run took.", "site")
        for run in newest:
            site = plain(run.site, LABEL)
            for outcome, number in sorted(run.outcomes.items()):
                scenarios.add_metric([site, outcome], number)
            undecided.add_metric([site], undecided_share(run.outcomes))
            complete.add_metric([site], int(run.complete))
            started.add_metric([site], run.started)
            took.add_metric([site], run.seconds)
        yield from (scenarios, undecided, complete, started, took)
        runs = _family("history_runs", "Runs that the history holds.", "site")
        for name, number in self._store.counts().items():
            runs.add_metric([plain(name, LABEL)], number)
        yield runs

    def _promises(self, newest: list[RunRow]) -> Iterator[GaugeMetricFamily]:
        states = _family(
            "promise_state", "State of a promise or rule: 0 kept, 1 could not tell, 2 broken.", "site", "promise"
        )
        numbers = _family("promises", "Promises and rules of the newest run by state.", "site", "state")
        for run in newest:
            site, known = plain(run.site, LABEL), self._store.promises(run.id)
            tested = {promise: state for promise, state in known.items() if state in STATES}
            for promise, state in tested.items():
                states.add_metric([site, plain(promise, LABEL)], STATES[state])
            for state in STATES:
                numbers.add_metric([site, state], sum(1 for one in tested.values() if one == state))
        yield from (states, numbers)


def _family(name: str, documentation: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"consentinel_{name}", documentation, labels=labels)
