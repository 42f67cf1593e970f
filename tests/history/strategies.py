"""Hypothesis strategies for runs, built from a small vocabulary so that runs overlap."""

from __future__ import annotations

from hypothesis import strategies as st

from consentinel.report.schema import (
    ItemData,
    RunData,
    ScenarioData,
    StepData,
)
from tests.history import builders

NAMES = st.sampled_from(["_ga", "_gid", "sid", "theme", "_ga_ABC123", "_ga_XYZ789", "v_123456", "v_654321"])

items: st.SearchStrategy[ItemData] = st.builds(
    builders.item,
    NAMES,
    kind=st.sampled_from(["cookie", "local_storage", "request"]),
    host=st.sampled_from(["www.shop.example", "social.example"]),
    category=st.sampled_from(["analytics", "social", ""]),
    lifetime_s=st.none() | st.floats(1, 400 * builders.DAY_S),
    same_site=st.sampled_from(["lax", "none", "unknown"]),
    http_only=st.booleans(),
    change=st.sampled_from(["added", "changed", "gone", "sent"]),
    written_by=st.sampled_from(["", "https://www.shop.example/js/a.js:1:2", "https://social.example/w.js:9"]),
)

steps: st.SearchStrategy[StepData] = st.builds(
    lambda found, granted: builders.step(*found, granted=granted),
    st.lists(items, max_size=4),
    st.sampled_from([None, ["functionality"], ["functionality", "social"]]),
)

scenarios: st.SearchStrategy[ScenarioData] = st.builds(
    lambda name, told, browser, outcome: builders.scenario(name, *told, browser=browser, outcome=outcome),
    st.sampled_from(["one", "two", "three"]),
    st.lists(steps, max_size=3),
    st.sampled_from(["chromium", "firefox"]),
    st.sampled_from(["passed", "failed", "inconclusive", "skipped"]),
)

runs: st.SearchStrategy[RunData] = st.builds(
    lambda told, complete, wire: builders.run(*told, complete=complete, wire=wire),
    st.lists(scenarios, max_size=5, unique_by=lambda data: data["id"]),
    st.booleans(),
    st.booleans(),
)
