"""Takes Consentinel's plugin and sentences into this run of pytest, and our own beside them."""

pytest_plugins = ["consentinel.pytest_plugin", "consentinel.suite", "fixtures.own", "steps.own"]
