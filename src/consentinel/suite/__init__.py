"""The suite of the published policy: its features, steps, pages and fixtures.

In a checkout the four folders stand at the top and are linked here; a wheel holds them in this package. A suite of
one's own takes its sentences and fixtures from here: its conftest.py lists `consentinel.suite` in `pytest_plugins`.
"""

from __future__ import annotations

from consentinel.shipped import modules_of

pytest_plugins = [*modules_of("fixtures"), *modules_of("steps")]
