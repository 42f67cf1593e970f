"""The pytest plugin: options, collection, outcomes, publishing.

A suite's conftest.py lists `consentinel.pytest_plugin` in `pytest_plugins`. The installation itself registers nothing
with pytest, so other runs of pytest are unaffected.
"""

from __future__ import annotations

pytest_plugins = [
    "consentinel.pytest_plugin.memory",  # first: it pauses garbage collection while the others are imported
    "consentinel.pytest_plugin.early_server",  # second: the server starts while the others are imported
    "consentinel.pytest_plugin.options",
    "consentinel.pytest_plugin.deployment",
    "consentinel.pytest_plugin.collect",
    "consentinel.pytest_plugin.feature_problems",
    "consentinel.pytest_plugin.smoke",
    "consentinel.pytest_plugin.grid_retry",
    "consentinel.pytest_plugin.grid_capacity",
    "consentinel.pytest_plugin.scenarios",
    "consentinel.pytest_plugin.watched",
    "consentinel.pytest_plugin.publish",
]
