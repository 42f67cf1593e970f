"""Takes the engine's plugin and the suite's sentences and fixtures into this run of pytest."""

pytest_plugins = ["consentinel.pytest_plugin", "consentinel.suite"]
