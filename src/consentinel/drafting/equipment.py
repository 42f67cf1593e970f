"""Starts what a draft visits a site with: a browser, the recording proxy, and an HTTP session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy
from consentinel.evidence.route import Route
from consentinel.evidence.trust import trust_file
from consentinel.visitor.http_session import session
from consentinel.visitor.resources import Resources

HORIZON = 3.0
"""Seconds of page time for which each page is watched."""


@contextmanager
def equipped(
    engine: Engine, authority: Path | None, way: Route, *, headed: bool = False
) -> Iterator[tuple[Resources, requests.Session]]:
    """Give the resources of visitors and an HTTP session, and end both afterwards.

    `authority` is trusted besides the public ones. Raises BrowserError and ProxyFailure.
    """
    browser_pool = BrowserPool()
    with ExitStack() as leaving:
        trusted = trust_file(authority)
        leaving.callback(trusted.unlink)
        wire = RecordingProxy(trust=trusted, route=way)
        leaving.callback(wire.close)
        leaving.callback(browser_pool.close)  # before the proxy: browsers that end hand their ports back to it
        spec = BrowserSpec(engine, headed=headed, trusted=(wire.key,))
        http = leaving.enter_context(session(trusted, way))
        yield Resources(browser_pool, spec, wire, HORIZON), http
