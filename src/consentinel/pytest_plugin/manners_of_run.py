"""Decides how gently this run treats the site: by its profile's politeness, shared out among the workers."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import MutableMapping
from pathlib import Path

import pytest
from xdist.workermanage import parse_tx_spec_config

from consentinel.evidence.manners import Manners
from consentinel.evidence.route import Route
from consentinel.site.access import RUN
from consentinel.site.profile import Profile
from consentinel.visitor.http_session import session
from consentinel.visitor.robots_txt import RobotsTxt


def manners_of(profile: Profile, trust: Path, route: Route) -> Manners:
    """Return the manners of this process. Each worker of pytest-xdist has its share of the requests a second."""
    asked = profile.politeness
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    per_second = asked.requests_per_second / workers if asked.requests_per_second else None
    if not asked.robots_txt:
        return Manners(per_second)
    return Manners(per_second, RobotsTxt(session(trust, route)).forbidden)


def name_run(profile: Profile, environ: MutableMapping[str, str]) -> None:
    """Name this run, for a site that is told of it. Its workers inherit the name."""
    if profile.politeness.run_header:
        environ.setdefault(RUN, f"consentinel-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(4)}")


def check_workers(profile: Profile, config: pytest.Config) -> None:
    """Check that no more scenarios would play at once than the profile allows. Raises UsageError."""
    allowed, workers = profile.politeness.scenarios_at_once, _workers(config)
    if allowed is not None and workers > allowed:
        raise pytest.UsageError(
            f"the profile lets {allowed} scenarios play at the same time (politeness.scenarios_at_once), "
            f"and this run has {workers} workers; use -n {allowed}"
        )


def _workers(config: pytest.Config) -> int:
    """Return how many processes play scenarios: pytest-xdist keeps them in `tx`, whether -n or --tx asked for them."""
    is_shared = getattr(config.option, "dist", "no") != "no" and getattr(config.option, "tx", [])
    return len(parse_tx_spec_config(config)) if is_shared else 1
